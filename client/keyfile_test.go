package client_test

import (
	"os"
	"path/filepath"
	"testing"

	"jandon/client"
	"jandon/internal/fault"
	"jandon/keystore"
	"jandon/keystore/file"
)

// What a damaged key file advises is to register anew: that has to go.
func TestADamagedKeyFileCanBeRegisteredOver(t *testing.T) {
	t.Parallel()
	w, s := another(t)
	dir := filepath.Join(t.TempDir(), "keys")
	must(t, os.Mkdir(dir, 0o700))
	must(t, os.WriteFile(filepath.Join(dir, s.ID+".age"), []byte("no such file was sealed"), 0o600))
	keys, err := file.New(dir, file.Agree(true), secret("correct horse battery staple"))
	must(t, err)
	s.Keys = keys
	_, err = keystore.Load(t.Context(), keys, s.ID)
	wantCode(t, err, fault.KeyFileDamaged)
	letters := len(w.Outbox())
	e, err := client.Enrol(t.Context(), s, "mina", "Laptop")
	if err != nil {
		t.Fatal(err)
	}
	if len(w.Outbox()) == letters {
		t.Error("the platform was not asked")
	}
	must(t, e.Abandon(t.Context()))
}
