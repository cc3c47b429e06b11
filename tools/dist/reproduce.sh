#!/bin/sh
# reproduce.sh BINARY DIRECTORY: builds the sources once more, in DIRECTORY, which has another path than these, as has its
# cargo home and its target directory. The binary must be BINARY, byte for byte.
set -eu
binary=$1 there=$2
mkdir -p "$there/cargo" "$there/sources"
ln -sfn "$CARGO_HOME/registry" "$there/cargo/registry"
# What git knows, and what is not committed yet.
rm -rf "$there/sources/src"
git ls-files -z --cached --others --exclude-standard | tar --create --null --files-from=- |
    tar --extract --directory="$there/sources"

unset CARGO_TARGET_DIR MAKEFLAGS MFLAGS MAKELEVEL
CARGO_HOME="$there/cargo" make --no-print-directory --directory "$there/sources" build

again=$there/sources/${binary#"$PWD/"}
sha256sum "$binary" "$again"
cmp "$binary" "$again" && echo "make reproduce: two builds, one digest"
