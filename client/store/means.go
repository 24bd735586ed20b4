package store

import (
	"context"
)

// PutMeans keeps what the platform said last of a person's limits, as it was
// said: only whoever asked can read it.
func (s *Store) PutMeans(ctx context.Context, said []byte) error {
	return s.write(ctx, func(c *conn) error { return c.putDoc(docMeans, "", 0, said) })
}

// Means is what PutMeans kept; nil if it kept nothing.
func (s *Store) Means(ctx context.Context) (said []byte, err error) {
	err = s.read(ctx, func(v *view) error {
		return v.docs(docMeans, func(body string) error { said = []byte(body); return nil })
	})
	return said, err
}
