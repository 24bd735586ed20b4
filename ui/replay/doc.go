// Package replay records the screens and shows recordings.
//
// It taps the messages that reach the shell and its pages (Recorder), writes
// those that are listed (messages.go) as their classes say (classes.go), and
// feeds them to a shell without sources later (Player, Show): commands are not
// run in a replay, so that nothing is asked, kept or moved, whatever a file
// says. Time, language, zone and all else that draws stand in the header or are
// messages. Verify compares what is drawn with what was; Script writes the keys
// of a recording down for a scenario.
package replay
