#!/usr/bin/env bash
# What action.yml runs: verifies a model, and evaluates it where labeled texts are given. It can be run by hand as well:
#
#   TOOL=src/Cli/bin/Release/net10.0 MODEL=models/imdb/model.onnx build/check-model.sh
#
# In the environment: TOOL, the folder of the built command line; MODEL; and, where they are not empty, AGAINST,
# CHECKPOINT, DATA, TEXT_COLUMN, LABEL_COLUMN, MINIMUM_ACCURACY and REPORTS, as action.yml describes them.
# The exit code is 0 if all checks passed, 1 if one failed, 2 if an input is wrong. GITHUB_OUTPUT, where it is set, gets
# `passed` and `reports` in any case.
set -euo pipefail

reports=${REPORTS:-onnx-sentiment-reports} status=0 passed=false

finish() {
    if [[ -n ${GITHUB_OUTPUT:-} ]]; then printf 'passed=%s\nreports=%s\n' "$passed" "$reports" >>"$GITHUB_OUTPUT"; fi
}
trap finish EXIT

usage() {
    echo "check-model.sh: $1" >&2
    exit 2
}

# run COMMAND NAME ARGUMENT…: a command of the tool with its reports in NAME.json, .xml and .md. A check that failed is
# remembered, so that the other checks run too; wrong input ends the script.
run() {
    local code=0
    dotnet "$TOOL/OnnxSentiment.Cli.dll" "$1" "${@:3}" \
        --json "$reports/$2.json" --junit "$reports/$2.xml" --markdown "$reports/$2.md" || code=$?
    ((code < 2)) || exit "$code"
    ((code == 0)) || status=1
}

[[ -n ${TOOL:-} ]] || usage "TOOL is not set; expected the folder of the built command line."
[[ -n ${MODEL:-} ]] || usage "MODEL is not set; expected the ONNX file to check."
[[ -z ${MINIMUM_ACCURACY:-} || -n ${DATA:-} ]] \
    || usage "minimum-accuracy is $MINIMUM_ACCURACY, but there are no texts to measure it on; set the input 'data'."
mkdir -p "$reports"

texts=()
if [[ -n ${DATA:-} ]]; then texts+=(--data "$DATA"); fi
if [[ -n ${TEXT_COLUMN:-} ]]; then texts+=(--text-column "$TEXT_COLUMN"); fi
if [[ -n ${LABEL_COLUMN:-} ]]; then texts+=(--label-column "$LABEL_COLUMN"); fi

if [[ -n ${AGAINST:-} ]]; then
    run verify verify "$MODEL" --against "$AGAINST"
elif [[ -z ${CHECKPOINT:-} ]]; then
    run verify verify "$MODEL"
fi
if [[ -n ${CHECKPOINT:-} ]]; then
    name=verify
    if [[ -n ${AGAINST:-} ]]; then name=verify-checkpoint; fi
    run verify "$name" "$MODEL" --against "$CHECKPOINT" ${texts[@]+"${texts[@]}"}
fi
if [[ -n ${DATA:-} ]]; then
    gate=()
    if [[ -n ${MINIMUM_ACCURACY:-} ]]; then gate+=(--minimum-accuracy "$MINIMUM_ACCURACY"); fi
    run evaluate evaluate --model "$MODEL" "${texts[@]}" ${gate[@]+"${gate[@]}"}
fi

if ((status == 0)); then passed=true; fi
exit "$status"
