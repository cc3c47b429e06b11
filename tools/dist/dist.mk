# `make dist`: what a release consists of. `make reproduce`: the binary is one, wherever it is built. Included by the Makefile.

DIST = $(CURDIR)/target/dist
REPRODUCED = $(CURDIR)/target/reproduce

.PHONY: dist reproduce

dist: $(CYCLONEDX) ## static binaries for amd64 and arm64, checksums, SBOM and licences, in target/dist
	@STATIC_FLAGS='$(STATIC_FLAGS)' CARGO_HOME='$(CARGO_HOME)' tools/dist/dist.sh $(VERSION) $(DIST) $(CYCLONEDX)

reproduce: build ## builds once more, elsewhere and with another cargo home: the same bytes
	$(if $(STATIC),,$(error Only the static binary is reproducible: install libc6-dev, or glibc-static))
	@CARGO_HOME='$(CARGO_HOME)' tools/dist/reproduce.sh $(BINARY) $(REPRODUCED)
