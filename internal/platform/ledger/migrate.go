package ledger

import (
	"context"
	"database/sql"
	"embed"
	"io/fs"
	"strconv"
	"strings"
	"sync"

	"github.com/pressly/goose/v3"

	"jandon/internal/fault"
)

//go:embed migrations
var migrations embed.FS

// newest is the version that the migrations lead to: the number that the last
// of their files starts with.
var newest = sync.OnceValue(func() (last int64) {
	files, _ := migrations.ReadDir("migrations/sqlite") // embedded: it is there, in order of name
	for _, f := range files {
		number, _, _ := strings.Cut(f.Name(), "_")
		last, _ = strconv.ParseInt(number, 10, 64)
	}
	return last
})

// migrate brings the tables to the newest version. Books that are there
// already cost one query, since goose's own look around takes longer than all
// the rest of a start.
func migrate(ctx context.Context, db *sql.DB, path string) error {
	var have int64
	if err := db.QueryRowContext(ctx, version).Scan(&have); err == nil {
		switch {
		case have == newest():
			return nil
		case have > newest():
			return fault.New(fault.StoreNewer, "file", path)
		}
	}
	dir, err := fs.Sub(migrations, "migrations/sqlite")
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, db, dir)
	if err != nil {
		return err
	}
	// Another process may be at the same thing, and faster with each file: what
	// it has made is found there when tried again.
	for range newest() + 1 {
		if _, err = p.Up(ctx); err == nil || busyNow(err) { // who waited for a lock has waited enough
			return err
		}
	}
	return err
}

const version = "SELECT max(version_id) FROM goose_db_version"
