#!/usr/bin/env bash
# Installs the Debian packages that are missing. deps.sh start: what building and running needs; deps.sh test: what tests need too.
source "$(dirname "$0")/lib.sh"

start_packages=(
    ca-certificates tzdata                                    # the network's certificates, the world's time zones
    g++ cmake ninja-build pkg-config ccache                   # the compiler and its friends
    libpoco-dev libsqlite3-dev libpq-dev libsodium-dev        # HTTP, the two databases, secrets
    libcurl4-openssl-dev libzint-dev libgd-dev                # webhooks out, barcodes, photos
    libboost-dev                                              # Boost.DLL in the plugin host
    nlohmann-json3-dev libexpected-dev libcli11-dev           # JSON, results, command line
    libhowardhinnant-date-dev libspdlog-dev libtomlplusplus-dev  # time zones, log, configuration
)
test_packages=(
    catch2 librapidcheck-dev                                  # tests and properties
    postgresql-15 git                                         # a throw-away server; which commit was tested
    chromium fonts-noto-cjk                                   # the console's journeys
)

packages=("${start_packages[@]}")
[[ ${1:-start} == test ]] && packages+=("${test_packages[@]}")
# Node may have come from elsewhere, and may be newer there than Debian's
command -v node >/dev/null || packages+=(nodejs)
command -v npm >/dev/null || packages+=(npm)

is_installed() { [[ $(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null) == installed ]]; }
missing=()
for package in "${packages[@]}"; do is_installed "$package" || missing+=("$package"); done
[[ ${#missing[@]} == 0 ]] && exit 0

command -v apt-get >/dev/null || stop "This needs Debian 12 (or a relative with apt-get). Missing packages: ${missing[*]}"
as_root=()
if [[ $(id -u) != 0 ]]; then
    command -v sudo >/dev/null || stop "Packages are missing and only root can install them. As root, run:
  apt-get install ${missing[*]}"
    as_root=(sudo --preserve-env=DEBIAN_FRONTEND)
fi

say "Installing ${#missing[@]} packages: ${missing[*]}"
"${as_root[@]}" apt-get update >"$LOGS/apt.log" 2>&1 || say "The package lists could not be renewed; trying with the old ones."
without=()
for package in "${missing[@]}"; do
    apt-cache show "$package" >/dev/null 2>&1 || without+=("$package")
done
[[ ${#without[@]} == 0 ]] || stop "These packages cannot be had from this machine's package sources: ${without[*]}
Are they Debian 12's, and does the network work? (what apt said: $LOGS/apt.log)"
if ! "${as_root[@]}" apt-get install -y --no-install-recommends "${missing[@]}" </dev/null >>"$LOGS/apt.log" 2>&1; then
    tail -n 15 "$LOGS/apt.log" >&2
    stop "Installing packages failed: ${missing[*]}
Is the network there, and is no other apt running? (what apt said: $LOGS/apt.log)"
fi
