#!/usr/bin/env bash
# Builds the console into app/console/dist, when anything it is made of has changed.
source "$(dirname "$0")/lib.sh"
source "$ROOT/packaging/node.sh"
cd "$ROOT/app/console"

install_packages() {
    say "Console: fetching its packages"
    quietly console-packages npm ci --no-audit --no-fund
}
build() {
    say "Console: building"
    quietly console-build npm run build
}

[[ -d node_modules ]] || rm -f "$ROOT/build/stamps/console-packages"
[[ -f dist/index.html ]] || rm -f "$ROOT/build/stamps/console-build"
once console-packages "$(sha256sum package.json package-lock.json; node --version)" install_packages
once console-build "$(fingerprint . "$ROOT/schema/api" "$ROOT/schema/text")" build
