#!/bin/sh
# dist.sh VERSION DIRECTORY CARGO_CYCLONEDX: everything that a release consists of. STATIC_FLAGS and CARGO_HOME are the Makefile's.
set -eu
version=$1 dist=$2 cyclonedx=$3
name=multi-rhoso-$version
host=$(rustc -vV | sed -n 's/^host: //p')
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH

compiler() { if [ "$1" = "$host" ]; then echo cc; else echo "${1%%-*}-linux-gnu-gcc"; fi; }

# What a machine lacks to build for a target; nothing where it lacks nothing.
missing() {
    [ -d "$(rustc --print target-libdir --target "$1")" ] || echo "rustup target add $1;"
    case $("$(compiler "$1")" -print-file-name=libc.a 2>/dev/null) in
    /*) ;;
    *) echo "a C compiler and the static C library for it (Debian: gcc-$(echo "${1%%-*}" | tr _ -)-linux-gnu, libc6-dev-$2-cross);" ;;
    esac
}

build() {
    linker=CARGO_TARGET_$(echo "$1" | tr a-z- A-Z_)_LINKER
    [ "$1" = "$host" ] || export "$linker=$(compiler "$1")"
    RUSTFLAGS=$STATIC_FLAGS cargo build --release --locked --target "$1"
}

# Static, for this processor, and it runs where there is something to run it.
check() {
    if readelf --wide --program-headers "$1" | grep -q INTERP; then
        echo "$1 is not static" >&2
        exit 1
    fi
    readelf --file-header "$1" | grep "Machine:" | grep -qi "$(echo "${2%%-*}" | tr _ -)"
    runner=qemu-${2%%-*}-static
    if [ "$2" = "$host" ]; then
        runner=
    elif ! command -v "$runner" >/dev/null; then
        echo "make dist: $(basename "$1") was not run: there is no $runner" >&2
        return
    fi
    [ "$($runner "$1" --version)" = "multi-rhoso $version" ]
    $runner "$1" <fixtures/configuration-is-not-touched/list.yaml 2>/dev/null | cmp - fixtures/configuration-is-not-touched/output.yaml
}

rm -rf "$dist" && mkdir -p "$dist"
for arch in amd64:x86_64 arm64:aarch64; do
    target=${arch#*:}-unknown-linux-gnu binary=$dist/$name-linux-${arch%:*}
    lacks=$(missing "$target" "${arch%:*}")
    if [ -n "$lacks" ]; then
        echo "make dist: no binary for ${arch%:*}: there is missing" $lacks >&2
        continue
    fi
    build "$target"
    install -m 755 "$CARGO_TARGET_DIR/$target/release/multi-rhoso" "$binary"
    check "$binary" "$target"
done

# Out of the program itself, so that they are of this version.
own=$CARGO_TARGET_DIR/$host/release/multi-rhoso
"$own" man >"$dist/multi-rhoso.1"
for shell in bash zsh fish; do "$own" completions "$shell" >"$dist/multi-rhoso.$shell"; done

# What each target links is the same.
"$cyclonedx" cyclonedx --format json --spec-version 1.5 --no-build-deps --target x86_64-unknown-linux-gnu \
    --override-filename "$name.cdx"
mv "$name.cdx.json" "$dist/"
install -m 644 LICENSE CHANGELOG.md "$dist/"
tools/dist/licences.sh >"$dist/THIRD-PARTY.txt"
tools/dist/built.sh >"$dist/BUILD.txt"
(cd "$dist" && sha256sum -- * >SHA256SUMS)
ls -l "$dist"
