// Package replay records the screens and shows recordings.
//
// It taps the messages that reach the shell and its pages, writes those that
// are listed (messages.go) as their classes say (classes.go), and feeds them to
// a shell without sources later: commands are not run in a replay, so that
// nothing is asked, kept or moved, whatever a file says.
package replay
