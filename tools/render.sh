#!/bin/sh
# Prints an instance: render.sh openstack2. The script behind `make run`.
#
# Takes the first kustomize that this machine has, and without any the binary's own `eval`. Says which on stderr.
# BINARY is the built multi-rhoso, KUSTOMIZE_PLUGIN_HOME where it is installed, TOOLS where the pinned kustomize is.
set -eu

overlay=overlays/$1
say() { echo "$overlay, built $1:" >&2; }

if command -v kustomize >/dev/null; then
    say "by kustomize"
    exec kustomize build --enable-alpha-plugins "$overlay"
fi
if command -v kubectl >/dev/null; then
    say "by kubectl"
    exec kubectl kustomize --enable-alpha-plugins "$overlay"
fi
if ! [ -x "$TOOLS/kustomize" ] && command -v go >/dev/null; then
    make kustomize >&2
fi
if [ -x "$TOOLS/kustomize" ]; then
    say "by the pinned kustomize"
    exec "$TOOLS/kustomize" build --enable-alpha-plugins "$overlay"
fi
say "without kustomize (no kustomize, no kubectl and no Go here), by eval"
exec "$BINARY" eval overlays/base --config "$overlay/instance/$1.yaml"
