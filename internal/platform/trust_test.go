package platform_test

import (
	"net/http"
	"testing"

	"jandon/internal/act"
	"jandon/internal/platform"
	"jandon/internal/wallet"
	"jandon/internal/wire"
)

// From a stranger to a confirmed act.
func TestEnrolSessionConfirm(t *testing.T) {
	t.Parallel()
	s := newSite(t, platform.Memory)
	p := s.enrolled("mina", "Mina's laptop")
	var w wire.Wallet
	p.look("/v1/wallet").into(t, &w)
	var list wire.DeviceList
	p.look("/v1/devices").into(t, &list)
	if len(list.Devices) != 1 || !list.Devices[0].Current || list.Devices[0].State != wire.Active || list.Devices[0].Limited.IsZero() {
		t.Errorf("devices %+v", list.Devices)
	}
	digests := make([]string, 10)
	for i := range digests {
		digests[i] = "00112233445566778899aabbccddeeff00112233445566778899aabbccddee0" + string(rune('0'+i))
	}
	one := p.act(http.MethodPut, "/v1/recovery-codes", "key-0123456789-00", wire.RecoveryDigests{Digests: digests})
	if one.State != wire.ActState(act.Waiting) || one.Need != wire.ActNeed(act.NeedPIN) {
		t.Errorf("act %+v", one)
	}
	done := p.confirmed(string(one.Id))
	if act.State(done.State) != act.Done || len(done.Receipt) != 9 {
		t.Errorf("confirmed %+v", done)
	}
	var alerts wire.AlertPage
	p.look("/v1/alerts?limit=2").into(t, &alerts)
	if len(alerts.Alerts) != 2 || wallet.AlertKind(alerts.Alerts[0].Kind) != wallet.AlertNewRecovery || wallet.AlertKind(alerts.Alerts[1].Kind) != wallet.AlertNewDevice ||
		alerts.Alerts[1].Merchant != "Mina's laptop" {
		t.Errorf("alerts %+v", alerts.Alerts)
	}
	_, err := s.Check(t.Context())
	must(t, err)
}
