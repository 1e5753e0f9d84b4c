#!/usr/bin/env bash
# Exports models/imdb/checkpoint to models/imdb/model.onnx, verifies and evaluates it, and writes the model card with the
# figures that were printed.
#
#   build/publish-imdb.sh DATA     DATA: aclImdb_v1.tar.gz or its folder
set -euo pipefail
data=$(realpath "$1")
cd "$(dirname "${BASH_SOURCE[0]}")/../models/imdb"

tool() { dotnet run -c Release --no-build --project ../../src/Cli -- "$@"; }

exported=$(tool export --checkpoint checkpoint --out model.onnx)
echo "$exported"
verified=$(tool verify --checkpoint checkpoint --model model.onnx --data "$data" 2>/dev/null)
echo "$verified"
evaluated=$(tool evaluate --model model.onnx --data "$data" 2>/dev/null)
echo "$evaluated"
graph=$(tool inspect --model model.onnx)
block() { printf '```\n%s\n```\n' "$1"; }
value() { grep -o "\"$1\": [^,]*" checkpoint/config.json | head -n 1 | sed 's/.*: //; s/"//g'; }

cat >README.md <<EOF
# The IMDB model

A bidirectional LSTM that tells positive from negative English film reviews: the network of the widely read Keras
tutorial, trained by this project in C# and exported as standard ONNX. It is here to be tried and to be checked, not the
most accurate model that can be had.

This card is written by \`build/train-imdb.sh\`, figures included.

## Data

Large Movie Review Dataset v1.0 (Maas et al., ACL 2011): 25,000 labelled train and 25,000 test reviews, half of them
positive (7 to 10 stars), half negative (1 to 4 stars), no film in both splits. Of the train split, $(value train_count) reviews trained
the weights and $(value validation_count), drawn label by label, chose the epoch. The test split was looked at once, with the chosen weights.
SHA-256 over the labelled texts: \`$(value sha256)\`.

The reviews are not part of this repository, and the model holds none of them: only the $(wc -l <checkpoint/vocab.txt) ids of its vocabulary.

## Settings

Preset \`keras-tutorial\` (\`src/Trainer/Training/Presets/KerasTutorial.cs\`), seed $(value seed). All of them are in \`checkpoint/config.json\`.

![Loss and accuracy over the epochs](checkpoint/curves.png)

Epoch $(value epoch) of $(grep -c '"epoch":' checkpoint/history.json) has the lowest validation loss; later ones fit the training reviews better and new reviews worse.

## Accuracy

On the 25,000 test reviews, run through ONNX Runtime (\`onnx-sentiment evaluate\`):

$(block "$evaluated")

## Parity

ONNX Runtime on the file, against the outputs stored in \`test_data_set_0\` and \`_1\`, the reference evaluator in double
precision, and TorchSharp (\`onnx-sentiment verify --data\`; the texts are taken evenly from the test reviews):

$(block "$verified")

## The graph

$(block "$graph")

## Limits

- Reads the last $(value maximum_length) ids of a text, in lower case and without punctuation; what stands before is not seen.
- Knows 10,000 words; all others are one unknown word. It has learned from English film reviews alone: texts of other kinds
  or languages get a probability all the same.
- Two classes: mixed or neutral texts have no class of their own. The probability is not calibrated.
- Reviews carry the opinions of those who wrote them; names of people, countries or groups can move a prediction. Do not
  decide about people with it.
EOF
