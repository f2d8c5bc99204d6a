# The two commands that a stranger needs are `make demo` and `make test`. Everything else is for developers.

CARGO ?= cargo
ASSETS := crates/web/assets/dist/manifest.json

.PHONY: demo build check test test-rust test-browser test-docs test-judges journeys bench fuzz torture assets clean-tools

## Builds and shows the portals and the world around them; no other service is needed.
demo: build
	./target/release/sportello demo $(ARGS)

## The program, optimised, in target/release/sportello.
build: assets
	$(CARGO) build --release -p sportello

## Style, scripts, fonts and icons (Node).
assets: $(ASSETS)
$(ASSETS): package.json package-lock.json node_modules/.package-lock.json $(wildcard crates/web/assets/src/*) crates/web/assets/build.mjs
	npm run --silent assets

node_modules/.package-lock.json: package-lock.json
	npm ci --ignore-scripts --no-audit --no-fund --loglevel=error

## What every change must pass before it is offered.
check: assets
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets -- -D warnings
	$(CARGO) xtask layers
	$(CARGO) xtask texts
	$(CARGO) xtask sizes
	$(CARGO) xtask licences
	$(CARGO) xtask unused

## Everything: installs what the tests need, then runs them all.
test: assets
	tools/test-needs
	$(MAKE) test-rust
	$(MAKE) test-docs
	$(MAKE) test-judges
	$(MAKE) test-browser

# The judges that tools/test-needs installs must be there: without this, a test that misses one says so and passes.
test-rust: export SPORTELLO_JUDGES := required
test-rust: assets
	tools/with-postgres $(CARGO) nextest run --workspace --exclude benches --no-fail-fast
	$(CARGO) xtask requirements --summary

## The examples in the documentation of every crate.
test-docs: assets
	$(CARGO) test --workspace --doc --quiet

## The running product before the judges of others (conformance/README.md).
test-judges: assets
	$(CARGO) build -p sportello
	conformance/spid/run
	conformance/idp/run
	conformance/pdnd/run
	conformance/mail/run
	conformance/api/run

test-browser: assets journeys
	npm run --silent assets:test
	npm run --silent e2e:harness

## The journeys in a browser, scripts on and off, phone and desktop (see e2e/README.md).
journeys: assets
	$(CARGO) build -p sportello
	npm run --silent e2e

## Measurements beside limits and peers; see benches/README.md.
bench: assets
	$(CARGO) bench -p papers --bench receipt
	$(CARGO) bench -p pec --bench reading
	$(CARGO) bench -p desk-dues --bench import
	$(CARGO) bench -p spid --bench response
	$(CARGO) run --release -p benches

## What reads the bytes of others, under libFuzzer, FUZZ_SECONDS for each target (20). The tests run the same targets for a
## fixed number of rounds without it.
fuzz:
	tools/fuzz

## Clients that register, pay and notify while the program is killed again and again (bounded).
torture: build
	$(CARGO) run --release -p benches -- torture
