#!/usr/bin/env bash
# Builds the fuzz targets and runs each for so many seconds: fuzz.sh SECONDS [TARGET…]. The script behind `make fuzz`.
# Seeds are the fixtures as they are today; what a run learns stays in target/fuzz/corpus, what it finds in
# target/fuzz/found. The project's own toolchain does: coverage is LLVM's, and no sanitizer is asked for, as no line here is unsafe.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${1:-20}
shift || true
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(reading edits addresses envelope config function)
work=target/fuzz
host=$(rustc -vV | sed -n 's/^host: //p')

RUSTFLAGS="-C passes=sancov-module -C llvm-args=-sanitizer-coverage-level=4 \
    -C llvm-args=-sanitizer-coverage-inline-8bit-counters -C llvm-args=-sanitizer-coverage-pc-table \
    -C llvm-args=-sanitizer-coverage-trace-compares -C llvm-args=-simplifycfg-branch-fold-threshold=0 --cfg fuzzing" \
    cargo build --release --locked --manifest-path fuzz/Cargo.toml --target "$host" --target-dir "$work/build"

# Texts of every kind, and lists; for `function` manifests behind their config and a NUL.
seeds() {
    rm -rf "$work/seeds"
    mkdir -p "$work"/seeds/{texts,lists,configs,streams}
    find fixtures -size -16k \( -name '*.yaml' -o -name '*.json' \) | while read -r file; do
        name=${file//\//_}
        case $file in
        *'/list.'*) ln -s "$PWD/$file" "$work/seeds/lists/$name" ;;
        */config.yaml | */plan.yaml) ln -s "$PWD/$file" "$work/seeds/configs/$name" ;;
        esac
        ln -s "$PWD/$file" "$work/seeds/texts/$name"
    done
    for config in fixtures/*/config.yaml; do
        manifests=${config%config.yaml}manifests.yaml
        [ -f "$manifests" ] || continue
        { cat "$config" && printf '\0' && cat "$manifests"; } >"$work/seeds/streams/$(basename "${config%/*}")"
    done
}

seeds
for target in "${targets[@]}"; do
    case $target in
    reading | edits | addresses) from=(texts) ;;
    envelope) from=(lists) ;;
    config) from=(configs) ;;
    *) from=(lists streams) ;;
    esac
    mkdir -p "$work/corpus/$target" "$work/found"
    # Half a gibibyte and ten seconds are far more than any of these texts may take.
    "$work/build/$host/release/$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=16384 \
        -print_final_stats=1 -verbosity=0 -artifact_prefix="$work/found/$target-" \
        "$work/corpus/$target" "${from[@]/#/$work/seeds/}" ||
        { echo "fuzz: $target: what it found is in $work/found; it becomes a fixture or a test" >&2; exit 1; }
done
