#!/usr/bin/env bash
# The tests that take longer, which `dotnet test Bench.sln` leaves out: faults, damaged input, hostile clients, independent judges, servers
# of other makes, the effect of each workload. Arguments are passed on to dotnet test.
set -euo pipefail
cd -- "$(dirname -- "$(readlink -f -- "$0")")/../.."
exec dotnet test Bench.sln --filter Category=long "$@"
