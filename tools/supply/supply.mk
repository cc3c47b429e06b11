# `make supply`: what crates the program and its tests are made of, held against deny.toml. Included by the Makefile.

DENY = $(TOOLS)/cargo-deny-0.20.2/bin/cargo-deny
CYCLONEDX = $(TOOLS)/cargo-cyclonedx-0.5.9/bin/cargo-cyclonedx
SUPPLY_PROJECTS = Cargo.toml tools/nmstate/Cargo.toml $(wildcard fuzz/Cargo.toml)

# `must`: a database of advisories that cannot be fetched is an error, as it has to be for a release.
ADVISORIES ?= try

.PHONY: supply

supply: $(DENY) ## licences, sources, duplicates and advisories of all crates
	tools/supply/supply.sh $(DENY) $(ADVISORIES) $(SUPPLY_PROJECTS)

# The name says crate and version. Not optimised: it runs for seconds, and its own fat LTO takes longer than all our tests.
$(TOOLS)/cargo-deny-% $(TOOLS)/cargo-cyclonedx-%: tool = $(notdir $(@:%/bin/$(@F)=%))
$(TOOLS)/cargo-deny-% $(TOOLS)/cargo-cyclonedx-%:
	CARGO_PROFILE_DEV_DEBUG=false cargo install --quiet --locked --debug --target-dir target/supply \
		--root $(TOOLS)/$(tool) $(@F)@$(tool:$(@F)-%=%)
	rm -rf target/supply
