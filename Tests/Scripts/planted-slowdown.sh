#!/usr/bin/env bash
# Tries out whether `compare` finds a planted slowdown of 10 % (a server that computes a little longer for each request) and leaves two
# runs of the same server alone. Takes a quarter of an hour; the machine should have nothing else to do.
#   Tests/Scripts/planted-slowdown.sh [tries=10] [rounds=10]
set -euo pipefail

tries=${1:-10}
rounds=${2:-10}
root=$(cd -- "$(dirname -- "$(readlink -f -- "$0")")/../.." && pwd)
bin=$root/artifacts/bin
place=$(mktemp -d "${TMPDIR:-/tmp}/c10k-planted-XXXXXX")
trap 'rm -rf "$place"' EXIT

server() { # name, computing for each request
    echo "name=$1,cmd=$bin/Servers/release/Servers epoll-level --address {address} --port {port} --cpu $2"
}

# Both servers take turns within a run, as two builds of one server would; the reference never changes. A request costs some 6 µs without
# computing, so that 2.6 µs on top of 20 µs is 10 %.
run() { # computing, folder
    "$bin/Harness/release/Harness" --server "$(server reference 20us)" --server "$(server subject "$1")" --models reference,subject \
        --clients 50 --rounds "$rounds" --windows 1 --window 500ms --warmup 300ms --output "$place/$2" >"$place/log" 2>&1 ||
        { cat "$place/log" >&2; exit 1; }
}

# What the second run's subject is called, and its ratio to the first one's.
word() { # yardstick, folder, folder
    "$bin/Harness/release/Harness" compare "$place/$2" "$place/$3" --by "$1" --relative-to reference --format csv 2>/dev/null |
        awk -F, 'NR == 2 { print $14, $10 }'
}

declare -A found=([throughput]=0 [cpu]=0) alarms=([throughput]=0 [cpu]=0)
for ((i = 1; i <= tries; i++)); do
    run 20us "a$i"
    run 22.6us "b$i"
    run 20us "c$i"
    for by in throughput cpu; do
        planted=$(word $by "a$i" "b$i")
        same=$(word $by "a$i" "c$i")
        [[ $planted == slower* ]] && found[$by]=$((found[$by] + 1))
        [[ $same == slower* || $same == faster* ]] && alarms[$by]=$((alarms[$by] + 1))
        echo "$i by $by: planted: $planted; the same twice: $same"
    done
done
good=1
for by in throughput cpu; do
    echo "by $by: found ${found[$by]} of $tries planted slowdowns, called ${alarms[$by]} of $tries equal pairs different"
    ((found[$by] * 10 >= tries * 9 && alarms[$by] * 10 <= tries)) || good=0
done
((good))
