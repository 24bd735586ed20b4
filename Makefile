# run builds and opens the demo; test installs what the tests need and runs
# them all; the others are named for what they do.

BIN      := bin/jandon
LINT     := bin/golangci-lint
LINT_VER := v2.15.0
FUZZTIME ?= 20s

# Tests below testdata are not in ./... and are named one by one; those with
# the tag outside need programs beside Go, and some a keyring.
HIDDEN   = $(patsubst %/,./%,$(sort $(dir $(shell git ls-files '*testdata/*_test.go' 2>/dev/null))))
OUTSIDE  = $(patsubst %/,./%,$(sort $(dir $(shell grep -rlE '^//go:build .*outside' --include='*_test.go' --exclude-dir=.cache --exclude-dir=.git . | sed 's|^\./||'))))
UPDATES  = $(patsubst %/,./%,$(sort $(dir $(shell grep -rl 'flag.Bool."update"' --include='*_test.go' --exclude-dir=.cache . | sed 's|^\./||'))))
KEYRING  = dbus-run-session -- keystore/testdata/with-keyring.sh

export JANDON_NODE := $(CURDIR)/.cache/node

.PHONY: build run test tools race fuzz lint fmt frames bench clean

# Without cgo: one file that needs no libc and starts a millisecond sooner.
build:
	@CGO_ENABLED=0 go build -trimpath -o $(BIN) ./cmd/jandon

run: build
	@$(BIN) demo

tools: $(LINT)
	@.ci/tools

# One after the other on purpose: what needs a real keyring or other programs
# runs after the quick tests, which fail first. Those of the keystore lock and
# stop their keyring; the others get one of their own.
test: tools build
	go test ./... $(HIDDEN)
	$(KEYRING) go test -count=1 -tags outside ./keystore
	$(KEYRING) go test -count=1 -tags outside $(filter-out ./keystore,$(OUTSIDE))

race:
	go test -race -timeout 30m ./... $(HIDDEN)

fuzz:
	@set -e; grep -rlE '^func Fuzz' --include='*_test.go' --exclude-dir=.cache . | while read -r file; do \
		for name in $$(sed -nE 's/^func (Fuzz[A-Za-z0-9_]*).*/\1/p' "$$file"); do \
			echo "$$name in $$(dirname "$$file")"; \
			go test -run '^$$' -fuzz "^$$name\$$" -fuzztime $(FUZZTIME) "$$(dirname "$$file")" </dev/null; \
		done; \
	done

# Every expected frame, transcript and picture anew; read the diff.
frames: tools
	@mkdir -p testdata/frames
	go test $(UPDATES) -update
	@for svg in testdata/frames/*.svg; do rsvg-convert -z 1.5 "$$svg" -o "$${svg%.svg}.png"; done

# What is promised, measured in one run as ratios.
bench: tools build
	go run ./cmd/bench

lint: $(LINT)
	@bad=$$(git ls-files '*.go' | xargs gofmt -l); if [ -n "$$bad" ]; then echo "gofmt: run make fmt:"; echo "$$bad"; exit 1; fi
	go vet -tags outside ./...
	$(LINT) run --allow-parallel-runners ./...

$(LINT):
	@echo "lint: installing golangci-lint $(LINT_VER) into bin (once; takes some minutes)" >&2
	@GOBIN=$(CURDIR)/bin GOFLAGS= go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINT_VER)

fmt:
	@git ls-files '*.go' | xargs gofmt -w

clean:
	rm -rf bin/jandon .cache
