#!/usr/bin/env bash
# test-project.sh NAME RESULTS: runs the tests of tests/NAME as they were built for Release, leaves RESULTS/NAME.trx and
# RESULTS/NAME.log, and prints the log in one piece, since several projects may run beside one another.
set -uo pipefail

name=$1 results=$2 started=$SECONDS
# The assembly, not the project: another evaluation of the project takes as long as the tests of a small one.
dotnet test "tests/$name/bin/Release/net10.0/OnnxSentiment.$name.dll" \
    --logger "trx;LogFileName=$name.trx" --results-directory "$results" >"$results/$name.log" 2>&1
status=$?
printf '── %s, %s s\n%s\n' "$name" "$((SECONDS - started))" "$(<"$results/$name.log")"
((status == 0)) || echo "ci.sh: failed test project: $name" >&2
exit "$status"
