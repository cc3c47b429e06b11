#!/bin/sh
# supply.sh CARGO_DENY try|must MANIFEST…: what deny.toml says, of the crates of each Cargo project.
set -eu
deny=$1 advisories=$2
shift 2

checks="bans licenses sources"
if said=$(timeout 120 "$deny" --manifest-path "$1" --locked --config deny.toml fetch db 2>&1); then
    checks="advisories $checks"
elif [ "$advisories" = must ]; then
    echo "$said" >&2
    exit 1
else
    echo "make supply: the database of advisories cannot be fetched here: NO crate is held against it" >&2
fi

for manifest in "$@"; do
    echo "$manifest"
    # What one project does not need of the one list is no fault.
    # shellcheck disable=SC2086
    "$deny" --manifest-path "$manifest" --locked --config deny.toml check --hide-inclusion-graph \
        --allow unmatched-skip --allow license-not-encountered --allow license-exception-not-encountered $checks
done
