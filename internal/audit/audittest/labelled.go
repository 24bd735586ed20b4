package audittest

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"

	"jandon/internal/audit"
	"jandon/internal/audit/auditjson"
)

// Read calls with each labelled history: histories and their truths, as
// JSON lines in any order.
func Read(histories, truths io.Reader, each func(in audit.Input, truth *Truth) error) error {
	known := make(map[string]*Truth)
	lines := bufio.NewScanner(truths)
	lines.Buffer(nil, 1<<26)
	for lines.Scan() {
		t := new(Truth)
		if err := json.Unmarshal(lines.Bytes(), t); err != nil {
			return fmt.Errorf("audittest: truth: %w", err)
		}
		known[t.HistoryID] = t
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("audittest: truth: %w", err)
	}
	return auditjson.Each(histories, func(id string, in audit.Input) error {
		t, ok := known[id]
		if !ok {
			return fmt.Errorf("audittest: nothing is known of %s", id)
		}
		return each(in, t)
	})
}
