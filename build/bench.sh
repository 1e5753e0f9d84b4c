#!/usr/bin/env bash
# Measures the runtime library and the training beside other ways to compute the same, on real reviews.
#
#   build/bench.sh                    everything, into tests/Benchmarks/results/<machine>; some 30 minutes
#   build/bench.sh PART…              throughput, latency, tokenizer, concurrency, growth, batches, presets, train
#   build/bench.sh gpu [--device cuda:N [--ep-library PATH]]
#                                     what a GPU computes and how fast, beside the processor; some 2 minutes. --device cpu tries it out
#   build/bench.sh --check            the runtime library's bounds alone; exit code 1 names what is missed; some 3 minutes
#   build/bench.sh train --check      the training, and exit code 1 where one of its bounds is missed; some 10 minutes
#
# Needs ONNX_SENTIMENT_IMDB, the path of aclImdb_v1.tar.gz, and a machine that does nothing else. The other tools come from
# build/install-outside-tools.sh; whoever is missing stands in the results as "not here". "gpu" is built with the package that
# ONNX_RUNTIME_PACKAGE names, Microsoft.ML.OnnxRuntime.Gpu unless the device is cpu, and is content with any labeled texts.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

parts=("$@")
if ((${#parts[@]} == 0)); then parts=(throughput latency tokenizer concurrency growth batches presets train); fi
if [[ ${parts[*]} == --check ]]; then parts=(check); fi
if [[ ${parts[*]} == "train --check" ]]; then parts=("train --check"); fi

package=Microsoft.ML.OnnxRuntime
if [[ ${parts[0]} == gpu && ${parts[*]} != *"--device cpu"* ]]; then package=${ONNX_RUNTIME_PACKAGE:-Microsoft.ML.OnnxRuntime.Gpu}; fi

if [[ ! -f ${ONNX_SENTIMENT_IMDB:-} ]]; then
    echo "bench.sh: ONNX_SENTIMENT_IMDB is '${ONNX_SENTIMENT_IMDB:-}'; let it name aclImdb_v1.tar.gz." >&2
    exit 2
fi
ONNX_SENTIMENT_IMDB=$(realpath "$ONNX_SENTIMENT_IMDB")
export ONNX_SENTIMENT_IMDB

# libtorch's workers wait as they do in training: by default they spin, on cores that others need. The processes of "train"
# leave it out, each waits as its own loop has it.
export GOMP_SPINCOUNT=${GOMP_SPINCOUNT:-2000}

# A build that succeeds says nothing: what follows is the results.
build() {
    local said
    said=$(dotnet build -c Release "$1" -p:OnnxRuntimePackage="$package" -v quiet 2>&1) || { echo "$said" >&2; return 1; }
}

build tests/Benchmarks

# The same weights in another precision, by the tool itself.
export_as() {
    build src/Cli
    dotnet run -c Release --no-build --project src/Cli -- \
        export --checkpoint models/imdb/checkpoint --out "artifacts/bench/$1/model.onnx" --precision "$1" >/dev/null
}
measure() { dotnet run -c Release --no-build --project tests/Benchmarks -- "$@"; }

if [[ ${parts[0]} == gpu ]]; then
    export_as fp16
    measure "${parts[@]}"
    exit
fi

if [[ ${parts[0]} != train* || ${#parts[@]} -gt 1 ]]; then export_as int8; fi
for part in "${parts[@]}"; do
    # shellcheck disable=SC2086 # "train --check" is two words
    measure $part
done
