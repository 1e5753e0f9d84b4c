#!/usr/bin/env bash
# Everything that has to pass, for CI and for a person. The last line of its output counts the tests:
# "N passed, N failed, N skipped"; the exit code is 0 only if every step and every test project passed.
#
#   build/ci.sh                    with the outside tools that are there
#   build/ci.sh --install-tools    installs them beside the build, by root with the network; the tests of what is missing are skipped
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [[ $# -gt 1 || ${1:---install-tools} != --install-tools ]]; then
    echo "ci.sh: unknown options '$*', expected --install-tools or nothing" >&2
    exit 2
fi

results=$PWD/artifacts/test-results
rm -rf "$results"
mkdir -p "$results"

tools= # the process that installs them
await_tools() {
    [[ -z $tools ]] || wait "$tools" || echo "ci.sh: some outside tools could not be installed, see above" >&2
    tools=
}

finish() {
    local status=$?
    await_tools
    ((status == 0)) || echo "ci.sh: a step failed with exit code $status, see above" >&2
    build/count-tests.sh "$results" || status=1
    exit "$status"
}
trap finish EXIT

# Beside the build: the one waits for the network, the other for the processor.
if [[ ${1:-} == --install-tools ]]; then
    build/install-outside-tools.sh &
    tools=$!
fi

export ContinuousIntegrationBuild=true
dotnet restore --locked-mode
# What else `dotnet format` looks at, but for the order of usings, the build refuses.
dotnet format whitespace --verify-no-changes --no-restore
dotnet build -c Release --no-restore
await_tools

# The tests of parity write their measurements there; parity-table.sh fails where one exceeds its tolerance.
export ONNX_SENTIMENT_PARITY_LOG=$results/parity.tsv

# The tests that pack, restore and publish need minutes and the network; only here are they not skipped.
export ONNX_SENTIMENT_PACKAGING=1

# One project after the other, each with the whole machine: several of them train. All run, even after a failure.
failed=()
for project in tests/*.Tests/*.csproj; do
    name=$(basename "$project" .csproj)
    dotnet test "$project" -c Release --no-build --logger "trx;LogFileName=$name.trx" --results-directory "$results" \
        || failed+=("$name")
done
if ((${#failed[@]} > 0)); then
    echo "ci.sh: failed test projects: ${failed[*]}" >&2
    exit 1
fi

build/parity-table.sh "$ONNX_SENTIMENT_PARITY_LOG"
