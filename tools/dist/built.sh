#!/bin/sh
# What the binaries of a release are built from and with: who builds with the same gets the same bytes.
set -eu
echo "commit       $(git describe --always --dirty --abbrev=40 --exclude='*')"
echo "compiler     $(rustc --version)"
for compiler in cc x86_64-linux-gnu-gcc aarch64-linux-gnu-gcc; do
    command -v "$compiler" >/dev/null || continue
    echo "linker       $compiler: $("$compiler" --version | head -n 1); $("$("$compiler" -print-prog-name=ld)" --version | head -n 1)"
    libc=$("$compiler" -print-file-name=libc.a)
    [ -f "$libc" ] && echo "C library    $compiler: libc.a $(sha256sum <"$libc" | cut -c 1-64)"
done
echo "flags        make build of the Makefile of this commit"
