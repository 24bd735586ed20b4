//go:build unix

package file

import (
	"io/fs"
	"os"
	"syscall"
)

// foreign reports whether it belongs to somebody else, who could put another
// in its place: only root gets so far as to find one.
func foreign(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(stat.Uid) != os.Geteuid()
}
