package ledger

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"errors"
	"time"

	"jandon/internal/act"
	"jandon/internal/platform/risk"
)

// standing is what the books know of a person beside their value.
type standing struct {
	risk.Facts
	level   act.Level
	paused  time.Time // until; may be over
	why     string
	salt    []byte
	profile risk.Profile
}

// standingOf reads a person's standing at an instant; who has none yet is new.
func standingOf(r reader, owner int64, at time.Time) (standing, error) {
	w, err := risk.Shipped()
	if err != nil {
		return standing{}, err
	}
	s := standing{level: act.LevelStandard}
	var joined, paused, marked int64
	var earlier, done int
	var profile []byte
	// A dispute that the person won or withdrew is no mark any more. Acts count
	// once nobody has disputed them for a while, and not while one is under way.
	err = r.row(`SELECT s.joined, s.verified, s.acts, s.level, s.paused, s.why, s.salt, s.profile,
		coalesce((SELECT max(m.at) FROM marks m LEFT JOIN disputes d ON d.owner = m.owner AND d.id = m.act AND m.what = 'dispute'
			WHERE m.owner = s.owner AND m.at > $2 AND m.at <= $3 AND (d.id IS NULL OR d.state NOT IN ('refunded', 'withdrawn') OR d.ended > $3)), $5),
		(SELECT count(*) FROM acts a WHERE a.owner = s.owner AND a.action = 'cashout' AND a.state IN ('done', 'partly') AND a.ended <= $4)
		- (SELECT count(DISTINCT a.id) FROM disputes d CROSS JOIN transfers c CROSS JOIN acts a
			WHERE d.owner = s.owner AND d.state IN (`+underWay+`) AND `+castsDoubt+` AND a.action = 'cashout' AND a.state IN ('done', 'partly') AND a.ended <= $4)
		FROM standings s WHERE s.owner = $1`, owner, millis(at.Add(-w.MarkTime())), millis(at), millis(at.Add(-w.LearnAfter())), int64(unset)).
		Scan(&joined, &s.Verified, &earlier, &s.level, &paused, &s.why, &s.salt, &profile, &marked, &done)
	if errors.Is(err, sql.ErrNoRows) {
		return s, nil
	}
	if err != nil {
		return standing{}, err
	}
	s.Joined, s.paused, s.Marked, s.Acts = instant(joined), instant(paused), instant(marked), max(0, earlier+done)
	if profile != nil {
		err = s.profile.UnmarshalBinary(profile)
	}
	return s, err
}

// castsDoubt is on which acts a a dispute d, of the charge c, casts doubt: who
// says that they did not make a purchase says that somebody else was at their
// account, from then until they said so. Other reasons are about a merchant.
const castsDoubt = `d.reason = 'not_mine' AND c.owner = d.owner AND c.id = d.transfer AND a.owner = d.owner AND a.made BETWEEN c.at AND d.opened`

// underWay are the states of disputes that have not ended.
const underWay = `'open', 'examined'`

// doubtful is whether disputes in some states cast doubt on an act a.
func doubtful(states string) string {
	return `EXISTS (SELECT 1 FROM disputes d CROSS JOIN transfers c WHERE d.owner = a.owner AND d.state IN (` + states + `) AND ` + castsDoubt + `)`
}

// pausedUpon is whether a pause was begun while an act a was under way, or so
// soon after it that it was not learned from yet.
func pausedUpon(learnAfter string) string {
	return `EXISTS (SELECT 1 FROM marks m WHERE m.owner = a.owner AND m.what = 'pause' AND m.at BETWEEN a.made AND a.ended + ` + learnAfter + `)`
}

// stopped is until when everything stands still; zero: it doesn't.
func (s *standing) stopped(at time.Time) time.Time {
	if at.Before(s.paused) {
		return s.paused
	}
	return time.Time{}
}

// careful is the level that counts: the person's, but no less than the floor.
func (s *standing) careful(w *risk.Policy, at time.Time) act.Level {
	return stricter(s.level, w.Floor(s.Facts, at))
}

// levels in order.
var levels = map[act.Level]int{act.LevelStandard: 0, act.LevelCareful: 1, act.LevelStrict: 2}

func stricter(a, b act.Level) act.Level {
	if levels[b] > levels[a] {
		return b
	}
	return a
}

// joined opens a person's standing, if it isn't open yet.
func (b *book) joined(at time.Time) error {
	salt := make([]byte, sha256.Size)
	rand.Read(salt)
	return b.exec("INSERT INTO standings (owner, joined, paused, salt) VALUES ($1, $2, $3, $4) ON CONFLICT (owner) DO NOTHING",
		b.owner, millis(at), int64(unset), salt)
}

// standing opens and reads the person's standing.
func (b *book) standing(at time.Time) (standing, error) {
	if err := b.joined(at); err != nil {
		return standing{}, err
	}
	return standingOf(b, b.owner, at)
}

// keepProfile writes the profile down.
func (b *book) keepProfile(p *risk.Profile) error {
	bytes, err := p.AppendBinary(nil)
	if err != nil {
		return err
	}
	return b.exec("UPDATE standings SET profile = $1 WHERE owner = $2", bytes, b.owner)
}

// mark notes what lowers the person's tier for a while: a dispute until it is
// won or withdrawn, a pause, a hold; and of which dispute or act. Nothing goes by
// itself from then on.
func (b *book) mark(what, of string, at time.Time) error {
	if err := b.exec("INSERT INTO marks (owner, at, what, act) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING", b.owner, millis(at), what, of); err != nil {
		return err
	}
	return b.stopAuto(what, at)
}

// key stands for something of the person's without telling what it is.
func (s *standing) key(of, what string) risk.Key {
	if what == "" {
		return 0
	}
	return risk.Key(max(1, binary.BigEndian.Uint64(s.digest(of, what))))
}

// digest is by what a number is known again.
func (s *standing) digest(of, what string) []byte {
	h := sha256.New()
	h.Write(s.salt) // of one length
	h.Write([]byte(of + "\x00" + what))
	return h.Sum(nil)
}

type networkKey struct{}

// WithNetwork says from which network a request comes. It is kept as a salted
// digest alone.
func WithNetwork(ctx context.Context, network string) context.Context {
	return context.WithValue(ctx, networkKey{}, network)
}

func (b *book) network() string {
	network, _ := b.ctx.Value(networkKey{}).(string)
	return network
}

// settled teaches the person's profile a device that showed its first code.
func (b *book) settled(device string, at time.Time) error {
	s, err := b.standing(at)
	if err != nil {
		return err
	}
	w, err := risk.Shipped()
	if err != nil {
		return err
	}
	w.Enrolled(&s.profile, s.key("device", device), s.key("network", b.network()), at)
	return b.keepProfile(&s.profile)
}
