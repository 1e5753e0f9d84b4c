#!/usr/bin/env bash
# Makes models/imdb from the real reviews: trains with the preset imdb and the reviews without labels, exports, verifies, evaluates,
# and writes the model card from what was printed. Continues where an interrupted run stopped; what lies trained in artifacts/imdb is
# not trained again.
#
#   build/train-imdb.sh [DATA]     DATA: aclImdb_v1.tar.gz or its folder; default $ONNX_SENTIMENT_IMDB, else a download
set -euo pipefail
data=${1:-${ONNX_SENTIMENT_IMDB:-imdb}}
[[ $data == imdb ]] || data=$(realpath -e "$data")
cd "$(dirname "${BASH_SOURCE[0]}")/.."

mkdir -p models/imdb
[[ -f models/imdb/verification.json ]] || : >models/imdb/verification.json
[[ -f models/imdb/model.onnx ]] || : >models/imdb/model.onnx # the tool's project copies it; it is written below
dotnet build -c Release src/Cli -v quiet
dotnet run -c Release --no-build --project src/Cli -- \
    train --data "$data" --preset imdb --unlabelled --out artifacts/imdb --resume

rm -rf models/imdb/checkpoint
cp -r artifacts/imdb models/imdb/checkpoint
build/publish-imdb.sh "$data"
