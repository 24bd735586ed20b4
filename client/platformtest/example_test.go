package platformtest_test

import (
	"context"
	"fmt"
	"time"

	"jandon/client/platformtest"
	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/money"
)

// A quote holds for two minutes. In a test, take Start(t, …) instead of Open:
// it ends with the test and says there what went wrong.
func Example() {
	ctx := context.Background()
	s, err := platformtest.Open(ctx, platformtest.Options{Scenario: "student"})
	if err != nil {
		fmt.Println(err)
		return
	}
	wallet := s.Account()
	quote, err := wallet.Quote(ctx, act.Ask{Amount: money.Won(3000)})
	fmt.Println("quoted:", err == nil && len(quote.Offers) > 0)

	s.Step(3 * time.Minute)
	_, err = wallet.CashOut(ctx, quote, 0)
	fmt.Println("three minutes later:", fault.From(err).Code)

	s.Fail("error=paused@quotes", 1)
	_, err = wallet.Quote(ctx, act.Ask{Amount: money.Won(3000)})
	fmt.Println("under a fault:", fault.From(err).Code)

	fmt.Println("the books balance:", s.Close() == nil)
	// Output:
	// quoted: true
	// three minutes later: quote_expired
	// under a fault: paused
	// the books balance: true
}
