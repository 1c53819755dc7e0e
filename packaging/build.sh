#!/usr/bin/env bash
# build.sh PRESET: configures and builds it, with a line of progress.
source "$(dirname "$0")/lib.sh"
cd "$ROOT"
preset=$1
quietly "configure-$preset" cmake --preset "$preset"
say "Building ($preset)"
export NINJA_STATUS="    [%f/%t, %es] "
if [[ -t 1 ]]; then
    cmake --build --preset "$preset" || stop "The build failed; the first error above says why."
else
    # A log wants a line now and then, not one per file, and all of what a compiler says
    while sleep 30 >/dev/null 2>&1; do tail -n 1 "$LOGS/build-$preset.log" 2>/dev/null || true; done &
    trap "kill $! 2>/dev/null" EXIT
    if ! cmake --build --preset "$preset" >"$LOGS/build-$preset.log" 2>&1; then
        grep -v '^    \[' "$LOGS/build-$preset.log" | head -n 60 >&2 || true
        stop "The build failed (all of its output: $LOGS/build-$preset.log)"
    fi
    tail -n 1 "$LOGS/build-$preset.log"
fi
