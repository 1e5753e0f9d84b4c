#!/usr/bin/env bash
# Everything that has to pass, for CI and for a person. The last line of its output counts the tests:
# "N passed, N failed, N skipped"; the exit code is 0 only if every step and every test project passed.
#
#   build/ci.sh                    with the outside tools that are there
#   build/ci.sh --install-tools    installs them beside the build, by root with the network; the tests of what is missing
#                                  are skipped. Builds with the GPU package too, 900 MB that are deleted again
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [[ $# -gt 1 || ${1:---install-tools} != --install-tools ]]; then
    echo "ci.sh: unknown options '$*', expected --install-tools or nothing" >&2
    exit 2
fi

results=$PWD/artifacts/test-results
rm -rf "$results"
mkdir -p "$results"

# What runs beside the steps, by name: its process, and its output in $results/<name>.log.
declare -A beside=()
start() {
    "${@:2}" >"$results/$1.log" 2>&1 &
    beside[$1]=$!
}

# await NAME: prints what the process of that name said; fails if it failed, succeeds if nobody started it.
await() {
    local process=${beside[$1]:-} status=0
    [[ -n $process ]] || return 0
    unset "beside[$1]"
    wait "$process" || status=$?
    echo "── $1"
    cat "$results/$1.log"
    return "$status"
}

finish() {
    local status=$? name
    for name in "${!beside[@]}"; do await "$name" || status=1; done
    ((status == 0)) || echo "ci.sh: a step failed with exit code $status, see above" >&2
    dotnet build-server shutdown --vbcscompiler >/dev/null 2>&1 || true
    build/count-tests.sh "$results" || status=1
    exit "$status"
}
trap finish EXIT

export ContinuousIntegrationBuild=true
# One compiler for all projects, which stays warm; it is shut down at the end.
export UseSharedCompilation=true
# libtorch and ONNX Runtime, once on the disk instead of once for each of the projects that run them.
export CreateHardLinksForCopyLocalIfPossible=true
# The tests of parity write their measurements there; parity-table.sh fails where one exceeds its tolerance.
export ONNX_SENTIMENT_PARITY_LOG=$results/parity.tsv
# The tests that pack, restore and publish need minutes and the network; only here are they not skipped.
export ONNX_SENTIMENT_PACKAGING=1

# Beside the build: these wait for the network, that for the processor.
if [[ ${1:-} == --install-tools ]]; then start outside-tools build/install-outside-tools.sh; fi
dotnet restore --locked-mode
if [[ ${1:-} == --install-tools ]]; then start gpu-package build/gpu-package-check.sh; fi
dotnet build -c Release --no-restore
await outside-tools || echo "ci.sh: some outside tools could not be installed, see above" >&2

# Beside the tests, some of which wait more than they compute.
start format dotnet format --verify-no-changes --no-restore

# Two projects at a time, those that take longest first. All run, even after a failure.
longest=(Packaging Server Trainer Runtime Parity Cli)
mapfile -t others < <(for project in tests/*.Tests/*.csproj; do basename "$project" .Tests.csproj; done \
    | grep -vxF "$(printf '%s\n' "${longest[@]}")")
printf '%s\n' "${longest[@]}" "${others[@]}" | xargs -P 2 -I NAME build/test-project.sh NAME.Tests "$results" || failed=1

build/parity-table.sh "$ONNX_SENTIMENT_PARITY_LOG" || failed=1
# Whoever changes code in which a fault is planted plants it anew.
for manifest in build/plant-faults/*faults.json; do
    dotnet build/plant-faults/bin/Release/net10.0/OnnxSentiment.PlantFaults.dll --check --manifest "$manifest" || failed=1
done
await gpu-package || failed=1
await format || failed=1
exit "${failed:-0}"
