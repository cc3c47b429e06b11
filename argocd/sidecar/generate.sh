#!/bin/sh
# Prints what kustomize builds of the application's directory, with the function. Printing nothing is a failure: Argo CD
# takes it for success, and prunes all that is there. The application's plugin.env may say
#   SYNC_WAVE       the wave of all objects
#   MAY_BE_EMPTY    true where no object is right, as of the fleet's check
set -eu

if [ -n "${ARGOCD_ENV_SYNC_WAVE:-}" ]; then
    # The directory is this run's own copy.
    kustomize edit add annotation --force "argocd.argoproj.io/sync-wave:$ARGOCD_ENV_SYNC_WAVE" >&2
fi
objects=$(kustomize build --enable-alpha-plugins .)
if [ -z "$objects" ] && [ "${ARGOCD_ENV_MAY_BE_EMPTY:-}" != true ]; then
    echo "nothing comes out of ${ARGOCD_APP_SOURCE_PATH:-the directory}, and Argo CD would delete what is there; \
where that is right, give the application's plugin the env MAY_BE_EMPTY=true" >&2
    exit 1
fi
printf '%s\n' "$objects"
