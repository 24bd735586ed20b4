package kit

// Work carries out do, and stands for it in a replay. Amounts of a recording
// are multiples of the true ones, but the steps, fees and limits of a catalogue
// are not: what comes of both together can't be worked out anew from what was
// written. So it is recorded what it came to, and a replay takes that instead.
// T has to be listed as messages are. Work belongs into Update, never into View
// or Init, and in the same order each time.
func Work[T any](env *Env, do func() T) T {
	if env.Work == nil {
		return do()
	}
	out, _ := env.Work(func() any { return do() }).(T)
	return out
}
