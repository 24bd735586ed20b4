// Package store is the wallet's own copy of what the platform told it.
//
// One file holds it, encrypted page by page (Adiantum) and checksummed inside
// the encryption, so that a flipped bit is noticed and never becomes a wrong
// sum. Rules:
//
// Reads cost what they show, never what the history holds. Sums per week and
// day stand beside the lines and change in the same SQL transaction. What
// repeats from line to line (merchant, category, issuer, kind, …) is stored
// once as a strand; a line is a strand, an instant, an amount and an id.
//
// A batch is applied whole or not at all; readers see whole batches only. All
// but the person's notes and files can be asked of the platform again, so a damaged file
// is set aside, never repaired and never overwritten.
//
// Lines of statement files lie beside the platform's, each file taken in and
// out whole; neither side touches the other's.
//
// What the person decided, and how far a review has come, are notes beside the
// lines: they outlive a Reset, and no batch touches them.
//
// The key stays in the caller's closure and in the cipher: it is in no URI, no
// SQL text and no message.
package store
