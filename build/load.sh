#!/usr/bin/env bash
# Loads the server and judges how it bears it: requests per second with batching against without, latency at half of that load,
# answers above the limit, and memory over ten minutes. The result is a table, with the machine and the commit above it.
#
#   build/load.sh            on a machine that does nothing else; some 14 minutes; exit code 1 names the bound that is missed
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

# load SECONDS CONNECTIONS TEXTS WORDS WAIT_MS: one object of JSON.
load() {
    wrk --threads 2 --connections "$2" --duration "$1s" --timeout 15s --script build/load/infer.lua "$url" -- imdb "$3" "$4" "$5" |
        tee -a "$log" | sed -n 's/^LOAD //p'
}

number() { jq -r "$2" <<<"$1"; }
rate() { number "$1" '.answered / .seconds'; }
is() { jq --exit-status --null-input "$1" >/dev/null; }

# bound NAME WORDS CONDITION: judged only on a quiet machine.
bound() {
    if [[ $mode == --short ]]; then skipped "$1" "$2; times are not judged with --short"; else check "$1" "$2" is "$3"; fi
}

# A sentence, and a review as IMDB's are: of long texts the arithmetic is the cost, which batches hardly lessen.
sentence=20 review=230

declare -A off on
start unbatched --Batching:Enabled=false
load 3 $connections 1 $review 0 >/dev/null
for words in $sentence $review; do off[$words]=$(load $seconds $connections 1 "$words" 0); done
stop

start batched
load 3 $connections 1 $review 0 >/dev/null
for words in $sentence $review; do on[$words]=$(load $seconds $connections 1 "$words" 0); done

# gain WORDS
gain() { jq -n "$(rate "${on[$1]}") / $(rate "${off[$1]}")"; }
bound "batching" "$(printf '%.2f times the requests/s of sentences, %.2f times those of reviews; at least 2.5 times is asked of the better' \
    "$(gain $sentence)" "$(gain $review)")" "[$(gain $sentence), $(gain $review)] | max >= 2.5"

# Each connection waits so long that all together ask for half of what the server can.
wait_ms=$(jq -n "1000 * $connections / ($(rate "${on[$review]}") / 2)")
half=$(load $seconds $connections 1 $review "$wait_ms")
bound "latency at half of the load" "$(printf 'p99 %.1f ms of reviews at %.0f requests/s; under 50 ms is asked' \
    "$(number "$half" .p99_ms)" "$(rate "$half")")" "$(number "$half" .p99_ms) < 50"
counts='"\(.answered) answered, \(.refused) refused, \(.failed) failed"'
check "no errors below the limit" "$(number "$half" "$counts")" is "$(number "$half" '.refused + .failed') == 0"
stop

# Eight times as many texts as the queue has places for.
start limited --Batching:MaximumQueueLength=256
above=$(load $seconds 256 8 $sentence 0)
check "only 429 above the limit" "$(number "$above" "$counts")" \
    is "$(number "$above" '.answered > 0 and .refused > 0 and .failed == 0')"
check "answers after the overload" "the next request" \
    curl --fail --silent --output /dev/null "$url/sentiment" --json '{"text":"A fine film."}'
stop

start lasting
resident() { awk '/^VmRSS/ { print $2 / 1024 }' "/proc/$pid/status"; }
samples=()
load $memory_seconds $connections 1 $review 0 >"$results/memory.json" &
loader=$!
while kill -0 $loader 2>/dev/null; do
    samples+=("$(resident)")
    sleep $((memory_seconds / 10 > 5 ? 5 : 1))
done
wait $loader
# The first third fills caches; from then on the highest value of the second half must not be above that of the first by 5 %.
memory=$(printf '%s\n' "${samples[@]}" | jq -s '.[(length / 3 | floor):]
    | (length / 2 | floor) as $half | {early: (.[:$half] | max), late: (.[$half:] | max)}')
bound "memory" "$(printf '%.0f MB, later %.0f MB, over %d s; at most 5 %% more is asked' \
    "$(number "$memory" .early)" "$(number "$memory" .late)" $memory_seconds)" "$(number "$memory" '.late <= .early * 1.05')"
check "stop" "exit code 0 after SIGTERM" stop

table() {
    cat <<END
$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(nproc) cores shared by server and client, commit
$(git rev-parse --short HEAD); \`build/load.sh${mode:+ }$mode\`, $seconds s a line.

| what | connections | requests/s | p50 | p99 | refused | failed |
|---|---|---|---|---|---|---|
$(row "sentences, batching off" $connections "${off[$sentence]}")
$(row "sentences, batching on" $connections "${on[$sentence]}")
$(row "reviews, batching off" $connections "${off[$review]}")
$(row "reviews, batching on" $connections "${on[$review]}")
$(row "reviews, half of that load" $connections "$half")
$(row "above the limit of 256 places, 8 sentences a request" 256 "$above")

A request has one text, a sentence of $sentence words or a review of $review on average, if nothing else is said. Memory:
$(printf '%.0f MB at most in the first, %.0f MB in the second half' \
        "$(number "$memory" .early)" "$(number "$memory" .late)") of ${memory_seconds} s of full load by reviews, after its first third.
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
