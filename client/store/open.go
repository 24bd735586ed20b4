package store

import (
	"context"
	"errors"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/ncruces/go-sqlite3"

	"jandon/internal/fault"
)

// Options say where a store is and how it is read.
type Options struct {
	Path string // of the file; its directory is made if it is missing
	Key  Key    // KeyLen bytes
	Zone *time.Location
	Now  func() time.Time // for State.SyncedAt

	// Patience is how long another process that writes is waited for;
	// zero means five seconds.
	Patience time.Duration
	// Progress, if set, is told how far a rebuild of the sums has come, in lines.
	Progress func(done, total int)
}

// Store is an open store. It may be used by several goroutines at once.
type Store struct {
	opts    Options
	uri     string // as SQLite opens it
	pool    *pool
	writing chan struct{} // one writer at a time in this process
	mark    string        // of the zone
	limits  limits
	cache   cache
	close   func()
}

// Open opens or makes a store. Sums made for another zone are made anew first.
// Errors: StoreKey, StoreDamaged, StoreBusy, StoreNewer, StoreDenied,
// StoreUnsafe, NoSpace, Canceled. A file that can't be opened is left as it is.
func Open(ctx context.Context, opts Options) (*Store, error) {
	if err := prepare(opts.Path); err != nil {
		return nil, asFault(err, opts.Path)
	}
	ticket, takeBack := issueTicket(opts.Key)
	query := url.Values{"vfs": {vfsName}, "textkey": {ticket}, "modeof": {opts.Path}}.Encode()
	uri := url.URL{Scheme: "file", Path: opts.Path, RawQuery: strings.ReplaceAll(query, "+", "%20")} // to SQLite a plus is a plus
	s, err := start(ctx, opts, uri.String(), connections)
	if err != nil {
		takeBack()
		return nil, why(err, opts.Path, opts.Key)
	}
	s.close = takeBack
	return s, nil
}

// inMemory is the path of a store that has none.
const inMemory = ":memory:"

// OpenMemory makes an empty store that lives in memory and nowhere else.
func OpenMemory(ctx context.Context, zone *time.Location, now func() time.Time) (*Store, error) {
	opts := Options{Path: inMemory, Zone: zone, Now: now}
	s, err := start(ctx, opts, inMemory, 1)
	if err != nil {
		return nil, asFault(err, opts.Path)
	}
	s.close = func() {}
	return s, nil
}

// Close waits for what is being read and written, and closes the store.
func (s *Store) Close() error {
	err := s.pool.close()
	s.close()
	return asFault(err, s.opts.Path)
}

func start(ctx context.Context, opts Options, uri string, size int) (*Store, error) {
	if opts.Patience == 0 {
		opts.Patience = 5 * time.Second
	}
	open := func(ctx context.Context) (*conn, error) { return connect(ctx, uri, opts.Patience) }
	first, err := open(ctx)
	if err != nil {
		return nil, err
	}
	s := &Store{opts: opts, uri: uri, pool: newPool(first, size, open), writing: make(chan struct{}, 1), mark: markOf(opts.Zone), limits: usual}
	if err := s.read(ctx, func(*view) error { return nil }); err != nil { // makes the sums anew if they are of another zone
		return nil, errors.Join(err, s.pool.close())
	}
	return s, nil
}

// usualCache is the page cache of a connection, in KiB (negative, as SQLite counts).
const usualCache = "-32768"

// connect opens one connection and brings the schema up to date.
func connect(ctx context.Context, uri string, patience time.Duration) (_ *conn, err error) {
	db, err := sqlite3.OpenFlags(uri, sqlite3.OPEN_READWRITE|sqlite3.OPEN_CREATE|sqlite3.OPEN_URI|sqlite3.OPEN_NOFOLLOW)
	if err != nil {
		return nil, err
	}
	c := &conn{db, map[string]*sqlite3.Stmt{}}
	defer func() {
		if err != nil {
			err = errors.Join(err, c.Close())
		}
	}()
	c.SetInterrupt(ctx)
	defer c.SetInterrupt(context.Background())
	if err := c.BusyTimeout(patience); err != nil {
		return nil, err
	}
	version, err := c.version()
	if err != nil {
		return nil, err
	}
	if version > schemaVersion {
		return nil, fault.New(fault.StoreNewer, "file", db.Filename("").String())
	}
	if version < schemaVersion {
		if err := c.migrate(ctx); err != nil {
			return nil, err
		}
	}
	// synchronous(full): a commit that was answered is on the disk, and the
	// log is padded to whole blocks, which an encrypted block needs.
	return c, c.Exec(`PRAGMA synchronous=full; PRAGMA temp_store=memory; PRAGMA cache_size=` + usualCache + `; PRAGMA journal_size_limit=8388608`)
}

func (c *conn) version() (version int, err error) {
	_, err = c.one(func(st *sqlite3.Stmt) { version = st.ColumnInt(0) }, "PRAGMA user_version")
	return version, err
}

// migrate carries the schema up, in one transaction, and only once if several
// processes open the store at the same moment.
func (c *conn) migrate(ctx context.Context) error {
	pages := 0
	if _, err := c.one(func(st *sqlite3.Stmt) { pages = st.ColumnInt(0) }, "PRAGMA page_count"); err != nil {
		return err
	}
	if pages == 0 { // room for a checksum at the end of every page; before the first page exists
		if _, err := c.FileControl("main", sqlite3.FCNTL_RESERVE_BYTES, 8); err != nil {
			return err
		}
		if err := c.Exec("PRAGMA journal_mode=wal"); err != nil {
			return err
		}
	}
	return c.within(ctx, beginWriting, func() error {
		version, err := c.version()
		if err != nil {
			return err
		}
		for v := version; v < schemaVersion; v++ {
			if err := c.Exec(migrations[v]); err != nil {
				return err
			}
		}
		if version < schemaVersion {
			return c.Exec("PRAGMA user_version=" + strconv.Itoa(schemaVersion))
		}
		return nil
	})
}
