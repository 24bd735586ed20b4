package statement

import "strings"

// Made reports whether an id was made of what its line says, because the file
// gave none.
func Made(id string) bool {
	return len(id) == idLength && id[0] == 's' && strings.Trim(id[1:], alphabet) == ""
}
