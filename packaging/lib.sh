# Sourced by the scripts beside it: where the tree is, how to speak, how to stop.
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
LOGS=$ROOT/build/logs
mkdir -p "$LOGS"
export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive
# The same sources in another folder find what ccache kept from this one.
export CCACHE_BASEDIR=$ROOT CCACHE_NOHASHDIR=1

say() { printf '==> %s\n' "$*"; }
stop() {
    printf '\n%s\n' "$*" >&2
    exit 1
}

# quietly NAME COMMAND…: runs it with its output in build/logs/NAME.log, and shows the end of that when it fails.
quietly() {
    local log=$LOGS/$1.log
    shift
    if ! "$@" >"$log" 2>&1 </dev/null; then
        tail -n 40 "$log" >&2
        stop "This failed: $* (all of its output: $log)"
    fi
}

# The fingerprint of files and folders by content.
fingerprint() { find "$@" -type f -not -path '*/node_modules/*' -not -path '*/dist/*' -print0 | sort -z | xargs -0 sha256sum | sha256sum; }

# once STAMP FINGERPRINT COMMAND…: runs the command unless it went well before with the same fingerprint.
once() {
    local stamp=$ROOT/build/stamps/$1 print=$2
    shift 2
    [[ -f $stamp && $(cat "$stamp") == "$print" ]] && return 0
    "$@"
    mkdir -p "${stamp%/*}"
    printf '%s' "$print" >"$stamp"
}
