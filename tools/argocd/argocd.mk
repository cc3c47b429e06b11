# `make argocd`: Argo CD's own servers, and what asks them as its controllers do. Included by the Makefile, after the proof's.

ARGOCD_GO = cd tools/argocd && GOTOOLCHAIN=local GOFLAGS=-mod=readonly CGO_ENABLED=0 go
ARGOCD_PINS = tools/argocd/go.mod tools/argocd/go.sum

argocd: $(TOOLS)/argocd $(TOOLS)/argocd-install.yaml ## Argo CD's servers and what asks them, built into target/tools

$(TOOLS)/argocd: $(ARGOCD_PINS) $(wildcard tools/argocd/*.go)
	$(ARGOCD_GO) build -trimpath -buildvcs=false -ldflags='-s -w' -o $@ .

# What a person installs, out of the module that the program is built from.
$(addsuffix /argocd-install.yaml,$(sort $(TOOLS) $(PROVE_TOOLS))): $(ARGOCD_PINS)
	install -D -m 644 "$$($(ARGOCD_GO) list -m -f '{{.Dir}}' github.com/argoproj/argo-cd/v3)/manifests/install.yaml" $@
