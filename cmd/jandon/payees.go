package main

import (
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/valuepath"
)

// payees are the destinations that a person names on the command line, one a
// rail: --to bank_transfer=Mina, by name or id.
type payees struct{ said []string }

const flagTo = "--to"

func (p *payees) flag(c *cobra.Command) {
	c.Flags().StringArrayVar(&p.said, "to", nil, "cli.flag.to")
	must(c.RegisterFlagCompletionFunc("to", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		var list []string
		if book, err := valuepath.Shipped(); err == nil {
			for _, rail := range payable(book) {
				list = append(list, rail+"=")
			}
		}
		return list, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
	}))
}

// payable are the rails that pay a destination.
func payable(book *valuepath.Book) []string {
	return railIDs(book, func(r *valuepath.Rail) bool { return r.Destination })
}

// railIDs are the rails of a catalogue by their ids, in its order.
func railIDs(book *valuepath.Book, which func(*valuepath.Rail) bool) (list []string) {
	for i := range book.Rails {
		if r := &book.Rails[i]; which(r) {
			list = append(list, r.ID)
		}
	}
	return list
}

// chosen finds what was named among the linked destinations, as a quote is
// asked for them. What is not there is fault.BadFlag with what was meant
// perhaps, fault.NoDestination or fault.DestinationNew.
func (p *payees) chosen(book *valuepath.Book, linked []act.Destination, at time.Time) (map[string]string, error) {
	to := map[string]string{}
	for _, said := range p.said {
		rail, name, _ := strings.Cut(said, "=")
		rails := payable(book)
		if !slices.Contains(rails, rail) {
			return nil, misnamed(said, name, rail, rails, nil)
		}
		if earlier, twice := to[rail]; twice {
			return nil, fault.New(fault.Together, "name", flagTo+" "+said, "value", flagTo+" "+rail+"="+earlier)
		}
		d, err := linkedAs(rail, name, linked)
		if err != nil {
			return nil, err
		}
		if !d.Pays(at) {
			return nil, fault.New(fault.DestinationNew, "payee", d.Name+" · "+d.Number, "until", d.Usable.UTC().Format(time.RFC3339))
		}
		to[rail] = d.ID
	}
	return to, nil
}

// linkedAs is a destination of a rail by its id, or by its name where no other has that.
func linkedAs(rail, name string, linked []act.Destination) (act.Destination, error) {
	var of, same []act.Destination
	var names, ids []string
	for _, d := range linked {
		if d.Rail != rail {
			continue
		}
		if d.ID == name {
			return d, nil
		}
		if strings.EqualFold(d.Name, strings.TrimSpace(name)) {
			same = append(same, d)
		}
		of, names, ids = append(of, d), append(names, d.Name), append(ids, d.ID)
	}
	switch {
	case len(of) == 0:
		return act.Destination{}, fault.New(fault.NoDestination, "rail", rail)
	case len(same) == 1:
		return same[0], nil
	case len(same) > 1: // one name, several numbers
		ids = ids[:0]
		for _, d := range same {
			ids = append(ids, d.ID)
		}
		return act.Destination{}, fault.New(fault.BadFlag, "name", flagTo, "value", rail+"="+name, "want", choices(rail, ids))
	}
	return act.Destination{}, misnamed(rail+"="+name, rail, name, names, ids)
}

// misnamed says what was meant perhaps, or what there is: other is the half
// that is not in question.
func misnamed(said, other, word string, names, ids []string) error {
	near := fault.Nearest(word, append(slices.Clone(names), ids...))
	var want string
	switch {
	case ids == nil && near != "":
		want = near + "=" + other
	case ids == nil:
		want = choices("", names)
	case near != "":
		want = choices(other, []string{near})
	default:
		want = choices(other, names)
	}
	return fault.New(fault.BadFlag, "name", flagTo, "value", said, "want", want)
}

// choices are what could stand there.
func choices(rail string, list []string) string {
	said := make([]string, len(list))
	for i, one := range list {
		if said[i] = rail + "=" + one; rail == "" {
			said[i] = one + "=…"
		}
	}
	return strings.Join(said, " | ")
}
