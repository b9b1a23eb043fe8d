#!/usr/bin/env bash
# Holds LoadGen against another load generator: both take turns (A B A B …) against the same server, each side on a CPU of its own,
# and the medians of the ratios of all pairs are printed: requests per second, and CPU time per request. A run that fails ends it.
set -euo pipefail

usage() {
    cat <<'TEXT'
usage: LoadGen/bench.sh --server COMMAND --other COMMAND [--clients 100,1000,10000] [--pairs 5] [--seconds 5]
                        [--server-cpu 0] [--load-cpu 1] [--loadgen-args "…"]

COMMAND may contain {host} {port} {clients} {seconds}. The server must print a line with host:port when it listens, as
`READY 127.0.0.1:5000`. The other load generator must print rps=N and cpu_us_per_req=N, both of the time that it measures, as
LoadGen's are; or be wrk, which has no figure of its CPU time for that, so that there is no CPU ratio. "connect s" is how long
LoadGen took to connect all clients.

  LoadGen/bench.sh --server 'artifacts/bin/Servers/release/Servers epoll-level' \
                   --other 'echo_load {host} {port} {clients} {seconds} 64'
  LoadGen/bench.sh --server 'artifacts/bin/Servers/release/Servers epoll-level --conversation http' --clients 100,1000 \
                   --other 'wrk -t1 -c{clients} -d{seconds}s http://{host}:{port}/' --loadgen-args '--conversation http'

LoadGen is taken from artifacts/bin/LoadGen/release: dotnet build -c Release LoadGen
TEXT
    exit "${1:-2}"
}

clients=100,1000,10000 pairs=5 seconds=5 server_cpu=0 load_cpu=1 server='' other='' loadgen_args=''
while (($#)); do
    case $1 in
    --help | -h) usage 0 ;;
    --clients | --pairs | --seconds | --server-cpu | --load-cpu | --server | --other | --loadgen-args)
        (($# > 1)) || usage
        name=${1#--}
        printf -v "${name//-/_}" '%s' "$2"
        shift 2
        ;;
    *) usage ;;
    esac
done
[[ -n $server && -n $other ]] || usage

loadgen=$(dirname "${BASH_SOURCE[0]}")/../artifacts/bin/LoadGen/release/LoadGen
[[ -x $loadgen ]] || { echo "bench.sh: build LoadGen first: dotnet build -c Release LoadGen" >&2; exit 2; }

fail() {
    echo "bench.sh: $*" >&2
    exit 1
}

work=$(mktemp -d)
server_pid=
stop_server() {
    [[ -z $server_pid ]] || { kill "$server_pid" && wait "$server_pid"; } 2>/dev/null || true
    server_pid=
}
trap 'stop_server; rm -rf "$work"' EXIT

# A server with nothing behind it for each count of clients.
start_server() {
    : >"$work/server"
    # shellcheck disable=SC2086 # a command with its arguments
    taskset -c "$server_cpu" $server </dev/null >"$work/server" 2>&1 &
    server_pid=$!
    for _ in {1..100}; do
        [[ $(head -n 1 "$work/server") =~ ([0-9.]+):([0-9]+) ]] && { host=${BASH_REMATCH[1]} port=${BASH_REMATCH[2]}; return; }
        sleep 0.1
    done
    fail "the server was not ready within 10 s: $(head -n 1 "$work/server")"
}

# No subshell around these two: what fails there would be read as a figure.
run_loadgen() {
    # shellcheck disable=SC2086
    taskset -c "$load_cpu" "$loadgen" --target "$host:$port" --clients "$1" --threads 1 --duration "${seconds}s" --json $loadgen_args \
        >"$work/loadgen" 2>&1 || fail "LoadGen with $1 clients: exit code $?: $(what_failed)"
    a_rps=$(figure throughput_rps) a_cpu=$(figure cpu_us_per_request) connect=$(figure connect_seconds)
    is_above_0 "$a_rps" && [[ $connect ]] || fail "LoadGen with $1 clients told no figures: $(head -n 1 "$work/loadgen")"
}

figure() { sed -nE "s/^ *\"$1\": ([0-9.eE+-]+),?\$/\1/p" "$work/loadgen"; }

# What it counted, or what it said instead.
what_failed() {
    local kinds='refused|timeout|unreachable|no_port|no_descriptor|reset|closed|corrupt|excess|other|unanswered|lost_requests'
    local counted
    counted=$(sed -nE "s/^ *\"($kinds)\": ([1-9][0-9]*),?\$/\2 \1/p" "$work/loadgen" | paste -sd, -)
    echo "${counted:-$(head -n 1 "$work/loadgen")}"
}

run_other() {
    local command=$other
    command=${command//\{host\}/$host} command=${command//\{port\}/$port}
    command=${command//\{clients\}/$1} command=${command//\{seconds\}/$seconds}
    # shellcheck disable=SC2086
    taskset -c "$load_cpu" $command >"$work/other" 2>&1 || fail "$command: exit code $?: $(tail -n 1 "$work/other")"
    b_cpu=
    if grep -q 'Requests/sec' "$work/other"; then
        ! grep 'Socket errors' "$work/other" >"$work/errors" || fail "$command: $(<"$work/errors")"
        b_rps=$(awk '/Requests\/sec/ { print $2 }' "$work/other")
    elif [[ $(<"$work/other") =~ rps=([0-9.]+).*cpu_us_per_req=([0-9.]+) ]]; then
        b_rps=${BASH_REMATCH[1]} b_cpu=${BASH_REMATCH[2]}
    else
        fail "$command told neither rps= and cpu_us_per_req= nor Requests/sec: $(head -n 1 "$work/other")"
    fi
    is_above_0 "$b_rps" || fail "$command answered no request"
}

is_above_0() { awk -v value="${1:-0}" 'BEGIN { exit !(value > 0) }'; }

# A line that is no number where there is none to be had.
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { if (b > 0) printf "%.3f\n", a / b; else print "-" }'; }

median() { sort -g | awk '{ v[NR] = $1 } END { print v[1] == "-" || NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }

row() { printf '%9s %5s %14s %14s %9s %9s %9s\n' "$@"; }

row clients pair 'LoadGen rps' 'other rps' 'rps ratio' 'CPU ratio' 'connect s'
for count in ${clients//,/ }; do
    : >"$work/rps"
    : >"$work/cpu"
    : >"$work/connect"
    start_server
    for ((pair = 1; pair <= pairs; pair++)); do
        run_loadgen "$count"
        run_other "$count"
        ratio "$a_rps" "$b_rps" >>"$work/rps"
        ratio "$a_cpu" "$b_cpu" >>"$work/cpu"
        printf '%.3f\n' "$connect" >>"$work/connect"
        row "$count" "$pair" "${a_rps%.*}" "${b_rps%.*}" "$(tail -n 1 "$work/rps")" "$(tail -n 1 "$work/cpu")" "$(tail -n 1 "$work/connect")"
    done
    stop_server
    row "$count" all '' median "$(median <"$work/rps")" "$(median <"$work/cpu")" "$(median <"$work/connect")"
done
