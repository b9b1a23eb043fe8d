#!/usr/bin/env python3
"""LoadGen and another load generator in turn against the same server, a CPU each: medians of the ratios of pairs.

  Tests/Scripts/loadgen-in-turns.py wrk
      over HTTP, against epoll-level, beside wrk -t1 (Debian: apt-get install wrk)
  Tests/Scripts/loadgen-in-turns.py './echo_load 127.0.0.1 {port} {clients} {seconds} 64' --server './echo_epoll {port}'
      echo, beside a program that prints rps=… and cpu_us_per_req=…

Each turn has a fresh server on the first CPU (--cpus); which of the two begins changes from pair to pair. What a turn finds while the
machine starts something else is its neighbour's fault: have nothing else running, and look at the range behind each median.
"""
import argparse
import json
import os
import re
import resource
import shlex
import signal
import socket
import statistics
import subprocess

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
BIN = os.path.join(ROOT, "artifacts", "bin")
SERVERS = os.path.join(BIN, "Servers", "release", "Servers")
LOADGEN = os.path.join(BIN, "LoadGen", "release", "LoadGen")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("other", help="wrk, or a command with {port}, {clients} and {seconds}")
    parser.add_argument("--server", help="a command with {port}; by default epoll-level")
    parser.add_argument("--clients", default="100,1000,10000", help="how many, with commas between (default %(default)s)")
    parser.add_argument("--pairs", type=int, default=5, help="how many pairs (default %(default)s)")
    parser.add_argument("--seconds", type=int, default=4, help="how long a turn measures (default %(default)s)")
    parser.add_argument("--cpus", default="0,1", help="the server's CPU and the load's (default %(default)s)")
    return parser.parse_args()


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def run(cpu, command):
    return subprocess.run(["taskset", "-c", cpu, *command], capture_output=True, text=True, check=True).stdout


def loadgen(asked, cpu, port, clients):
    told = json.loads(
        run(cpu, [LOADGEN, "--target", f"127.0.0.1:{port}", "--clients", str(clients), "--threads", "1", "--json"]
            + ["--warmup", "2s", "--duration", f"{asked.seconds}s", "--conversation", conversation(asked)])
    )
    if any(told["errors"].values()) or told["unserved"]:
        raise SystemExit(f"LoadGen saw errors: {told['errors']}, {told['unserved']} clients without a reply")
    return told["throughput_rps"], told["cpu_us_per_request"]


def wrk(asked, cpu, port, clients, seconds=None):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    said = run(cpu, ["wrk", "-t1", f"-c{clients}", f"-d{seconds or asked.seconds}s", f"http://127.0.0.1:{port}/"])
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu_seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    requests = int(re.search(r"(\d+) requests in", said).group(1))
    return float(re.search(r"Requests/sec:\s+([\d.]+)", said).group(1)), cpu_seconds / requests * 1e6


def other(asked, cpu, port, clients):
    if asked.other == "wrk":
        return wrk(asked, cpu, port, clients)
    said = run(cpu, shlex.split(asked.other.format(port=port, clients=clients, seconds=asked.seconds)))
    return tuple(float(re.search(field + r"=([\d.]+)", said).group(1)) for field in ("rps", "cpu_us_per_req"))


def conversation(asked):
    return "http" if asked.other == "wrk" else "echo"


def turn(asked, load, clients):
    server_cpu, load_cpu = asked.cpus.split(",")
    port = free_port()
    own = f"{shlex.quote(SERVERS)} epoll-level --conversation {conversation(asked)} --port {{port}}"
    command = shlex.split((asked.server or own).format(port=port))
    server = subprocess.Popen(["taskset", "-c", server_cpu, *command], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    try:
        wait_until_it_listens(port, server)
        if asked.other == "wrk":  # It has no warm-up of its own, and the server's runtime compiles anew what runs often.
            wrk(asked, load_cpu, port, clients, seconds=1)
        return load(asked, load_cpu, port, clients)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()


def wait_until_it_listens(port, server):
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            if server.poll() is not None:
                raise SystemExit(f"the server ended with {server.returncode}")


def median(pairs, which):
    ratios = sorted(mine[which] / theirs[which] for mine, theirs in pairs)
    return f"{statistics.median(ratios):.3f} ({ratios[0]:.2f} to {ratios[-1]:.2f})"


def main():
    asked = arguments()
    print("clients  requests/s, LoadGen to the other   CPU a request, LoadGen to the other")
    for clients in map(int, asked.clients.split(",")):
        pairs = []
        for pair in range(asked.pairs):
            sides = {}
            for load in (loadgen, other) if pair % 2 == 0 else (other, loadgen):
                sides[load] = turn(asked, load, clients)
            pairs.append((sides[loadgen], sides[other]))
        print(f"{clients:7,}  {median(pairs, 0):>34}   {median(pairs, 1):>35}", flush=True)


main()
