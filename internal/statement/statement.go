// Package statement reads a person's own files of transactions.
//
// A statement comes in the way its bank, card or shop liked best. Read finds
// out the format, the encoding, the columns and the ways of writing dates,
// numbers and signs from what the file holds, never from its name, and tells
// what it found. Nothing is dropped in
// silence: a line that gives no transaction is listed with its number, its
// text and the reason. A file that is no statement is fault.BadStatement.
//
// A format is a Format in one list; what all formats share (ids, signs, texts
// through internal/safe) stands behind the collector.
package statement

import (
	"bytes"
	"context"
	"io"
	"time"

	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// Options say what the file itself can't.
type Options struct {
	Name     string         // of the file, for errors
	Source   string         // becomes the issuer of lines that name none
	Zone     *time.Location // of times without an offset; nil: UTC
	Currency money.Currency // of amounts that name none; "": guessed
	Now      time.Time      // dates without a year are before it
	Rules    *Rules         // of a table that says less than is needed; nil: none

	// Progress, if set, is told how many bytes of the reading are done. The total
	// changes where a line shows that the file has to be read more often; the last
	// that is heard is the total twice, and nothing is read behind it.
	Progress func(done, total int64)
}

// Result is what a file held.
type Result struct {
	Transactions []wallet.Transaction // in the order of the file
	Detected     Detected
	Lines        int            // lines that might have held a transaction
	Skipped      []Line         // those that did not, at most MaxSkipped
	Reasons      map[Reason]int // how many did not, by reason; complete, and partial ones too
	Spent        int64          // minor units of Detected.Currency: payments and fees less refunds

	// Cancelled are the refunds of purchases that were cancelled and do not
	// count. They are no transactions of the file: whoever has such a purchase
	// of an earlier one is to take its refund in. RefundOf is the purchase's id,
	// if the file names one.
	Cancelled []wallet.Transaction

	Stated []Stated // what the file says of itself, held against its lines
}

// Without is how many lines gave no transaction.
func (r *Result) Without() (n int) {
	for reason, lines := range r.Reasons {
		if !reason.Partial() {
			n += lines
		}
	}
	return n
}

// Settled is how many of those were understood: see Reason.Settled.
func (r *Result) Settled() (n int) {
	for reason, lines := range r.Reasons {
		if reason.Settled() {
			n += lines
		}
	}
	return n
}

// MaxSkipped is how many lines are listed one by one; a file that has more of
// them was understood wrongly, which the first thousand show as well.
const MaxSkipped = 1000

// Detected is how a file was understood.
type Detected struct {
	Format    string // csv, xlsx, ofx, qif, camt.053, mt940, journal
	Encoding  string // utf-8, utf-8-bom, utf-16le, utf-16be, cp949, windows-1252
	Delimiter string // , ; | or a tab
	Header    int    // number of the header line; 0: the file has none
	Columns   []Column
	Dates     string // ymd, dmy, mdy, md; with a ? if both dmy and mdy would fit every line
	Number    money.Number
	Currency  money.Currency
	Sign      Sign
}

// Column is a column that was understood.
type Column struct {
	Index   int    // from 0
	Name    string // in the header; "" without one
	Meaning string // date, time, merchant, amount, debit, credit, …
}

// Sign says how a file tells what went out from what came in.
type Sign string

// The conventions.
const (
	NegativeSpent Sign = "negative_spent" // what has a minus was spent
	PositiveSpent Sign = "positive_spent" // charges have no sign, a minus gives back
	TwoColumns    Sign = "two_columns"    // out and in stand apart
	ByType        Sign = "by_type"        // a column says what each line did
)

// Line is a line that gave no transaction, or not all of it: see Reason.Partial.
type Line struct {
	Number int    // from 1, as an editor counts
	Text   string // filtered and shortened
	Reason Reason
}

// Reason is why a line gave no transaction; its sentence stands in the catalogue
// under statement.skip.<reason>.
type Reason string

// The reasons.
const (
	Preamble       Reason = "preamble"        // before the header
	BadDate        Reason = "bad_date"        // no date, or one that no calendar has
	BadAmount      Reason = "bad_amount"      // no number
	NoAmount       Reason = "no_amount"       // the amount is empty
	TooFew         Reason = "too_few"         // fewer columns than needed
	OpenQuote      Reason = "open_quote"      // a quote never closes, and what stands where is not known
	StrayQuote     Reason = "stray_quote"     // a quote never closes, and the line was read as it stands
	InQuotes       Reason = "in_quotes"       // came in, and within its quotes stand lines that could be records
	TooLong        Reason = "too_long"        // longer than any real line
	OutOfRange     Reason = "out_of_range"    // an amount that nobody pays
	Summary        Reason = "summary"         // a sum of other lines
	Declined       Reason = "declined"        // did not come about
	Cancelled      Reason = "cancelled"       // a purchase that was cancelled, and money neither went nor came
	MaybeCancelled Reason = "maybe_cancelled" // the same, if its purchase does not stand in an earlier file
	PartCancelled  Reason = "part_cancelled"  // came in whole, and a part of it was cancelled
	PostedToo      Reason = "posted_too"      // not final yet, and the same purchase stands in the file as final
	MaybePosted    Reason = "maybe_posted"    // came in though not final, and it or another may stand in the file as final, too
	Repeated       Reason = "header_again"    // the header once more
	BadMoney       Reason = "bad_currency"    // a currency that is none
	CutOff         Reason = "cut_off"         // the file ends in the middle of it
	OtherPart      Reason = "other_part"      // a part of the file that holds no payments
	Directive      Reason = "directive"       // an instruction to the program that the file is for
	Complex        Reason = "complex"         // moves value between more accounts than a line can say
	Correction     Reason = "correction"      // takes back or replaces another line
	Notice         Reason = "notice"          // information alone, nothing was booked
	NoEnd          Reason = "no_end"          // may be cut: the closing balance that stands behind it is missing
	LostPrice      Reason = "lost_price"      // came in, but its price in another currency could not be read
)

// Partial reports a reason for which a line is listed though it came in: a part
// of it was not understood, or is in doubt.
func (r Reason) Partial() bool {
	return r == LostPrice || r == NoEnd || r == StrayQuote || r == InQuotes || r == MaybePosted || r == PartCancelled
}

// Settled reports a reason for which a line was understood and rightly gives no
// transaction.
func (r Reason) Settled() bool {
	return r == Declined || r == Cancelled || r == MaybeCancelled || r == PostedToo
}

// Format is one way of writing statements. Sniff judges by the beginning, which
// is text as UTF-8; open looks at as much as it must to read the lines.
type Format struct {
	Name  string
	Sniff func(head []byte) bool
	open  func(in *source, o Options) (form, error)
}

// form is a file in its format. It can be read any number of times.
type form interface {
	// read gives the lines to the collector, in order.
	read(c *collector) error
}

// formats are tried in order; CSV takes whatever text is left.
var formats = []Format{
	{Name: "xlsx", Sniff: sniffXLSX, open: openXLSX},
	{Name: "ofx", Sniff: sniffOFX, open: openOFX},
	{Name: "camt.053", Sniff: sniffCAMT, open: openCAMT},
	{Name: "mt940", Sniff: sniffMT940, open: openMT940},
	{Name: "qif", Sniff: sniffQIF, open: openQIF},
	{Name: "journal", Sniff: sniffJournal, open: openJournal},
	{Name: "csv", Sniff: func([]byte) bool { return true }, open: openCSV},
}

// maxSize bounds what is taken into memory: 1 GiB is 15 million lines.
const maxSize = 1 << 30

// Read reads a statement of size bytes (less than 0: unknown) and keeps all
// its lines. Open and Sum are for files of any length.
func Read(ctx context.Context, r io.Reader, size int64, o Options) (Result, error) {
	var buf bytes.Buffer
	if size > 0 && size <= maxSize {
		buf.Grow(int(size) + bytes.MinRead) // so that ReadFrom need not grow it once more
	}
	if _, err := buf.ReadFrom(io.LimitReader(r, maxSize+1)); err != nil {
		return Result{}, unreadable(o, err)
	}
	if buf.Len() > maxSize {
		return Result{}, refuse(o, "too_large")
	}
	whole := append([]byte{}, buf.Bytes()[:0]...)
	if buf.Len() > 0 {
		whole = buf.Bytes()
	}
	f, err := open(ctx, &source{whole: whole, file: bytes.NewReader(whole), size: int64(len(whole)), block: blockSize, progress: o.Progress, total: int64(len(whole))}, o)
	if err != nil {
		return Result{}, err
	}
	var k *keeper
	c, err := f.whole(ctx, func() sink { k = &keeper{}; return k })
	if err != nil {
		return Result{}, err
	}
	f.in.finished()
	return k.result(c), nil
}

// notStatement is why a whole file is no statement; a key of whys.
type notStatement string

func (n notStatement) Error() string { return string(n) }

// whys are the reasons in English, for logs; screens take
// statement.why.<key> of the catalogue.
var whys = map[string]string{
	"empty": "it is empty", "html": "it is a web page", "xml": "it is XML", "zip": "it is an archive or another kind of spreadsheet",
	"pdf": "it is a PDF", "xls": "it is an old or a locked Excel file", "gzip": "it is compressed", "json": "it is JSON", "binary": "it is no text",
	"too_large": "it is larger than 1 GiB", "no_columns": "no columns for a date and an amount were found",
	"no_lines": "no line of it could be read as a transaction", "cut_off": "its end is missing", "damaged": "it is damaged",
	"bomb": "it unpacks to far more than a statement holds", "texts": "its cells share more than 64 MiB of text", "entities": "it defines entities or a document type of its own",
	"investment": "it tells of investments, not of payments", "deep": "it is nested deeper than any statement",
	"columns_missing": "it has none of the columns that the rules name",
}

func refuse(o Options, why string) error {
	return fault.New(fault.BadStatement, "file", o.Name, "detail", whys[why], "why", "statement.why."+why)
}
