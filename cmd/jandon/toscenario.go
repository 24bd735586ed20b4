package main

import (
	"github.com/spf13/cobra"

	"jandon/internal/fault"
	"jandon/ui/replay"
)

// toScenario makes a scenario of a recording, which runs in `go test`.
func (a *app) toScenario() *cobra.Command {
	var identity, out string
	c := a.watching("to-scenario FILE", "cli.session.to_scenario", func(cmd *cobra.Command, args []string) error {
		rec, err := a.openRecording(cmd.Context(), args[0], identity)
		if err != nil {
			return err
		}
		text, err := replay.Scenario(rec.Recording)
		if err != nil {
			return fault.Wrap(err, fault.BadRecording, "file", args[0], "detail", a.text().T("cli.session.why.strange"))
		}
		if first, _, err := replay.Verify(rec.Recording); err == nil && first != nil {
			a.note(a.text().F("cli.session.differs", "Step", first.Step))
		}
		return a.give(out, text)
	})
	identityFlag(c, &identity)
	c.Flags().StringVarP(&out, "output", "o", "-", "cli.flag.output")
	must(c.MarkFlagFilename("output"))
	return c
}
