#!/usr/bin/env bash
# Compares the traditional network with RNN, LSTM, GRU and their bidirectional forms on the real reviews, and puts the report
# into docs/compare. Continues where an interrupted run stopped; the models stay in artifacts/compare.
#
#   build/compare-imdb.sh [DATA]     DATA: aclImdb_v1.tar.gz or its folder; default $ONNX_SENTIMENT_IMDB, else a download
#
# Times are part of the report: run it on a machine that does nothing else.
set -euo pipefail
data=${1:-${ONNX_SENTIMENT_IMDB:-imdb}}
[[ $data == imdb ]] || data=$(realpath -e "$data")
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# The settings are keras-tutorial's. Recurrent networks are best after one to three epochs, while a bag of words learns for many
# more: so all have many, and whoever has not improved for two of them stops.
dotnet build -c Release src/Cli -v quiet
dotnet run -c Release --no-build --project src/Cli -- \
    compare --data "$data" --out artifacts/compare --epochs 20 --set patience=2 --resume

mkdir -p docs/compare
cp artifacts/compare/report.md artifacts/compare/report.json artifacts/compare/*.png docs/compare/
echo "docs/compare/report.md"
