# `make prove`: a real API server, etcd and MetalLB take what the overlays render.
# Included by the Makefile. Everything is built into $(PROVE_TOOLS), once per go.sum.

PROVE_TOOLS ?= $(TOOLS)
PROVE_GO = cd tools/prove && CGO_ENABLED=0 GOTOOLCHAIN=local GOFLAGS= go
PROVE_BUILD = $(PROVE_GO) build -mod=readonly -buildvcs=false -trimpath -ldflags '-s -w $(1)' -o $@
PROVE_KUBERNETES = -X k8s.io/component-base/version.gitVersion=v1.34.4 \
	-X k8s.io/component-base/version.gitMajor=1 -X k8s.io/component-base/version.gitMinor=34
PROVE_PINS = tools/prove/go.mod tools/prove/go.sum
PROVE_BINARIES = $(addprefix $(PROVE_TOOLS)/,kube-apiserver metallb-controller metallb-speaker metallb-manifests)

# Where distributions put FRR's daemons: bgpd is on nobody's PATH.
PROVE_PATH = $(PATH):/usr/lib/frr:/usr/libexec/frr

.PHONY: prove-tools prove-packages

prove: prove-packages prove-tools ## the proof: a real API server and MetalLB take what the overlays render
	PATH='$(PROVE_PATH)' MULTI_RHOSO_PROVE=$(PROVE_TOOLS) cargo test --locked --quiet --test prove

prove-tools: $(PROVE_BINARIES) $(PROVE_TOOLS)/argocd-install.yaml

$(PROVE_TOOLS)/kube-apiserver: $(PROVE_PINS)
	$(call PROVE_BUILD,$(PROVE_KUBERNETES)) k8s.io/kubernetes/cmd/kube-apiserver

$(PROVE_TOOLS)/metallb-%: $(PROVE_PINS)
	$(call PROVE_BUILD) go.universe.tf/metallb/$*

# MetalLB's own types and webhooks, out of the module that the binaries are built from.
$(PROVE_TOOLS)/metallb-manifests: $(PROVE_PINS)
	rm -rf $@ && mkdir -p $@
	cd $$($(PROVE_GO) list -mod=readonly -m -f '{{.Dir}}' go.universe.tf/metallb)/config && \
		install -m 644 crd/bases/*.yaml webhook/manifests.yaml $@

# Distribution packages; where this is not root on Debian or Ubuntu, it says what is missing and fails.
prove-packages:
	@PATH='$(PROVE_PATH)'; missing() { for p in bgpd etcd ip nsenter openssl unshare vtysh; do command -v $$p >/dev/null || echo $$p; done; }; \
	if [ -n "$$(missing)" ] && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get -qq update && apt-get -qq install -y --no-install-recommends \
			etcd-server frr iproute2 openssl util-linux; \
	fi; \
	for p in $$(missing); do echo "make prove: $$p is not installed" >&2; done; [ -z "$$(missing)" ]
	@command -v kubectl >/dev/null || { \
		echo "make prove: kubectl is not installed: https://kubernetes.io/docs/tasks/tools" >&2; exit 1; }
