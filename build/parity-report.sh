#!/usr/bin/env bash
# Measures every shape, opset, precision and outside tool anew, and writes docs/parity.md from what was measured.
#
#   build/parity-report.sh     first build/install-outside-tools.sh, or the columns of missing tools stay empty
#
# The exit code is 1 if a test failed or a difference exceeds its tolerance; the page is written all the same, and shows it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

log=$PWD/artifacts/parity.tsv
mkdir -p artifacts docs
mutations=$PWD/artifacts/mutations.md
rm -f "$log" "$mutations"
status=0

dotnet build -c Release tests/Parity.Tests -v quiet
ONNX_SENTIMENT_PARITY_LOG=$log ONNX_SENTIMENT_MUTATIONS=$mutations dotnet test tests/Parity.Tests -c Release --no-build || status=1
tables=$(build/parity-table.sh "$log") || status=1

# version NAME COMMAND…: a line of the list, or that the tool was missing.
version() {
    local name=$1
    shift
    printf -- '- %s: %s\n' "$name" "$("$@" 2>/dev/null || echo 'not here')"
}
package() { sed -n "s/.*Include=\"$1\" Version=\"\(.*\)\" .*/\1/p" Directory.Packages.props; }
python() { /usr/bin/python3 -W ignore -c "import $1; print($1.__version__)"; }
npm_package() { sed -n 's/^ *"version": "\(.*\)",/\1/p' "build/outside/node_modules/$1/package.json"; }
cpu() { sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1; }

cat >docs/parity.md <<EOF
# Parity

What an exported file computes, measured against everything that can compute the same. \`build/parity-report.sh\` writes this
page; CI measures the same on every run and fails where a difference exceeds its tolerance.

A cell is the largest absolute difference over all texts and both outputs, logit and probability; in the table of shapes, also
over the five readouts (last, max, mean, max_mean, attention). The models have random weights that differ gate by gate.
TorchSharp and ONNX Runtime read texts of 1 token, of the maximum, and of unequal lengths between, in batches of 1 to 13, and
every id of the vocabulary; the outside tools read the two data sets stored beside each file, seven texts of equal and seven of unequal lengths. In the table of
precisions, the first column is the model that ships, on random ids as every export reads them; on real reviews int8 differs more
([precisions.md](precisions.md)). The columns:

- **TorchSharp** and **ONNX Runtime** against the reference evaluator, which computes the checkpoint in double precision.
- **onnx checker**: the standard's own \`check_model(full_check=True)\`, and its strict shape inference finds the types that the
  file states. It computes nothing; this version reads opsets up to 17.
- **PyTorch**: \`weights.safetensors\` loaded with \`load_state_dict(strict=True)\`, against the outputs stored beside the file.
- **onnxruntime-node** and **onnxruntime-web** (WebAssembly, in headless Chromium): the file against those stored outputs.

PyTorch's own export of the shipped weights is compared with ours in the table \`torch.onnx.export\` of the same network. \`plain.onnx\` has no lengths and so reads
padding as text; \`packed.onnx\` has them and runs only for batches as large as the example it was traced with.
\`build/outside/compare-export.sh\` compares their speed.

$tables

$(build/mutations.sh --section "$mutations")

## Versions

$(version "TorchSharp" package TorchSharp-cpu)
$(version "ONNX Runtime" package Microsoft.ML.OnnxRuntime)
$(version "onnx" python onnx)
$(version "PyTorch" python torch)
$(version "onnxruntime-node" npm_package onnxruntime-node)
$(version "onnxruntime-web" npm_package onnxruntime-web)
$(version "Chromium" bash -c "chromium --version --no-sandbox | cut -d ' ' -f 2")
$(version ".NET SDK" dotnet --version)
$(version "Processor" cpu)
EOF
echo "docs/parity.md: $(tail -n 1 <<<"$tables")"
exit "$status"
