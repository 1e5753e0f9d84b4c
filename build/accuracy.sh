#!/usr/bin/env bash
# Trains what docs/accuracy.md compares and writes its tables: docs/accuracy/runs.tsv has a line for each finished training,
# the tables and the picture in docs/accuracy.md are made from it. A training that has its line is not run again, and one that was
# interrupted goes on, so the script may be stopped at any time. Minutes are those of the processor, all cores together, since
# the last start: they depend little on what else the machine does.
#
#   build/accuracy.sh DATA [STEP:SEED …]    DATA: aclImdb_v1.tar.gz or its folder; without trainings: all of them
#
# What the preset does was chosen on the validation slice; each training looks at the test split once, at its end.
set -euo pipefail
data=$(realpath "$1")
shift
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly results=docs/accuracy folders=artifacts/accuracy
readonly plain="vector_epochs=0 embedding_rate=1 schedule=constant learning_rate=0.001 word_dropout=0 averaging=0 embedding_dropout=0 readout_dropout=0.5"

# A step: its name, what it is, and the options of `train`. Each adds to the one before it, up to "distilled".
steps() {
    cat <<STEPS
tutorial|preset keras-tutorial: 200 words, 10,000 of them known, last state|--preset keras-tutorial
wider|600 words with punctuation, 20,000 known, max and mean readout|--preset imdb $(settings "$plain")
regularised|cosine rate, averaged weights, word and embedding dropout|--preset imdb $(settings "vector_epochs=0 embedding_rate=1")
vectors|word vectors from the 25,000 labeled reviews: **preset imdb**|--preset imdb
all-vectors|word vectors from all 75,000 reviews|--preset imdb --unlabelled --set teacher_rounds=0
distilled|soft labels for the other 50,000: **preset imdb --unlabelled**|--preset imdb --unlabelled
STEPS
}

settings() {
    local setting
    for setting in $1; do printf -- '--set %s ' "$setting"; done
}

default_trainings() {
    local step
    for step in vectors distilled; do printf '%s:1 %s:2 %s:3 ' "$step" "$step" "$step"; done
    for step in tutorial wider regularised all-vectors; do printf '%s:1 ' "$step"; done
}

metric() { grep -o "\"$2\": [^,]*" "$1/config.json" | head -n 1 | sed 's/.*: //'; }

baselines() {
    [[ -f $results/baselines.tsv ]] || ONNX_SENTIMENT_IMDB=$data benchmarks baselines "$results/baselines.tsv"
}

benchmarks() { dotnet run -c Release --no-build --project tests/Benchmarks -- "$@"; }

train() {
    local step=$1 seed=$2 folder=$folders/$1-$2 options
    grep -q "^$step	$seed	" "$results/runs.tsv" && return
    options=$(steps | awk -F '|' -v step="$step" '$1 == step { print $3 }')
    [[ -n $options ]] || { echo "accuracy.sh: there is no step '$step'; known: $(steps | cut -d '|' -f 1 | xargs)" >&2; exit 2; }
    # shellcheck disable=SC2086 # options are words
    { TIMEFORMAT='%U %S' && time dotnet run -c Release --no-build --project src/Cli -- \
        train --data "$data" $options --set "seed=$seed" --out "$folder" --resume 2>&1 | tee -a "$folders/$step-$seed.log"; } 2>"$folders/$step-$seed.time"
    printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$step" "$seed" "$(metric "$folder" validation_accuracy)" \
        "$(metric "$folder" validation_loss)" "$(metric "$folder" test_accuracy)" "$(metric "$folder" test_loss)" \
        "$(awk '{ printf "%.0f", ($1 + $2) / 60 }' "$folders/$step-$seed.time")" >>"$results/runs.tsv"
}

# What each teacher and what all together reach on the validation slice, from a training's log.
write_teachers() {
    local log=$folders/distilled-1.log
    [[ -f $log ]] || return 0
    echo "| teacher | validation |"
    echo "|---|---|"
    sed -nE 's/^(n-gram classifier|teacher-[0-9]+|the [0-9]+ teachers together): accuracy on validation ([0-9.]+)$/| \1 | \2 |/p' "$log" | awk '!seen[$0]++'
}

write_steps() {
    echo "| step | validation | test | processor minutes |"
    echo "|---|---|---|---|"
    steps | while IFS='|' read -r step what _; do
        awk -F '\t' -v step="$step" -v what="$what" '$1 == step && $2 == 1 {
            printf "| %s | %.4f | %.4f | %d |\n", what, $3, $5, $7 }' "$results/runs.tsv"
    done
}

write_seeds() {
    echo "| training | seeds | validation, mean | test, mean | test, lowest to highest |"
    echo "|---|---|---|---|---|"
    for step in vectors distilled; do
        awk -F '\t' -v step="$step" '
            $1 == step { n++; v += $3; t += $5; low = n == 1 || $5 < low ? $5 : low; high = $5 > high ? $5 : high }
            END { if (n) printf "| %s | %d | %.4f | %.4f | %.4f to %.4f |\n", step == "vectors" ? "`imdb`" : "`imdb --unlabelled`", n, v / n, t / n, low, high }' \
            "$results/runs.tsv"
    done
}

write_baselines() {
    echo "| without a network, from the 25,000 labeled reviews | test |"
    echo "|---|---|"
    awk -F '\t' 'NR > 1 { printf "| %s | %s |\n", $1, $2 }' "$results/baselines.tsv"
}

# Puts a table between its two marks in docs/accuracy.md.
embed() {
    local rows
    rows=$("write_$1")
    [[ -n $rows ]] || return 0
    awk -v begin="<!-- $1 -->" -v rows="$rows" '
        $0 == "<!-- end -->" { skip = 0 }
        !skip { print }
        $0 == begin { print rows; skip = 1 }' docs/accuracy.md >docs/accuracy.md.new
    mv docs/accuracy.md.new docs/accuracy.md
    echo "$rows"
}

mkdir -p "$results" "$folders"
[[ -f $results/runs.tsv ]] || printf 'step\tseed\tvalidation_accuracy\tvalidation_loss\ttest_accuracy\ttest_loss\tprocessor_minutes\n' >"$results/runs.tsv"
dotnet build -c Release src/Cli -v quiet
dotnet build -c Release tests/Benchmarks -v quiet
[[ $# -gt 0 ]] || eval "set -- $(default_trainings)"
for training in "$@"; do
    train "${training%:*}" "${training#*:}"
done
baselines

for table in steps seeds baselines teachers; do embed "$table"; done
# shellcheck disable=SC2046 # names are words
benchmarks steps-picture "$results" $(steps | cut -d '|' -f 1)
