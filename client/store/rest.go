package store

import "math"

// keepRest empties the tables of lines and fills them with what stays. It costs
// what those lines cost, where deleting costs a search in every index for each
// line that goes.
func (s *Store) keepRest(c *conn, doomed runs) error {
	rest := runs{{1, math.MaxInt64}}.without(doomed)
	if err := c.do("CREATE TABLE rest AS SELECT * FROM tx WHERE 0"); err != nil {
		return err
	}
	for _, r := range rest {
		if err := c.do("INSERT INTO rest SELECT * FROM tx WHERE n BETWEEN ? AND ?", r.first, r.last); err != nil {
			return err
		}
	}
	if err := c.refill("tx", "n"); err != nil {
		return err
	}
	err := c.do("DELETE FROM alias WHERE n NOT IN (SELECT n FROM tx)")
	for _, sql := range noSums {
		if err == nil {
			err = c.do(sql)
		}
	}
	if err != nil {
		return err
	}
	sums, err := s.recount(c, 0)
	if err == nil {
		err = sums.flush(c)
	}
	if err == nil {
		err = c.textsAnew()
	}
	return err
}

// noSums forgets all sums.
var noSums = []string{
	"DELETE FROM roll", "DELETE FROM spell", "UPDATE strand SET spent=0, refunded=0, received=0, expired=0, count=0, lines=0",
}

// refill puts what was put aside in place of all that a table holds.
func (c *conn) refill(table, order string) error {
	for _, sql := range []string{"DELETE FROM " + table, "INSERT INTO " + table + " SELECT * FROM rest ORDER BY " + order, "DROP TABLE rest"} {
		if err := c.do(sql); err != nil {
			return err
		}
	}
	return nil
}
