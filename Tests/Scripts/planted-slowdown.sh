#!/usr/bin/env bash
# Tries out whether `compare` finds a planted slowdown of 10 % (a server that computes a little longer for each request) and leaves two
# runs of the same server alone. Takes some minutes; the machine should have nothing else to do.
#   Tests/Scripts/planted-slowdown.sh [tries=10] [yardstick=throughput]
set -euo pipefail

tries=${1:-10}
yardstick=${2:-throughput}
root=$(cd -- "$(dirname -- "$(readlink -f -- "$0")")/../.." && pwd)
bin=$root/artifacts/bin
place=$(mktemp -d "${TMPDIR:-/tmp}/c10k-planted-XXXXXX")
trap 'rm -rf "$place"' EXIT

# A Harness that finds a server with more to compute beside itself: a request costs about 25 µs anyway, and 10 % more with 2.5 µs.
harness_with_cpu() {
    local folder=$place/harness-$1
    mkdir -p "$folder"
    cp -r "$bin/Harness/release/." "$folder"
    ln -s "$bin/LoadGen/release/LoadGen" "$folder/LoadGen"
    # The program finds its libraries beside the file that a link leads to, and so does the load generator.
    printf '#!/bin/sh\n[ "$1" = --list ] && exec "%s" --list\nexec "%s" "$@" --cpu %s\n' \
        "$bin/Servers/release/Servers" "$bin/Servers/release/Servers" "$1" >"$folder/Servers"
    chmod +x "$folder/Servers"
}

run() { # cpu, name
    "$place/harness-$1/Harness" --models epoll-level --clients 50 --rounds 5 --windows 1 --window 500ms --warmup 300ms \
        --output "$place/$2" >/dev/null 2>&1
}

# What the server with more to do is called.
word_of() { # name, name
    "$bin/Harness/release/Harness" compare "$place/$1" "$place/$2" --by "$yardstick" --format csv 2>/dev/null | awk -F, 'NR == 2 { print $14, $10 }'
}

harness_with_cpu 20us
harness_with_cpu 22.5us
found=0 alarms=0
for ((i = 1; i <= tries; i++)); do
    run 20us "a$i"
    run 22.5us "b$i"
    run 20us "c$i"
    planted=$(word_of "a$i" "b$i")
    same=$(word_of "a$i" "c$i")
    [[ $planted == slower* ]] && found=$((found + 1))
    [[ $same == slower* || $same == faster* ]] && alarms=$((alarms + 1))
    echo "$i: planted: $planted; the same twice: $same"
done
echo "found $found of $tries planted slowdowns, called $alarms of $tries equal pairs different"
((found * 10 >= tries * 9 && alarms * 10 <= tries))
