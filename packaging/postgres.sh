# Sourced: a throw-away PostgreSQL in a folder of its own, with a socket in it and no port. Uses lib.sh.
scratch=$(mktemp -d "${postgres_place:-/tmp}/aftercare-test-XXXXXX")
postgres_bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)

# PostgreSQL refuses to run as root
as_postgres() { if [[ $(id -u) == 0 ]]; then (cd "$scratch" && runuser -u postgres -- "$@"); else "$@"; fi; }

# start_postgres OPTION…: for the server
start_postgres() {
    [[ $(id -u) != 0 ]] || chown postgres "$scratch"
    quietly initdb as_postgres "$postgres_bin/initdb" -D "$scratch/data" -U aftercare -A trust -E UTF8 --locale=C.UTF-8
    quietly postgres as_postgres "$postgres_bin/pg_ctl" -D "$scratch/data" -w -l "$scratch/log" \
        -o "-c listen_addresses='' -c unix_socket_directories='$scratch' -c max_connections=200 $*" start
}
end_postgres() {
    as_postgres "$postgres_bin/pg_ctl" -D "$scratch/data" -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$scratch"
}
