#!/usr/bin/env bash
# Loads the server and judges how it bears it: requests per second with batching against without, latency at half of that load,
# answers above the limit, and memory over ten minutes. The result is a table, with the machine and the commit above it.
#
#   build/load.sh            on a machine that does nothing else; some 13 minutes; exit code 1 names the bound that is missed
#   build/load.sh --write    the same, and the table goes into docs/serving.md
#   build/load.sh --short    a few seconds each, for CI and busy machines: errors are judged, times are only shown
#
# Needs wrk, curl and jq (Debian: apt-get install wrk curl jq). The model is the one that ships, the server's own.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source build/checks.sh

mode=${1:-}
case $mode in
    '' | --write) seconds=30 memory_seconds=600 ;;
    --short) seconds=4 memory_seconds=10 ;;
    *)
        echo "load.sh: '$mode' is no option: give --write, --short or nothing." >&2
        exit 2
        ;;
esac
for tool in wrk curl jq; do
    [[ -n $(command -v $tool) ]] || { echo "load.sh: $tool is missing: apt-get install wrk curl jq" >&2; exit 2; }
done

connections=64
results=$PWD/artifacts/load
mkdir -p "$results"
server=src/Server/bin/Release/net10.0/OnnxSentiment.Server.dll
dotnet build -c Release src/Server -v quiet

pid=
log=
stop() {
    [[ -n $pid ]] || return 0
    kill -TERM "$pid" 2>/dev/null || true
    wait "$pid" || { echo "load.sh: the server ended with exit code $?, see $log" >&2; return 1; }
    pid=
}
trap 'stop || true' EXIT

# start NAME SETTING…: a server of its own on a free port; $url is its address.
start() {
    log=$results/$1.log
    shift
    : >"$log"
    dotnet "$server" --urls http://127.0.0.1:0 --Grpc:Url= --Shutdown:Delay=0 "$@" >"$log" 2>&1 &
    pid=$!
    for _ in $(seq 300); do
        url=$(sed -n 's/.*Now listening on: \(http[^ ]*\).*/\1/p' "$log")
        [[ -n $url ]] && curl --fail --silent --output /dev/null "$url/v2/health/ready" && return
        kill -0 "$pid" 2>/dev/null || break
        sleep 0.1
    done
    echo "load.sh: the server did not become ready, see $log" >&2
    exit 1
}

# load SECONDS CONNECTIONS TEXTS WAIT_MS: one object of JSON.
load() {
    wrk --threads 2 --connections "$2" --duration "$1s" --timeout 15s --script build/load/infer.lua "$url" -- imdb "$3" "$4" |
        tee -a "$log" | sed -n 's/^LOAD //p'
}

number() { jq -r "$2" <<<"$1"; }
rate() { number "$1" '.answered / .seconds'; }
is() { jq --exit-status --null-input "$1" >/dev/null; }

# bound NAME WORDS CONDITION: judged only on a quiet machine.
bound() {
    if [[ $mode == --short ]]; then skipped "$1" "$2; times are not judged with --short"; else check "$1" "$2" is "$3"; fi
}

start unbatched --Batching:Enabled=false
load 3 $connections 1 0 >/dev/null
single=$(load $seconds $connections 1 0)
stop

start batched
load 3 $connections 1 0 >/dev/null
batched=$(load $seconds $connections 1 0)
gain=$(jq -n "$(rate "$batched") / $(rate "$single")")
bound "batching" "$(printf '%.0f requests/s, %.2f times the %.0f without; at least 2.5 times is asked' "$(rate "$batched")" "$gain" "$(rate "$single")")" "$gain >= 2.5"

# Each connection waits so long that all together ask for half of what the server can.
wait_ms=$(jq -n "1000 * $connections / ($(rate "$batched") / 2)")
half=$(load $seconds $connections 1 "$wait_ms")
bound "latency at half of the load" "$(printf 'p99 %.1f ms at %.0f requests/s; under 50 ms is asked' "$(number "$half" .p99_ms)" "$(rate "$half")")" "$(number "$half" .p99_ms) < 50"
check "no errors below the limit" "$(number "$half" '"\(.answered) answered, \(.refused) refused, \(.failed) failed"')" is "$(number "$half" '.refused + .failed') == 0"

# 256 callers with 32 texts each: eight times as many as the queue has places for.
above=$(load $seconds 256 32 0)
check "only 429 above the limit" "$(number "$above" '"\(.answered) answered, \(.refused) refused, \(.failed) failed"')" is "$(number "$above" '.answered > 0 and .refused > 0 and .failed == 0')"
check "answers after the overload" "the next request" curl --fail --silent --output /dev/null "$url/sentiment" --json '{"text":"A fine film."}'

resident() { awk '/^VmRSS/ { print $2 / 1024 }' "/proc/$pid/status"; }
samples=()
load $memory_seconds $connections 1 0 >"$results/memory.json" &
loader=$!
while kill -0 $loader 2>/dev/null; do
    samples+=("$(resident)")
    sleep $((memory_seconds / 10 > 5 ? 5 : 1))
done
wait $loader
# The first third fills caches; from then on the highest value of the second half must not be above that of the first by 5 %.
memory=$(printf '%s\n' "${samples[@]}" | jq -s '.[(length / 3 | floor):] | (length / 2 | floor) as $half | {early: (.[:$half] | max), late: (.[$half:] | max)}')
bound "memory" "$(printf '%.0f MB, later %.0f MB, over %d s; at most 5 %% more is asked' "$(number "$memory" .early)" "$(number "$memory" .late)" $memory_seconds)" "$(number "$memory" '.late <= .early * 1.05')"
stop && passed "stop" "exit code 0 after SIGTERM"

table() {
    cat <<END
$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(nproc) cores shared by server and client, commit $(git rev-parse --short HEAD); \`build/load.sh${mode:+ }$mode\`, ${seconds} s a line.

| what | connections | requests/s | p50 | p99 | refused | failed |
|---|---|---|---|---|---|---|
$(row "batching off, a review a request" $connections "$single")
$(row "batching on, a review a request" $connections "$batched")
$(row "half of that load" $connections "$half")
$(row "above the limit, 32 reviews a request" 256 "$above")

Batching gives $(printf '%.2f' "$gain") times the requests. Memory: $(printf '%.0f MB at most in the first, %.0f MB in the second half' "$(number "$memory" .early)" "$(number "$memory" .late)") of ${memory_seconds} s of full load, after its first third.
END
}
row() {
    printf '| %s | %d | %.0f | %.1f ms | %.1f ms | %d | %d |' "$1" "$2" "$(rate "$3")" \
        "$(number "$3" .p50_ms)" "$(number "$3" .p99_ms)" "$(number "$3" .refused)" "$(number "$3" .failed)"
}

table | tee "$results/load.md"
if [[ $mode == --write ]]; then
    sed -i -e "/<!-- load -->/,/<!-- \/load -->/ { /<!-- load -->/ r $results/load.md" -e '/<!-- \/\?load -->/! d }' docs/serving.md
fi
end_of_checks
