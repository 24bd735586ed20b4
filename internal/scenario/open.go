package scenario

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"jandon/internal/fault"
	"jandon/internal/safe"
)

// IsFile reports whether what was given is a file's path and not a name: it
// has a separator, or ends as scenario files do.
func IsFile(given string) bool {
	return strings.ContainsAny(given, `/`+string(filepath.Separator)) || strings.HasSuffix(given, suffix)
}

// Open reads a scenario by its name, or from a file of one's own. Errors:
// UnknownScene, NoFile, BadFile, and BadScenario with the line.
func Open(given string) (*File, error) {
	if !IsFile(given) {
		return Load(given)
	}
	shown := safe.Text(given)
	r, err := os.Open(given)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fault.Wrap(err, fault.NoFile, "file", shown)
	case err != nil:
		return nil, fault.Wrap(err, fault.BadFile, "file", shown, "detail", reasonOf(err))
	}
	defer func() { _ = r.Close() }()
	content, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return nil, fault.Wrap(err, fault.BadFile, "file", shown, "detail", reasonOf(err))
	}
	f, err := Parse(shown, content)
	if err != nil {
		return nil, err
	}
	f.Name = safe.Text(strings.TrimSuffix(filepath.Base(given), suffix))
	sum := sha256.Sum256(content)
	f.Own = hex.EncodeToString(sum[:6])
	return f, nil
}

// reasonOf is what the system says, without the path, which the sentence has.
func reasonOf(err error) string {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err.Error()
	}
	return safe.Text(err.Error())
}
