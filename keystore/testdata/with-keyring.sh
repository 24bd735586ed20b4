#!/bin/sh
# Runs its arguments with a real gnome-keyring of their own, empty and unlocked:
#   dbus-run-session -- keystore/testdata/with-keyring.sh go test -tags outside ./keystore/...
# The keyring's files and sockets live in a directory that goes away at the end.
set -eu
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
mkdir -m 0700 "$home/run" "$home/data"
# Not HOME: the tools that are run keep theirs.
export XDG_RUNTIME_DIR="$home/run" XDG_DATA_HOME="$home/data"
unset DISPLAY WAYLAND_DISPLAY
# The password must not be empty, and both calls are needed: the first makes and
# unlocks the "login" keyring, the second puts the service on the bus.
printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null
gnome-keyring-daemon --start --components=secrets >/dev/null
status=0
"$@" || status=$?
exit "$status"
