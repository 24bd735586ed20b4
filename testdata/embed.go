// Package testdata carries the files that the binary itself needs: the
// scenarios of demo and serve. Everything else here is read by tests from disk.
package testdata

import "embed"

// Scenarios holds scenarios/NAME.txtar.
//
//go:embed scenarios/*.txtar
var Scenarios embed.FS
