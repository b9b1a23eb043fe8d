#!/usr/bin/env bash
# Holds LoadGen against another load generator: both take turns (A B A B …) against the same server, each side on a CPU of its own,
# and the medians of the ratios of all pairs are printed: requests per second, and CPU time per request.
set -euo pipefail

usage() {
    cat <<'TEXT'
usage: LoadGen/bench.sh --server COMMAND --other COMMAND [--clients 100,1000,10000] [--pairs 5] [--seconds 5]
                        [--server-cpu 0] [--load-cpu 1] [--loadgen-args "…"]

COMMAND may contain {host} {port} {clients} {seconds}. The server must print a line with host:port when it listens, as
`READY 127.0.0.1:5000`. The other load generator must print rps=N and cpu_us_per_req=N, or be wrk.

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
    echo "bench.sh: the server was not ready within 10 s: $(head -n 1 "$work/server")" >&2
    exit 1
}

# Each of the two prints: requests per second, CPU µs per request.
run_loadgen() {
    # shellcheck disable=SC2086
    taskset -c "$load_cpu" "$loadgen" --target "$host:$port" --clients "$1" --threads 1 --duration "${seconds}s" --json $loadgen_args |
        awk -F'[:,]' '/"throughput_rps"/ { rps = $2 } /"cpu_us_per_request"/ { cpu = $2 } END { print rps + 0, cpu + 0 }'
}

run_other() {
    local command=$other
    command=${command//\{host\}/$host} command=${command//\{port\}/$port}
    command=${command//\{clients\}/$1} command=${command//\{seconds\}/$seconds}
    local TIMEFORMAT='%U %S'
    # shellcheck disable=SC2086
    { time taskset -c "$load_cpu" $command >"$work/other" 2>&1; } 2>"$work/times"
    if grep -q 'Requests/sec' "$work/other"; then
        awk 'FNR == NR { cpu = $1 + $2; next } / requests in / { n = $1 } /Requests\/sec/ { rps = $2 }
             END { print rps, n ? cpu * 1e6 / n : 0 }' "$work/times" "$work/other"
    else
        sed -E 's/.*rps=([0-9.]+).*cpu_us_per_req=([0-9.]+).*/\1 \2/' "$work/other"
    fi
}

median() { sort -g | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }

printf '%9s %5s %14s %14s %9s %9s\n' clients pair 'LoadGen rps' 'other rps' 'rps ratio' 'CPU ratio'
for count in ${clients//,/ }; do
    : >"$work/rps"
    : >"$work/cpu"
    start_server
    for ((pair = 1; pair <= pairs; pair++)); do
        read -r a_rps a_cpu < <(run_loadgen "$count")
        read -r b_rps b_cpu < <(run_other "$count")
        rps_ratio=$(awk -v a="$a_rps" -v b="$b_rps" 'BEGIN { printf "%.3f", b ? a / b : 0 }')
        cpu_ratio=$(awk -v a="$a_cpu" -v b="$b_cpu" 'BEGIN { printf "%.3f", b ? a / b : 0 }')
        echo "$rps_ratio" >>"$work/rps"
        echo "$cpu_ratio" >>"$work/cpu"
        printf '%9s %5s %14.0f %14.0f %9s %9s\n' "$count" "$pair" "$a_rps" "$b_rps" "$rps_ratio" "$cpu_ratio"
    done
    stop_server
    printf '%9s %5s %14s %14s %9s %9s\n' "$count" all '' median "$(median <"$work/rps")" "$(median <"$work/cpu")"
done
