#!/usr/bin/env bash
# Runs the bench over three "machines", which are network namespaces of this one with addresses of their own on a bridge: one server and
# two load generators, one of which is lost in the middle. Prints what was seen, and fails where the loss was not told as it should be.
# Needs root, iproute2, and a build: ./run-bench.sh list
# Usage: three-namespaces.sh [clients, 30000] [folder for the results] [how it is lost: killed, or silent, for a cable that is pulled]
# A process needs a descriptor for each client it holds (ulimit -Hn): where one process cannot hold all, the server is one of several.
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
bin=$root/artifacts/bin
clients=${1:-30000}
work=$(mktemp -d)
results=${2:-$work/results}
how=${3:-killed}
configuration=${C10K_CONFIGURATION:-release}
name=c10k$$
pids=()

clean_up() {
    local pid
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
    wait 2>/dev/null || true
    for i in 1 2 3; do ip netns del "$name-$i" 2>/dev/null || true; done
    ip link del "$name" 2>/dev/null || true
}
trap clean_up EXIT

run_in() {
    local namespace=$1
    shift
    exec ip netns exec "$namespace" "$@"
}

program() { echo "$bin/$1/$configuration/$1"; }

# Processes do not get quite even shares, see docs/scale.md; a hundred descriptors are for other things.
model() {
    local limit
    limit=$(ulimit -Hn)
    if [[ $limit == unlimited ]] || ((clients + 100 <= limit)); then
        echo epoll-level
    else
        echo "epoll-workers:workers=$(((clients * 5 / 4 + limit - 101) / (limit - 100))),listener=reuseport"
    fi
}

# 10.77.0.254 is this machine, where the Harness runs; 10.77.0.1 to .3 are the others.
ip link add "$name" type bridge
ip addr add 10.77.0.254/24 dev "$name"
ip link set "$name" up
for i in 1 2 3; do
    ip netns add "$name-$i"
    ip link add "$name-$i" type veth peer name eth0 netns "$name-$i"
    ip link set "$name-$i" master "$name" up
    ip -n "$name-$i" addr add "10.77.0.$i/24" dev eth0
    ip -n "$name-$i" link set eth0 up
    ip -n "$name-$i" link set lo up
    ip netns exec "$name-$i" sysctl -qw net.core.somaxconn=65535 net.ipv4.ip_local_port_range='1024 65535'
done
# One table of neighbours for few addresses needs no room; the queue of the bridge does.
ip link set "$name" txqueuelen 10000

# The server has one half of the CPUs, and the generators share the other.
all=$(nproc)
half=$((all > 1 ? all / 2 : 1))
server_cpus=0-$((half - 1))
load_cpus=$((all > 1 ? half : 0))-$((all - 1))

"$(program Harness)" agent-keys "$work/keys" >/dev/null
for i in 1 2 3; do
    program=LoadGen cpus=$load_cpus
    ((i > 1)) || program=Servers cpus=$server_cpus
    run_in "$name-$i" "$(program $program)" agent --listen "https://10.77.0.$i:7001" --cpus "$cpus" --token-file "$work/keys/token" \
        --certificate "$work/keys/agent.crt" --key "$work/keys/agent.key" >"$work/agent-$i.out" 2>"$work/agent-$i.log" &
    pids+=($!)
done

model=$(model)
echo "$model for $clients clients, $(ulimit -Hn) descriptors a process; server on CPUs $server_cpus, both generators on $load_cpus; Linux $(uname -r)"
"$(program Harness)" --models "$model" --clients "$clients" --rounds 1 --windows 10 --window 1s \
    --server-agent https://10.77.0.1:7001 --load-agent https://10.77.0.2:7001 --load-agent https://10.77.0.3:7001 \
    --agent-token-file "$work/keys/token" --agent-certificate "$work/keys/agent.crt" --output "$results" &
harness=$!
pids+=("$harness")

# The third machine is lost while the windows are measured.
for _ in $(seq 600); do
    grep -q 'window 4 of' "$results/bench.log" 2>/dev/null && break
    kill -0 "$harness" 2>/dev/null || break
    sleep 0.1
done
if [[ $how == silent ]]; then
    ip link set "$name-3" down
else
    kill -KILL "${pids[2]}"
    { wait "${pids[2]}"; } 2>/dev/null || true
fi
echo "$(date -u '+%H:%M:%S.%3N') the load agent on 10.77.0.3 is $how"

wait "$harness" || { echo "the run failed: $results/bench.log" >&2; exit 1; }
grep -q ',skipped,' "$results/summary.csv" && { echo "skipped: $results/summary.csv says why" >&2; exit 1; }
grep -F 'a load generator was lost with its' "$results/summary.csv" >/dev/null || { echo 'the loss is not in summary.csv' >&2; exit 1; }
# A machine that cannot reach the Harness any more notices that after ten seconds.
for _ in $(seq 150); do
    pgrep -f -- "--target 10.77.0.1" >/dev/null || break
    sleep 0.1
done
if pgrep -f -- "--target 10.77.0.1" >/dev/null; then
    echo 'a load generator is left running' >&2
    exit 1
fi
grep -E 'window [0-9]+ of|connected|first repl|was lost' "$results/bench.log"
python3 - "$results" <<'P'
import csv, sys
for row in csv.DictReader(open(sys.argv[1] + '/summary.csv')):
    for column in ('model clients status verdict clients_connected clients_served connect_p50_ms connect_p99_ms requests errors '
                   'throughput_rps p50_us p99_us server_cpu_cores load_cpu_cores processes_max rss_peak_mb suspect').split():
        print(f'{column}: {row[column]}')
for row in csv.DictReader(open(sys.argv[1] + '/windows.csv')):
    print('window', row['window'], {column: row.get(column) for column in ('requests', 'errors', 'throughput_rps', 'p99_us')})
P
