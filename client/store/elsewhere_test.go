package store_test

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"jandon/client/store"
	"jandon/internal/wallet"
)

// A statement that tells the date alone is read by the zone of who reads it:
// its lines are at another instant for who has moved, and the same lines.
func TestFilesAreKnownInAnotherZone(t *testing.T) {
	t.Parallel()
	for name, older := range map[string]string{"now": "", "from version 7": "DROP TABLE gone; DROP TABLE zone; ALTER TABLE became DROP COLUMN zone; ALTER TABLE became DROP COLUMN approval; ALTER TABLE tx DROP COLUMN approval; PRAGMA user_version=7"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "store")
			in := func(name string) (s *store.Store, at func(date string) time.Time) {
				zone, err := time.LoadLocation(name)
				if err != nil {
					t.Fatal(err)
				}
				opts := options(path)
				opts.Zone = zone
				if s, err = store.Open(t.Context(), opts); err != nil {
					t.Fatal(err)
				}
				return s, func(date string) time.Time {
					day, err := time.ParseInLocation(time.DateOnly, date, zone)
					if err != nil {
						t.Fatal(err)
					}
					return day
				}
			}
			line := func(at time.Time, id string, status wallet.Status) wallet.Transaction {
				x := bought(id+at.String(), "2026-11-02", "커피", 4500)
				x.At, x.Status = at, status
				return x
			}
			first := func(at func(string) time.Time) store.File {
				return fileOf("card", "a", line(at("2026-11-02"), "s1", wallet.Posted), line(at("2026-11-02"), "s2", wallet.Posted), line(at("2026-11-10"), "s3", wallet.Pending))
			}
			second := func(at func(string) time.Time) store.File {
				return fileOf("card", "b", line(at("2026-11-12"), "s4", wallet.Posted))
			}
			s, at := in("Asia/Seoul")
			take(t, s, first(at))
			if err := errors.Join(s.Exec(t.Context(), older), s.Close()); err != nil {
				t.Fatal(err)
			}
			s, at = in("UTC")
			if done := take(t, s, fileOf("card", "c", line(at("2026-11-01"), "s5", wallet.Posted))); done.Added != 1 {
				t.Errorf("a line of the day before is taken for one of the day: %+v", done)
			}
			if done := take(t, s, second(at)); done.Became != 1 || done.Added != 0 {
				t.Errorf("the line did not become final: %+v", done)
			}
			for _, name := range []string{"UTC", "America/New_York", "Asia/Seoul", "Pacific/Kiritimati"} {
				if err := s.Close(); err != nil {
					t.Fatal(err)
				}
				s, at = in(name)
				for _, f := range []store.File{first(at), second(at)} {
					if seen, err := s.Preview(t.Context(), f); err != nil || seen.Added != 0 {
						t.Errorf("in %s file %s would be new: %+v, %v", name, f.Digest, seen, err)
					}
					if done := take(t, s, f); !done.Again {
						t.Errorf("in %s file %s is not known: %+v", name, f.Digest, done)
					}
				}
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}
