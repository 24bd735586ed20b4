package config

import (
	"fmt"
	"strings"
)

// Sample is a configuration file that sets every key to its default, with
// comments. Load accepts it as it is.
func Sample() string {
	var b strings.Builder
	b.WriteString("# Settings of Jandon. Everything here is optional; what stands here are the defaults.\n" +
		"# A JANDON_* variable or a flag wins over this file: JANDON_LANG=ko, --lang ko.\n")
	table := ""
	for _, bare := range []bool{true, false} { // keys outside a table come first in TOML
		for _, one := range settings {
			in, name, dotted := cutLast(one.key)
			if dotted == bare {
				continue
			}
			if in != table {
				fmt.Fprintf(&b, "\n[%s]\n", in)
				table = in
			} else {
				b.WriteByte('\n')
			}
			fmt.Fprintf(&b, "# %s\n# %s\n", one.about, one.want)
			value := one.normal
			if !one.bare {
				value = fmt.Sprintf("%q", value)
			}
			fmt.Fprintf(&b, "%s = %s\n", name, value)
		}
	}
	return b.String()
}
