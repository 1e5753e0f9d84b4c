#!/usr/bin/env bash
# Publishes tests/AotSmoke, an executable over Runtime, and checks its size, its predictions and how soon the first one comes.
#
#   build/aot-smoke.sh [--quiet-machine]     needs clang or gcc with the C library's headers; python3-torch for the
#                                            comparison. Reads real reviews where ONNX_SENTIMENT_IMDB is set.
#
# --quiet-machine  fails, too, where the start takes more than 100 ms, or more than a tenth of what Python with PyTorch
#                  needs. On a busy machine both say little about the executable, so that CI prints them and leaves it
#                  at that. They run by turns, and the fastest run of each counts.
#
# A line for each check; the exit code is 1 if one failed. What is missing on this machine is skipped and named.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source build/checks.sh

readonly size_limit=5000000                      # bytes, without ONNX Runtime's library
readonly tolerance=1e-5                          # of a probability, as src/Parity/Gates/Tolerances.cs allows
readonly time_limit=100000 ratio_limit=10        # µs; PyTorch's time over ours
readonly runs=7                                  # of each; odd, for a median
check_time=false
for option in "$@"; do
    case $option in
        --quiet-machine) check_time=true ;;
        *) echo "aot-smoke.sh: unknown option '$option', expected --quiet-machine" >&2; exit 2 ;;
    esac
done

out=$PWD/artifacts/aot model=models/imdb/model.onnx
executable=$out/app/OnnxSentiment.AotSmoke
rm -rf "$out"
mkdir -p "$out"

# As the compiler looks for it: clang, else gcc. Whether it links, only trying shows: headers are packages of their own.
linker_works() {
    local linker
    linker=$(command -v clang || command -v gcc) || return 1
    echo 'int main(void) { return 0; }' | "$linker" -x c - -o "$out/probe" 2>"$out/probe.log"
}

python() { PYTHONWARNINGS=ignore /usr/bin/python3 "$@"; }
torch_here() { python -c 'import torch' 2>"$out/probe.log"; }

write_texts() {
    if [[ -z ${ONNX_SENTIMENT_IMDB:-} ]]; then
        cp tests/AotSmoke/texts.txt "$out/texts.txt"
        return
    fi
    mkdir "$out/reviews"
    tar -xzf "$ONNX_SENTIMENT_IMDB" -C "$out/reviews" --wildcards '*/test/pos/1??_*.txt' '*/test/neg/1??_*.txt'
    find "$out/reviews" -name '*.txt' -print0 | sort -z | xargs -0 awk 1 >"$out/texts.txt"
}

# largest FILE FILE: the largest difference between the last columns, "labels" where the columns before differ, and
# "lines" where one file has more of them.
largest() {
    paste -d '|' "$1" "$2" | awk -F '|' -v lines="$(wc -l <"$1")" '
        { n = split($1, a, " "); m = split($2, b, " ") }
        n != m || n == 0 || a[1] != b[1] && n == 2 { print n == m && n ? "labels" : "lines"; found = 1; exit }
        { d = a[n] - b[n]; d = d < 0 ? -d : d; if (d > most) most = d }
        END { if (!found) { if (NR != lines || !NR) print "lines"; else printf "%.1e\n", most } }'
}

# compare NAME WORDS FILE FILE
compare() {
    local difference
    difference=$(largest "$3" "$4")
    check "$1" "$2: largest difference of $(wc -l <"$3") probabilities $difference, allowed $tolerance" \
        awk -v d="$difference" -v t="$tolerance" 'BEGIN { exit !(d ~ /^[0-9]/ && d + 0 <= t + 0) }'
}

# measure FILE COMMAND…: adds a line with the µs from the start to the first line of output and to the end of the process.
measure() {
    local file=$1 start first line output
    shift
    start=${EPOCHREALTIME/[.,]/}
    exec {output}< <(exec "$@")
    read -r line <&"$output"
    first=${EPOCHREALTIME/[.,]/}
    while read -r line <&"$output"; do :; done
    echo "$((first - start)) $((${EPOCHREALTIME/[.,]/} - start))" >>"$file"
    exec {output}<&-
}

# median FILE COLUMN
median() { sort -n -k "$2,$2" "$1" | awk -v c="$2" '{ value[NR] = $c } END { print value[(NR + 1) / 2] }'; }

# fastest FILE: of the times to the first line.
fastest() { sort -n "$1" | head -n 1 | cut -d ' ' -f 1; }

ours() { measure "$out/$1" "$executable" "$model" <"$out/first.txt"; }
theirs() { measure "$out/$1" /usr/bin/python3 -W ignore build/outside/first_prediction.py models/imdb/checkpoint <"$out/first-ids.txt"; }

# judge SWITCH NAME WORDS COMMAND…: a check where the switch is on, else a line that only tells.
judge() { if $1; then check "${@:2}"; else echo "MEASURED $2: $3"; fi; }

if ! linker_works; then
    for name in publish size predictions start same-work pytorch; do
        skipped "$name" "no C linker that works here: install clang, or gcc and libc6-dev (build/install-outside-tools.sh does)"
    done
    exit 0
fi

# Warnings of trimming and of the native compiler are errors, as everywhere in this repository.
dotnet publish tests/AotSmoke -c Release -v quiet -clp:NoSummary -o "$out/app" || { failed publish "see above"; end_of_checks; }
passed publish "trimmed and compiled without a warning"
size=$(stat -c %s "$executable")
check size "$size bytes, allowed $size_limit" test "$size" -lt "$size_limit"

write_texts
dotnet build src/Cli -c Release -v quiet
"$executable" "$model" <"$out/texts.txt" >"$out/ours.txt"
dotnet src/Cli/bin/Release/net10.0/OnnxSentiment.Cli.dll predict --model "$model" --json <"$out/texts.txt" \
    | sed 's/^{"label":"\([^"]*\)","probability":\([^,]*\),.*/\1 \2/' >"$out/cli.txt"
compare predictions "against onnx-sentiment predict" "$out/ours.txt" "$out/cli.txt"

head -n 1 "$out/texts.txt" >"$out/first.txt"
"$executable" "$model" --ids <"$out/texts.txt" >"$out/ids.txt"
head -n 1 "$out/ids.txt" >"$out/first-ids.txt"

torch=false
if torch_here; then torch=true; fi
for ((run = 0; run <= runs; run++)); do
    # The first run of each finds nothing in memory, and does not count.
    name=$( ((run == 0)) && echo warm-up || echo times)
    ours "ours-$name"
    if $torch; then theirs "pytorch-$name"; fi
done

first=$(median "$out/ours-times" 1) whole=$(median "$out/ours-times" 2)
judge $check_time start "first prediction $((first / 1000)) ms after the start, end $((whole / 1000)) ms (medians of $runs)" \
    test "$whole" -lt "$time_limit"

if ! $torch; then
    for name in same-work pytorch; do skipped "$name" "python3-torch is not here: build/install-outside-tools.sh installs it"; done
    end_of_checks
    exit 0
fi

python build/outside/first_prediction.py models/imdb/checkpoint <"$out/ids.txt" >"$out/pytorch.txt"
cut -d ' ' -f 2 "$out/ours.txt" >"$out/probabilities.txt"
compare same-work "against PyTorch on the same ids" "$out/probabilities.txt" "$out/pytorch.txt"
ours=$(fastest "$out/ours-times") theirs=$(fastest "$out/pytorch-times")
judge $check_time pytorch "first prediction after $((ours / 1000)) ms, of Python with PyTorch after $((theirs / 1000)) ms (fastest of $runs): $((theirs / ours)) times, expected at least $ratio_limit" \
    test "$theirs" -ge "$((ratio_limit * ours))"
end_of_checks
