package valuepath

import (
	"encoding/json"
	"fmt"
	"time"

	"jandon/internal/money"
)

// textJSON is a Text as it is written down: an argument has one value, which
// says what it is.
type textJSON struct {
	ID   string    `json:"id"`
	Args []argJSON `json:"args,omitempty"`
}

type argJSON struct {
	Name   string        `json:"name"`
	Amount *money.Amount `json:"amount,omitempty"`
	Time   *time.Time    `json:"time,omitempty"`
	Text   *Text         `json:"text,omitempty"`
	Texts  []Text        `json:"texts,omitempty"`
	Number *int64        `json:"number,omitempty"`
	Word   *string       `json:"word,omitempty"`
}

// MarshalJSON writes a text with the kinds of its arguments, so that it can be
// said elsewhere.
func (t Text) MarshalJSON() ([]byte, error) {
	out := textJSON{ID: t.ID}
	for i := 0; i+1 < len(t.Args); i += 2 {
		name, ok := t.Args[i].(string)
		if !ok {
			return nil, fmt.Errorf("valuepath: argument %d of %s has no name", i, t.ID)
		}
		a := argJSON{Name: name}
		switch v := t.Args[i+1].(type) {
		case money.Amount:
			a.Amount = &v
		case time.Time:
			a.Time = &v
		case Text:
			a.Text = &v
		case []Text:
			a.Texts = v
		case int:
			n := int64(v)
			a.Number = &n
		case int64:
			a.Number = &v
		case string:
			a.Word = &v
		default:
			return nil, fmt.Errorf("valuepath: argument %s of %s is a %T", name, t.ID, v)
		}
		out.Args = append(out.Args, a)
	}
	return json.Marshal(out)
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (t *Text) UnmarshalJSON(b []byte) error {
	var in textJSON
	if err := json.Unmarshal(b, &in); err != nil {
		return err
	}
	*t = Text{ID: in.ID}
	for _, a := range in.Args {
		var v any
		switch {
		case a.Amount != nil:
			v = *a.Amount
		case a.Time != nil:
			v = *a.Time
		case a.Text != nil:
			v = *a.Text
		case a.Number != nil:
			v = *a.Number
		case a.Word != nil:
			v = *a.Word
		default:
			v = a.Texts
		}
		t.Args = append(t.Args, a.Name, v)
	}
	return nil
}

// Amounts is the text with its amounts as change makes them; t stays as it is.
func (t Text) Amounts(change func(money.Amount) money.Amount) Text {
	out := Text{ID: t.ID, Args: make([]any, len(t.Args))}
	for i, a := range t.Args {
		switch v := a.(type) {
		case money.Amount:
			a = change(v)
		case Text:
			a = v.Amounts(change)
		case []Text:
			list := make([]Text, len(v))
			for j := range v {
				list[j] = v[j].Amounts(change)
			}
			a = list
		}
		out.Args[i] = a
	}
	if t.Args == nil {
		out.Args = nil
	}
	return out
}
