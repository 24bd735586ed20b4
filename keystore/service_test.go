//go:build linux && !outside

package keystore

import (
	"fmt"
	"maps"
	"strings"
	"sync"
	"testing"

	"github.com/godbus/dbus/v5"
)

// service is a Secret Service that can be made to misbehave.
type service struct {
	conn *dbus.Conn
	// before runs at the start of each call, named Interface.Member without its
	// common prefix; it may block, or close the connection.
	before func(call string)

	mu        sync.Mutex
	missing   bool // there is no collection
	locked    bool
	dismisses bool // every prompt is dismissed
	asks      bool // CreateItem wants a prompt
	lies      bool // says yes and stores nothing
	silent    bool // prompts never complete
	next      int
	items     map[dbus.ObjectPath]*item
	waiting   map[dbus.ObjectPath]func() // what a prompt does when it is answered
	dismissed int                        // prompts taken down by the caller
	changed   chan struct{}              // one for each item stored or deleted
}

type item struct {
	attributes map[string]string
	value      []byte
}

type wireSecret struct {
	Session     dbus.ObjectPath
	Parameters  []byte
	Value       []byte
	ContentType string
}

// serve puts the service on the session bus of the test.
func serve(t *testing.T, s *service) *service {
	t.Helper()
	conn, err := dbus.SessionBusPrivateNoAutoStartup()
	if err == nil {
		if err = conn.Auth(nil); err == nil {
			err = conn.Hello()
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	s.conn, s.items, s.waiting = conn, map[dbus.ObjectPath]*item{}, map[dbus.ObjectPath]func(){}
	s.changed = make(chan struct{}, 100)
	const prefix = "org.freedesktop.Secret."
	export := func(path dbus.ObjectPath, iface string, methods map[string]any) {
		if err := conn.ExportSubtreeMethodTable(methods, path, iface); err != nil {
			t.Fatal(err)
		}
	}
	export(servicePath, "org.freedesktop.DBus.Properties", map[string]any{"Get": s.get})
	export(servicePath, prefix+"Service", map[string]any{"OpenSession": s.openSession, "Unlock": s.unlock})
	export(servicePath, prefix+"Collection", map[string]any{"CreateItem": s.createItem, "SearchItems": s.searchItems})
	export(servicePath, prefix+"Item", map[string]any{"GetSecret": s.getSecret, "Delete": s.delete})
	export(servicePath, prefix+"Session", map[string]any{"Close": func() *dbus.Error { return nil }})
	export(servicePath, prefix+"Prompt", map[string]any{"Prompt": s.prompt, "Dismiss": s.dismiss})
	reply, err := conn.RequestName(busName, dbus.NameFlagDoNotQueue)
	if err != nil || reply != dbus.RequestNameReplyPrimaryOwner {
		t.Fatal(reply, err)
	}
	return s
}

func (s *service) enter(call string) func() {
	if s.before != nil {
		s.before(call)
	}
	s.mu.Lock()
	return s.mu.Unlock
}

func (s *service) get(m dbus.Message, iface, name string) (dbus.Variant, *dbus.Error) {
	defer s.enter("Get." + name)()
	if name == "Collections" {
		paths := []dbus.ObjectPath{}
		if !s.missing {
			paths = append(paths, loginPath)
		}
		return dbus.MakeVariant(paths), nil
	}
	if s.missing {
		return dbus.Variant{}, dbus.NewError("org.freedesktop.DBus.Error.UnknownObject", nil)
	}
	return dbus.MakeVariant(s.locked), nil
}

func (s *service) openSession(string, dbus.Variant) (dbus.Variant, dbus.ObjectPath, *dbus.Error) {
	defer s.enter("OpenSession")()
	return dbus.MakeVariant(""), servicePath + "/session/1", nil
}

func (s *service) unlock(paths []dbus.ObjectPath) ([]dbus.ObjectPath, dbus.ObjectPath, *dbus.Error) {
	defer s.enter("Unlock")()
	if !s.locked {
		return paths, "/", nil
	}
	return []dbus.ObjectPath{}, s.ask(func() { s.locked = false }), nil
}

func (s *service) ask(answered func()) dbus.ObjectPath {
	s.next++
	path := servicePath + dbus.ObjectPath(fmt.Sprintf("/prompt/%d", s.next))
	s.waiting[path] = answered
	return path
}

func (s *service) prompt(m dbus.Message, _ string) *dbus.Error {
	defer s.enter("Prompt")()
	path := m.Headers[dbus.FieldPath].Value().(dbus.ObjectPath)
	if s.silent {
		return nil
	}
	if !s.dismisses {
		s.waiting[path]()
	}
	result := dbus.MakeVariant([]dbus.ObjectPath{loginPath})
	if err := s.conn.Emit(path, "org.freedesktop.Secret.Prompt.Completed", s.dismisses, result); err != nil {
		return dbus.MakeFailedError(err)
	}
	return nil
}

func (s *service) dismiss() *dbus.Error {
	defer s.enter("Dismiss")()
	s.dismissed++
	s.changed <- struct{}{}
	return nil
}

func (s *service) createItem(properties map[string]dbus.Variant, secret wireSecret, replace bool) (dbus.ObjectPath, dbus.ObjectPath, *dbus.Error) {
	defer s.enter("CreateItem")()
	attributes := properties["org.freedesktop.Secret.Item.Attributes"].Value().(map[string]string)
	store := func() {
		if s.lies {
			return
		}
		for path, it := range s.items {
			if maps.Equal(it.attributes, attributes) {
				delete(s.items, path)
			}
		}
		s.next++
		s.items[loginPath+dbus.ObjectPath(fmt.Sprintf("/%d", s.next))] = &item{attributes, secret.Value}
		s.changed <- struct{}{}
	}
	if s.asks {
		return "/", s.ask(store), nil
	}
	store()
	return "/", "/", nil
}

func (s *service) searchItems(want map[string]string) ([]dbus.ObjectPath, *dbus.Error) {
	defer s.enter("SearchItems")()
	found := []dbus.ObjectPath{}
	for path, it := range s.items {
		if maps.Equal(it.attributes, want) {
			found = append(found, path)
		}
	}
	return found, nil
}

func (s *service) getSecret(m dbus.Message, session dbus.ObjectPath) (wireSecret, *dbus.Error) {
	defer s.enter("GetSecret")()
	it := s.items[m.Headers[dbus.FieldPath].Value().(dbus.ObjectPath)]
	if it == nil {
		return wireSecret{}, dbus.NewError("org.freedesktop.Secret.Error.NoSuchObject", nil)
	}
	return wireSecret{session, []byte{}, it.value, "text/plain"}, nil
}

func (s *service) delete(m dbus.Message) (dbus.ObjectPath, *dbus.Error) {
	defer s.enter("Delete")()
	if !s.lies {
		delete(s.items, m.Headers[dbus.FieldPath].Value().(dbus.ObjectPath))
		s.changed <- struct{}{}
	}
	return "/", nil
}

// values lists what is stored, as account=value.
func (s *service) values() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []string
	for _, it := range s.items {
		list = append(list, it.attributes["username"]+"="+string(it.value))
	}
	return strings.Join(list, " ")
}
