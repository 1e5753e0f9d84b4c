#!/usr/bin/env bash
# Times models/imdb/model.onnx beside what torch.onnx.export makes of the same weights, in one process and one run.
#
#   build/outside/compare-export.sh     needs what build/install-outside-tools.sh installs
#
# Both graphs read the same texts of 200 tokens each, by turns; printed are medians, and ours as a share of PyTorch's.
# A share depends little on the machine, and still too much for a test.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
PYTHONWARNINGS=ignore PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3 export_torch.py ../../models/imdb/checkpoint "$folder"
node time_models.js ../../models/imdb/model.onnx "$folder/plain.onnx"
