package statement

import (
	"context"
	"io"
	"iter"

	"jandon/internal/history"
	"jandon/internal/wallet"
)

// OpenIn is Open with blocks of a size.
func OpenIn(ctx context.Context, file io.ReaderAt, size int64, o Options, block int) (*File, error) {
	return openWith(ctx, file, size, o, block)
}

// Remembering is Transactions with so many lines remembered.
func (f *File) Remembering(ctx context.Context, most int) iter.Seq2[*wallet.Transaction, error] {
	return f.lines(ctx, most)
}

// SumIn is Sum with blocks of a size, in so many parts.
func SumIn(ctx context.Context, file io.ReaderAt, size int64, o Options, by history.Dimension, block, parts int) (*history.Summed, Result, error) {
	return sumIn(ctx, &source{file: file, size: size, block: block, progress: o.Progress, total: size}, o, by, parts)
}

// MaxRecord and MaxQuoted are the limits of a record.
const (
	MaxRecord = maxRecord
	MaxQuoted = maxQuoted
)

// Aspects lists every aspect, for the test of the catalogue.
func Aspects() []Aspect { return []Aspect{Opening, Closing, Entries, Debits, Credits} }

// Reasons lists every reason, for the test of the catalogue.
func Reasons() []Reason {
	return []Reason{
		Preamble, BadDate, BadAmount, NoAmount, TooFew, OpenQuote, StrayQuote, InQuotes, TooLong, OutOfRange, Summary, Declined, Repeated, BadMoney,
		CutOff, OtherPart, Directive, Complex, Correction, Notice, NoEnd, LostPrice, Cancelled, MaybeCancelled, PostedToo, MaybePosted, PartCancelled,
	}
}

// Whys lists the keys of the reasons for refusing a whole file.
func Whys() []string {
	list := make([]string, 0, len(whys))
	for key := range whys {
		list = append(list, key)
	}
	return list
}
