package kit

// Category is the word for a category; one that the catalogue doesn't know is shown as it is.
func (e *Env) Category(word string) string {
	if id := "category." + word; word != "" && e.Text.Has(id) {
		return e.Text.T(id)
	}
	return word
}
