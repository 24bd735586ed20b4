// Package risk says how far an act is from what a person usually does, and what
// it therefore asks for.
//
// It is pure: no I/O, no clock. Weights, thresholds, tiers and hard rules are
// dated data with their source (data/policy.toml), never constants in code.
// A score is a sum of points and every point has a reason; a reason without
// points does not exist. More money never scores less. A profile is one
// person's alone: nothing that another one does moves it. It learns only from
// what went through undisputed and notes attempts always.
// Amounts are minor units of the policy's currency.
package risk
