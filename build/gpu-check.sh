#!/usr/bin/env bash
# On a machine with an NVIDIA GPU: does the model compute there what it computes on the processor, and how fast?
#
#   build/gpu-check.sh [REPORT] [DATA]
#
#   REPORT   the Markdown page to write; default: artifacts/gpu-report.md
#   DATA     labelled texts for parity and speed, for instance aclImdb_v1.tar.gz; default: 20,000 made-up texts for speed alone
#
# Needs the driver, CUDA 13 and cuDNN 9 where the loader finds them, bash, the .NET SDK, and the package
# Microsoft.ML.OnnxRuntime.Gpu (1 GB). Other packages than that one, or a plug-in's library, by the environment:
#   ONNX_RUNTIME_PACKAGE=Microsoft.ML.OnnxRuntime CUDA_PLUGIN=/path/libonnxruntime_providers_cuda.so build/gpu-check.sh
#
# GPU_CHECK_WITHOUT_DEVICE=1 tries all the same where the driver's devices are not seen, and reports what is missing.
#
# Exit code: 0 everything passed; 1 a check failed, and the report says which; 2 there is no GPU here.
set -euo pipefail

# The devices of the driver: on Linux, and under Windows' subsystem for it.
if [[ ! -e /dev/nvidiactl && ! -e /dev/dxg && -z ${GPU_CHECK_WITHOUT_DEVICE:-} ]]; then
    echo "gpu-check.sh: there is no NVIDIA GPU here (no /dev/nvidiactl or /dev/dxg): run it on a machine that has one, with its driver installed." >&2
    exit 2
fi

report=$(realpath -m "${1:-artifacts/gpu-report.md}")
data=${2:+$(realpath "$2")}
cd "$(dirname "${BASH_SOURCE[0]}")/.."

package=${ONNX_RUNTIME_PACKAGE:-Microsoft.ML.OnnxRuntime.Gpu}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$(dirname "$report")"
status=0

dotnet build -c Release src/Cli -p:OnnxRuntimePackage="$package" -v quiet
device=cuda:0
plugin=(${CUDA_PLUGIN:+--ep-library "$CUDA_PLUGIN"})
tool() { dotnet src/Cli/bin/Release/net10.0/OnnxSentiment.Cli.dll "$@"; }

# What build/bench.sh gpu measures, on the same data; it builds with the same package.
bench() {
    ONNX_SENTIMENT_IMDB=${data:-$work/texts.csv} ONNX_RUNTIME_PACKAGE=$package build/bench.sh gpu --device "$device" "${plugin[@]}"
}

# section TITLE COMMAND…: what the command prints; whether it failed.
section() {
    printf '\n## %s\n\n```\n' "$1"
    shift
    local code=0
    "$@" 2>&1 || code=$?
    printf '```\n\n%s\n' "$( ((code == 0)) && echo 'Passed.' || echo "**Failed** with exit code $code.")"
    ((code == 0)) || status=1
}

verify() { tool verify "$@" --against models/imdb/checkpoint --device "$device" "${plugin[@]}" ${data:+--data "$data"}; }

# Words of the model's own vocabulary, 1 to 200 of them; the labels mean nothing.
make_texts() {
    awk -v texts=20000 'NR > 3 { word[n++] = $0 } END {
        srand(1); print "text,label"
        for (i = 0; i < texts; i++) {
            line = ""
            for (j = 1 + int(200 * rand()); j > 0; j--) line = line " " word[int(n * rand())]
            print line "," (i % 2 ? "pos" : "neg")
        }
    }' models/imdb/checkpoint/vocab.txt >"$work/texts.csv"
}

throughput() {
    printf '%-8s %-15s %10s %10s %10s\n' file device texts/s accuracy 'log loss'
    local row figures
    for row in "float32 cpu" "float32 $device" "float32 $device --tf32" "fp16 $device"; do
        read -r -a row <<<"$row"
        figures=$(tool evaluate --model "$work/${row[0]}/model.onnx" --data "${data:-$work/texts.csv}" --json - \
            --device "${row[1]}" "${row[@]:2}" "${plugin[@]}" 2>"$work/messages") || { cat "$work/messages"; return 1; }
        printf '%-8s %-15s %10s %10.4f %10.4f\n' "${row[0]}" "${row[*]:1}" "$(figure texts_per_second)" "$(figure accuracy)" \
            "$(figure log_loss)"
    done
}
figure() { sed -n "s/^ *\"$1\": \([^,]*\),*$/\1/p" <<<"$figures" | head -n 1; }

{
    printf '# GPU report\n\n%s, commit %s\n\n' "$(date -u +%Y-%m-%d)" "$(git rev-parse --short HEAD 2>/dev/null || echo unknown)"
    printf -- '- GPU: %s\n' "$(nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv,noheader 2>/dev/null || echo unknown)"
    printf -- '- Processor: %s, %s cores\n' "$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1)" "$(nproc)"
    printf -- '- Package: %s%s\n' "$package" "${CUDA_PLUGIN:+ with $CUDA_PLUGIN}"
    [[ -n $data ]] || make_texts
    section "Where it runs" tool doctor --device "$device" "${plugin[@]}"
    section "Export float32" tool export --checkpoint models/imdb/checkpoint --out "$work/float32/model.onnx"
    section "Export fp16" tool export --checkpoint models/imdb/checkpoint --precision fp16 --out "$work/fp16/model.onnx"
    section "Parity, float32" verify "$work/float32/model.onnx"
    section "Parity, float32 with TF32" verify "$work/float32/model.onnx" --tf32
    section "Parity, fp16" verify "$work/fp16/model.onnx"
    section "Parity, float32, other random ids" verify "$work/float32/model.onnx" --seed 12345
    section "Throughput of one call after loading, tokenising included" throughput
    section "Speed, precisions, memory" bench
} >"$report"

cat "$report"
echo "gpu-check.sh: $( ((status == 0)) && echo passed || echo 'a check failed'); the report is $report"
exit "$status"
