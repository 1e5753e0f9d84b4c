#!/usr/bin/env bash
# count-tests.sh RESULTS [TESTS]: sums the results RESULTS/<project>.trx of the projects TESTS/*.Tests (default: tests)
# and prints as its last line "N passed, N failed, N skipped". The exit code is 1 if a test failed, or if a project
# has no results, ended before its last test, or ran no test at all.
set -euo pipefail

results=$1
tests=${2:-tests}
passed=0 failed=0 skipped=0 status=0

complain() {
    echo "count-tests.sh: $1" >&2
    status=1
}

# counter FILE NAME: the attribute NAME of the element Counters, 0 if it is not there.
counter() {
    local value
    value=$(grep -o '<Counters [^>]*' "$1" | grep -o " $2=\"[0-9]*\"" | grep -o '[0-9]*' || true)
    echo "${value:-0}"
}

for project in "$tests"/*.Tests/*.csproj; do
    name=$(basename "$project" .csproj)
    trx=$results/$name.trx
    if [[ ! -f $trx ]]; then
        complain "$name left no results (expected $trx)"
        continue
    fi

    # A trx file counts a skipped test in its total alone; a test that timed out or broke off is neither passed nor skipped.
    total=$(counter "$trx" total) executed=$(counter "$trx" executed) ok=$(counter "$trx" passed)
    passed=$((passed + ok)) failed=$((failed + executed - ok)) skipped=$((skipped + total - executed))

    ((executed > 0)) || complain "$name ran no test"
    ((executed == ok)) || complain "$name: $((executed - ok)) of $executed tests failed"
    grep -q '<ResultSummary outcome="Completed"' "$trx" || complain "$name did not complete its test run"
done

echo "$passed passed, $failed failed, $skipped skipped"
exit "$status"
