package platform_test

import (
	"net/http"
	"testing"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/platform"
	"jandon/internal/wire"
)

func TestRevokedDeviceHasNothingLeft(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, s *site) {
		p, q := s.enrolled("mina", "laptop"), s.enrolled("mina", "tablet")
		one := q.acts(1)[0]
		c := q.challenge(string(one.Id))
		if a := p.ask(request{method: http.MethodDelete, path: "/v1/devices/" + q.id}); a.status != http.StatusNoContent {
			t.Fatalf("%d %s", a.status, a.body)
		}
		q.look("/v1/wallet").refused(t, "its session", fault.Unauthorized)
		s.at(day(60).Add(time.Minute))
		q.session("totp", q.totp()).refused(t, "a new session", fault.DeviceRevoked)
		q.session("", "").refused(t, "a reading session", fault.DeviceRevoked)
		q.confirm(c, q.answer(c)).refused(t, "its challenge", fault.Unauthorized)
		if state := p.state(string(one.Id)); state != act.Canceled {
			t.Errorf("its act is %s", state)
		}
		p.ask(request{method: http.MethodDelete, path: "/v1/devices/" + q.id}).refused(t, "again", fault.NotFound)
		p.ask(request{method: http.MethodDelete, path: "/v1/devices/d-none"}).refused(t, "one that isn't", fault.NotFound)
		var list wire.DeviceList
		p.look("/v1/devices").into(t, &list)
		if len(list.Devices) != 1 || string(list.Devices[0].Id) != p.id {
			t.Errorf("devices %+v", list.Devices)
		}
	})
}

// Reading is enough for a device to end itself, as its owner may be without the PIN.
func TestDeviceEndsItself(t *testing.T) {
	t.Parallel()
	s := newSite(t, platform.Memory)
	p, q := s.enrolled("mina", "laptop"), s.enrolled("mina", "tablet")
	p.open("", "")
	p.ask(request{method: http.MethodDelete, path: "/v1/devices/" + q.id}).refused(t, "another", fault.StepUpRequired)
	if a := p.ask(request{method: http.MethodDelete, path: "/v1/devices/" + p.id}); a.status != http.StatusNoContent {
		t.Errorf("%d %s", a.status, a.body)
	}
	p.look("/v1/wallet").refused(t, "afterwards", fault.Unauthorized)
	if a := q.look("/v1/wallet"); a.status != http.StatusOK {
		t.Errorf("the other: %d %s", a.status, a.body)
	}
}

func TestRenameDevice(t *testing.T) {
	t.Parallel()
	s := newSite(t, platform.Memory)
	p, q := s.enrolled("mina", "laptop"), s.enrolled("mina", "tablet")
	var d wire.Device
	p.ask(request{method: http.MethodPatch, path: "/v1/devices/" + q.id, body: wire.DeviceName{Name: "거실 태블릿"}}).is(t, http.StatusOK, &d)
	if d.Name != "거실 태블릿" || d.Current || string(d.Store) != "keyring" {
		t.Errorf("device %+v", d)
	}
	p.ask(request{method: http.MethodPatch, path: "/v1/devices/" + q.id, body: wire.DeviceName{Name: "a\u202eb"}}).refused(t, "a name that the filter changes", fault.BadRequest)
	p.ask(request{method: http.MethodPatch, path: "/v1/devices/d-none", body: wire.DeviceName{Name: "x"}}).refused(t, "one that isn't", fault.NotFound)
}

func TestAnotherPersonsDevice(t *testing.T) {
	t.Parallel()
	s := newSite(t, platform.Memory)
	world := plan()
	world.Person = "jun"
	must(t, s.Seed(t.Context(), world, nil))
	p, other := s.enrolled("mina", "laptop"), s.enrolled("jun", "phone")
	p.ask(request{method: http.MethodDelete, path: "/v1/devices/" + other.id}).refused(t, "revoking", fault.NotFound)
	p.ask(request{method: http.MethodPatch, path: "/v1/devices/" + other.id, body: wire.DeviceName{Name: "x"}}).refused(t, "renaming", fault.NotFound)
	if a := other.look("/v1/wallet"); a.status != http.StatusOK {
		t.Errorf("%d %s", a.status, a.body)
	}
}
