package audit

import (
	"strings"
	"unicode/utf8"
)

// house is a merchant with its branches.
type house struct {
	name string // as its branches begin
	of   []int  // their places in the list of names
}

// fewestWords is how many words a name needs so that another one that begins
// with it is taken for its branch: one word alone begins too many names.
const fewestWords = 2

// kinds of shops that end like the word for a branch (점), and are none.
var noBranches = map[string]bool{
	"백화점": true, "편의점": true, "면세점": true, "음식점": true, "전문점": true, "할인점": true, "제과점": true, "안경점": true, "양복점": true, "대리점": true, "정육점": true,
}

// houses puts branches to the names that they begin with, in the order of the
// names: Acorn Hill Coffee Seongsu to Acorn Hill Coffee, 카페모모 역삼점 to 카페모모.
func houses(names []string) []house {
	known := make(map[string]bool, len(names)) // that another may begin with
	words := make([][]string, len(names))
	for i, name := range names {
		if words[i] = strings.Fields(strings.ToLower(name)); len(words[i]) >= fewestWords {
			known[strings.Join(words[i], " ")] = true
		}
	}
	var out []house
	at := map[string]int{} // by the words of a name
	for i, name := range names {
		n := baseOf(words[i], known)
		if n == 0 { // without a name
			out = append(out, house{of: []int{i}})
			continue
		}
		key := strings.Join(words[i][:n], " ")
		k, met := at[key]
		if !met {
			k = len(out)
			at[key] = k
			out = append(out, house{name: strings.Join(strings.Fields(name)[:n], " ")})
		}
		out[k].of = append(out[k].of, i)
	}
	return out
}

// baseOf is how many words of a name are not those of a branch.
func baseOf(words []string, known map[string]bool) int {
	if n := len(words); n > 1 && branch(words[n-1]) {
		words = words[:n-1]
	}
	for n := fewestWords; n < len(words); n++ {
		if known[strings.Join(words[:n], " ")] {
			return n
		}
	}
	return len(words)
}

// branch reports whether a word names a branch, such as 역삼점.
func branch(word string) bool {
	return strings.HasSuffix(word, "점") && utf8.RuneCountInString(word) >= 3 && !noBranches[word]
}
