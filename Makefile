# multi-rhoso. `make help` says what there is.

.DEFAULT_GOAL := help
.PHONY: help build run test prove image image-around lint clean kustomize nmstate argocd engine fuzz
SHELL := /bin/sh

export CARGO_TARGET_DIR := $(CURDIR)/target

# A static binary where glibc's static library is installed (Debian has it with gcc), else one for this machine.
# Not musl: its allocator doubles the time of a run. Not position-independent, and inlined
# with measure: 370 KB less to carry, for a few percent of the time of a run. And without a path of this machine: the same
# sources give the same bytes in whatever directory.
CARGO_HOME ?= $(HOME)/.cargo
STATIC_FLAGS := -C target-feature=+crt-static -C relocation-model=static -C llvm-args=-inline-threshold=60 \
	--remap-path-prefix=$(CARGO_HOME)/registry/src=/registry --remap-path-prefix=$(CURDIR)=/multi-rhoso
HOST := $(shell rustc -vV | sed -n 's/^host: //p')
STATIC := $(if $(findstring linux-gnu,$(HOST)),$(wildcard $(shell cc -print-file-name=libc.a)))
BINARY := $(CURDIR)/target/$(HOST)/release/multi-rhoso
VERSION := $(shell sed -n '/^version = "/{s///;s/"//p;q;}' Cargo.toml)

TOOLS := $(CURDIR)/target/tools
PLUGINS := $(CURDIR)/target/kustomize-plugin
LABEL := org.opencontainers.image
REVISION = $(shell git describe --always --dirty --abbrev=40 --exclude='*' 2>/dev/null)
ENGINE := $(or $(shell command -v podman),$(shell command -v docker),podman)

help: ## say what there is
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 17

build: ## the binary, static where this machine can
	@$(if $(STATIC),RUSTFLAGS='$(STATIC_FLAGS)') cargo build --release --locked --target $(HOST)

run: build ## build, and print overlays/openstack2 by the kustomize that is here
	@$(BINARY) plugin install --home $(PLUGINS) >&2
	@KUSTOMIZE_PLUGIN_HOME=$(PLUGINS) BINARY=$(BINARY) TOOLS=$(TOOLS) tools/render.sh openstack2

test: build engine ## every test, with the real kustomize, kubectl, kpt and podman
	-@$(MAKE) --no-print-directory kustomize
	-@$(MAKE) --no-print-directory nmstate
	-@$(MAKE) --no-print-directory $(TOOLS)/pre-commit/bin/pre-commit
	-@$(MAKE) --no-print-directory argocd
	MULTI_RHOSO_TOOLS=$(TOOLS) MULTI_RHOSO_STATIC=$(if $(STATIC),$(BINARY)) cargo test --locked

FUZZ_SECONDS ?= 20

fuzz: ## every fuzz target for FUZZ_SECONDS (20), from the fixtures
	@tools/fuzz.sh $(FUZZ_SECONDS)

image: build ## the image localhost/multi-rhoso:latest, around the static binary; SOURCE=URL says where its sources are
	$(if $(STATIC),,$(error The image needs a static binary: install libc6-dev, or glibc-static))
	@$(MAKE) --no-print-directory image-around

# The same, around whatever binary below this directory.
image-around:
	$(ENGINE) build --target prebuilt --build-arg BINARY=$(BINARY:$(CURDIR)/%=%) --build-arg VERSION=$(VERSION) \
		--label $(LABEL).version=$(VERSION) \
		$(if $(SOURCE),--label $(LABEL).source=$(SOURCE)) $(if $(REVISION),--label $(LABEL).revision=$(REVISION)) \
		--tag localhost/multi-rhoso:latest --file Containerfile .

lint: ## format, clippy and documentation, warnings are errors
	cargo fmt --check
	cargo clippy --locked --all-targets -- --deny warnings
	RUSTDOCFLAGS='--deny warnings' cargo doc --locked --no-deps --document-private-items

clean: ## remove target/
	cargo clean

kustomize: $(TOOLS)/kustomize ## the pinned kustomize, built into target/tools

$(TOOLS)/kustomize: tools/go.mod tools/go.sum
	cd tools && GOTOOLCHAIN=local GOFLAGS=-mod=readonly CGO_ENABLED=0 \
		go build -trimpath -buildvcs=false -ldflags='-s -w' -o $@ sigs.k8s.io/kustomize/kustomize/v5

nmstate: $(TOOLS)/nmstate-verdicts ## what asks nmstate's own library, built into target/tools

$(TOOLS)/nmstate-verdicts: tools/nmstate/Cargo.toml tools/nmstate/Cargo.lock tools/nmstate/src/main.rs
	cargo build --locked --manifest-path tools/nmstate/Cargo.toml --target-dir target/nmstate
	install -D target/nmstate/debug/nmstate-verdicts $@

# For the example of docs/ci: in a Python environment of its own.
$(TOOLS)/pre-commit/bin/pre-commit:
	python3 -m venv $(TOOLS)/pre-commit && $(TOOLS)/pre-commit/bin/pip install --quiet --disable-pip-version-check pre-commit==4.3.0

# podman, and runc below it, from the distribution: only for root on Debian and Ubuntu.
engine:
	@tools/engine.sh

include tools/prove/prove.mk
include tools/argocd/argocd.mk
include tools/supply/supply.mk
include tools/dist/dist.mk
