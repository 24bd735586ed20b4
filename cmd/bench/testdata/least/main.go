// Command least is the small program that one writes for one statement: split,
// parse, add up by week. No quotes, no detection, no checks, fixed columns.
package main

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

func main() {
	f, err := os.Open(os.Args[1])
	if err != nil {
		panic(err)
	}
	weeks := map[int64]int64{}
	lines := bufio.NewScanner(f)
	lines.Scan()
	for lines.Scan() {
		fields := strings.Split(lines.Text(), ",")
		day, err := time.Parse(time.DateOnly, fields[0])
		if err != nil {
			panic(err)
		}
		amount, err := strconv.ParseInt(fields[3], 10, 64)
		if err != nil {
			panic(err)
		}
		weeks[(day.Unix()/86400+3)/7] -= amount
	}
	fmt.Println(weeks)
}
