#!/usr/bin/env bash
# Builds what has changed and runs the bench. All arguments go to the Harness: ./run-bench.sh --help
set -euo pipefail

# Who has closed one of the three streams gets an empty one in its place: else the first file that is opened would be taken for it. The
# first is this script, which bash itself opens.
is_closed() { [[ ! -e /proc/self/fd/$1 || /proc/self/fd/$1 -ef ${BASH_SOURCE[0]} ]]; }
if [[ -d /proc/self/fd ]]; then
    if is_closed 0; then exec </dev/null; fi
    if is_closed 1; then exec >/dev/null; fi
    if is_closed 2; then exec 2>/dev/null; fi
fi

root=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd)
programs=(Servers LoadGen Harness)
stamp=$root/artifacts/.built-release

fail() {
    echo "run-bench.sh: $1" >&2
    exit 1
}

require_sdk() {
    local hint='get it from https://dotnet.microsoft.com/download/dotnet/10.0, or from your distribution (dotnet-sdk-10.0)'
    command -v dotnet >/dev/null || fail "needs the .NET 10 SDK, and there is no dotnet on the PATH: $hint"
    # Asked from the root folder, where no global.json pins a version.
    local sdks
    sdks=$(cd / && dotnet --list-sdks)
    grep -q '^10\.' <<<"$sdks" || fail "needs the .NET 10 SDK, and dotnet --list-sdks names none: $hint"
}

# A folder is newer too when a file in it was removed. Servers of other makes have builds of their own.
is_built() {
    [[ -e $stamp ]] && [[ -z $(
        find "$root/Shared" "${programs[@]/#/$root/}" "$root"/*.props "$root/global.json" "$root/.editorconfig" \
            -path "$root/Servers/External" -prune -o -newer "$stamp" -print -quit
    ) ]]
}

build() {
    echo "building (once; later only what has changed) …" >&2
    local begun log=$root/artifacts/build.log
    mkdir -p "$root/artifacts"
    begun=$(mktemp "$root/artifacts/.begun-XXXXXX")
    # A build that Ctrl-C ended has not failed.
    trap 'rm -f "$begun"; echo "run-bench.sh: interrupted while building" >&2; exit 130' INT
    for program in "${programs[@]}"; do
        [[ $program == Harness ]] && build_with_scottplot && continue
        # From the root, because global.json is searched for from the current folder upwards.
        (cd "$root" && dotnet build "$program" -c Release -v q -nologo) >"$log" 2>&1 || {
            grep -E ': (error|warning) ' "$log" | sort -u | head -20 >&2 || tail -20 "$log" >&2
            rm -f "$begun"
            fail "the build of $program failed; see $log"
        }
    done
    publish_native_worker
    mv "$begun" "$stamp"
    trap - INT
}

# The models of several processes start a native build of their worker where one can be made: it starts ten times as fast as the managed
# one, in a third of the memory. It takes gcc or clang, zlib's headers, and packages that a registry may lack for the newest framework.
publish_native_worker() (
    native=$root/artifacts/native log=$root/artifacts/native.log
    mkdir -p "$native"
    # NativeAOT hands the linker paths without quotes: where one has a space, the build goes by way of a link that has none.
    way=$(mktemp -d)
    trap 'rm -r "$way"' EXIT
    ln -s "$native" "$way/native"
    remembered=$(cat "$native/framework" 2>/dev/null || true)
    for framework in $remembered net10.0 net9.0; do
        (cd "$root" && dotnet publish Servers/Worker -c Release -v q -nologo --use-current-runtime -p:PublishAot=true \
            -p:NativeFramework="$framework" -p:ArtifactsPath="$way/native/$framework") >"$log" 2>&1 || continue
        echo "$framework" >"$native/framework"
        # Moved into place, because a server may be running the old one.
        cp "$native/$framework/publish/Worker/release/Worker" "$native/Worker.new"
        mv "$native/Worker.new" "$native/Worker"
        echo "process models start a native worker (NativeAOT, $framework)" >&2
        return
    done
    rm -f "$native/Worker"
    echo "no native worker could be built (see $log): process models start the managed one, which takes longer and more memory" >&2
)

# The package that can draw the PNG files is not in every registry. That is asked once; without artifacts/scottplot it is asked again. A build
# with it that fails, whatever for, is the answer no: the Harness draws SVG files without it.
build_with_scottplot() {
    local answer=$root/artifacts/scottplot
    local with=(-c Release -v q -nologo -p:UseScottPlot=true -p:TreatWarningsAsErrors=false)
    [[ $(cat "$answer" 2>/dev/null || echo yes) == yes ]] || return 1
    if (cd "$root" && dotnet build Harness "${with[@]}") >"$root/artifacts/scottplot.log" 2>&1; then
        [[ -e $answer ]] || echo "ScottPlot draws the PNG charts" >&2
        echo yes >"$answer"
        return 0
    fi
    # What a programmer has just broken is no answer: only that the package cannot be had is remembered.
    grep -qE 'NU1[0-9]{3}|SCOTTPLOT|Charts/ScottPlot' "$root/artifacts/scottplot.log" && echo no >"$answer"
    return 1
}

# Two runs started at once must not build into the same folder at once.
build_if_needed() {
    is_built && return
    require_sdk
    mkdir -p "$root/artifacts"
    exec 9>"$root/artifacts/.build-lock"
    if command -v flock >/dev/null; then flock 9; fi
    is_built || build
    exec 9>&-
}

# Below this not even the runtime can load its libraries.
[[ $(ulimit -Hn) == unlimited ]] || (($(ulimit -Hn) >= 256)) || fail "needs 256 open files at the very least, and the hard limit is $(ulimit -Hn): raise it with ulimit -Hn as root"
build_if_needed
# Every client costs a descriptor on either side, and in some models a thread or a process.
ulimit -Sn "$(ulimit -Hn)" 2>/dev/null || true
ulimit -Su "$(ulimit -Hu)" 2>/dev/null || true

export C10K_RESULTS=${C10K_RESULTS:-$root/results}
C10K_COMMAND_LINE=./run-bench.sh
for argument in "$@"; do
    [[ $argument =~ ^[[:alnum:]_./,:=+-]+$ ]] || argument=$(printf '%q' "$argument")
    C10K_COMMAND_LINE+=" $argument"
done
C10K_COMMIT=$(git -C "$root" describe --always --dirty --abbrev=12 2>/dev/null || true)
export C10K_COMMAND_LINE C10K_COMMIT
# A runtime's sockets for debuggers stay in /tmp when it is killed.
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_EnableDiagnostics=${DOTNET_EnableDiagnostics:-0}
exec "$root/artifacts/bin/Harness/release/Harness" "$@"
