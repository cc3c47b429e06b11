#!/bin/sh
# The licences of everything that is linked into the binary, with their texts: each text once, under the crates that have it.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Files of a licence: below $work/texts one for each text, below $work/owners who has it.
mkdir "$work/texts" "$work/owners"
take() {
    owner=$1
    shift
    for text in "$@"; do
        [ -f "$text" ] || continue
        digest=$(sha256sum <"$text" | cut -c 1-64)
        cp "$text" "$work/texts/$digest"
        echo "$owner, $(basename "$text")" >>"$work/owners/$digest"
        found=yes
    done
}
# Something without a text is no release.
must() { [ "$found" = yes ] || { echo "no licence text of $1" >&2 && exit 1; }; }

cat <<'END'
multi-rhoso is under the Apache License 2.0, which is in LICENSE. The binary holds the following too.

END

cargo tree --locked --edges normal,no-proc-macro --target all --prefix none --no-dedupe --format '{p}	{l}' |
    sed '/^multi-rhoso /d; s/ v\([^ \t]*\)[^\t]*/ \1/' | sort -u >"$work/crates"
while IFS='	' read -r crate licence; do
    echo "$crate: $licence"
    found=no
    for directory in "$CARGO_HOME"/registry/src/*/"$(echo "$crate" | tr ' ' -)"; do
        take "$crate" "$directory"/LICEN* "$directory"/COPYING* "$directory"/NOTICE* "$directory"/UNLICENSE*
    done
    must "$crate"
done <"$work/crates"

echo "Rust's standard library $(rustc --version | cut -d ' ' -f 2): MIT OR Apache-2.0, and others for parts of it"
found=no
rust=$(rustc --print sysroot)/share/doc/rust
take "Rust's standard library" "$rust/COPYRIGHT-library.html"
must "Rust's standard library"

echo "The GNU C library, statically: LGPL-2.1-or-later, and others for parts of it. It may be replaced: the sources of"
echo "  multi-rhoso are there, and \`make build\` links them against the C library that is installed."
found=no
take "The GNU C library" /usr/share/doc/libc6-dev/copyright /usr/share/licenses/glibc/* /usr/share/common-licenses/LGPL-2.1
must "the GNU C library"

echo "GCC's runtime library: GPL-3.0-or-later WITH GCC-exception-3.1, which lets it into programs of any licence"
found=no
take "GCC's runtime library" /usr/share/doc/gcc-*-base/copyright /usr/share/licenses/libgcc/*
must "GCC's runtime library"

for text in "$work"/texts/*; do
    printf '\n%s\n' ================================================================================
    sort -u "$work/owners/$(basename "$text")"
    printf '%s\n\n' ================================================================================
    cat "$text"
done
