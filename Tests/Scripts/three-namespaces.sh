#!/usr/bin/env bash
# Runs the bench over three "machines", which are network namespaces of this one with addresses of their own on a bridge: one server and
# two load generators, one of which is killed in the middle. Needs root, iproute2, and a build: ./run-bench.sh list
# Usage: three-namespaces.sh [clients, 30000] [folder for the results]
# The server is one process: it needs a descriptor for each client (ulimit -Hn).
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
bin=$root/artifacts/bin
clients=${1:-30000}
work=$(mktemp -d)
results=${2:-$work/results}
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

"$(program Harness)" agent-keys "$work/keys" >/dev/null
for i in 1 2 3; do
    program=LoadGen
    ((i > 1)) || program=Servers
    run_in "$name-$i" "$(program $program)" agent --listen "https://10.77.0.$i:7001" --token-file "$work/keys/token" \
        --certificate "$work/keys/agent.crt" --key "$work/keys/agent.key" >"$work/agent-$i.out" 2>"$work/agent-$i.log" &
    pids+=($!)
done

"$(program Harness)" --models epoll-level --clients "$clients" --rounds 1 --windows 10 --window 1s \
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
kill -KILL "${pids[2]}"
echo "killed the load agent on 10.77.0.3" >&2

wait "$harness" || { echo "the run failed: $results/bench.log" >&2; exit 1; }
grep -q ',skipped,' "$results/summary.csv" && { echo "skipped: $results/summary.csv says why" >&2; exit 1; }
grep -F 'a load generator was lost with its' "$results/summary.csv" >/dev/null || { echo 'the loss is not in summary.csv' >&2; exit 1; }
if pgrep -f -- "--target 10.77.0.1" >/dev/null; then
    echo 'a load generator is left running' >&2
    exit 1
fi
python3 - "$results/summary.csv" <<'P'
import csv, sys
for row in csv.DictReader(open(sys.argv[1])):
    for column in 'model clients status verdict clients_connected clients_served requests errors throughput_rps p50_us p99_us server_cpu_cores suspect'.split():
        print(f'{column}: {row[column]}')
P
