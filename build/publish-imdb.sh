#!/usr/bin/env bash
# Exports models/imdb/checkpoint to models/imdb/model.onnx and int8/model.onnx, verifies and evaluates both, and writes the
# model card with the figures that were printed.
#
#   build/publish-imdb.sh DATA     DATA: aclImdb_v1.tar.gz or its folder, or the word imdb: a download
set -euo pipefail
[[ $1 == imdb ]] && data=imdb || data=$(realpath -e "$1")
cd "$(dirname "${BASH_SOURCE[0]}")/../models/imdb"

tool() { dotnet run -c Release --no-build --project ../../src/Cli -- "$@"; }

exported=$(tool export --checkpoint checkpoint --out model.onnx)
echo "$exported"
small=$(tool export --checkpoint checkpoint --out int8/model.onnx --precision int8 --data "$data")
echo "$small"
verified=$(tool verify model.onnx --against checkpoint --data "$data")
echo "$verified"
evaluated=$(tool evaluate --model model.onnx --data "$data" --by length --by rating --pictures pictures)
echo "$evaluated"
evaluated_small=$(tool evaluate --model int8/model.onnx --data "$data" | head -n 7)
hard=$(tool predict --model model.onnx --input ../../build/hard-examples.csv)
graph=$(tool inspect --model model.onnx)
block() { printf '```\n%s\n```\n' "$1"; }
# The verdicts on build/hard-examples.csv as rows of a table: text, what a person would say, label, probability of its being positive.
hard_rows() {
    echo "$hard" | sed -E 's/^\{"label":"([a-z]+)","probability":([0-9.eE+-]+),"input_label":"([a-z]+)","text":"(.*)"\}$/\4|\3|\1|\2/' |
        awk -F '|' '{ printf "| %s | %s | %s | %.2f |\n", $1, $2, $3 == $2 ? $3 : "**" $3 "**", $4 }'
}
# With a comma for thousands, as everywhere.
grouped() { sed -E ':a; s/([0-9])([0-9]{3})($|,)/\1,\2\3/; ta'; }
count() { value "$1" | grouped; }
value() { grep -o "\"$1\": [^,]*" checkpoint/config.json | head -n 1 | sed 's/.*: //; s/"//g'; }

cat >README.md <<EOF
# The IMDB model

A bidirectional LSTM that tells positive from negative English film reviews, trained by this project in C# with the preset \`imdb\`
and exported as standard ONNX: \`model.onnx\` in float32, \`int8/model.onnx\` with 8-bit weights. Padding is masked, probabilities are
calibrated, and both files carry their vocabulary. [docs/accuracy.md](../../docs/accuracy.md) tells what each step of the training
brings, and how much the seed does.

This card is written by \`build/train-imdb.sh\`, figures included.

## Data

Large Movie Review Dataset v1.0 (Maas et al., ACL 2011): 25,000 labeled train and 25,000 test reviews, half of them
positive (7 to 10 stars), half negative (1 to 4 stars), no film in both splits. Of the train split, $(count train_count) reviews trained
the weights and $(count validation_count), drawn label by label, chose the epoch, weighed the teachers and fitted the temperature; of its
$(count unlabelled_count) reviews without labels the word vectors were made too, and soft labels for them taught the network. The test split was
looked at once, with the chosen weights. SHA-256 over the texts: \`$(value sha256)\`.

The reviews are not part of this repository, and the model holds none of them: only the $(wc -l <checkpoint/vocab.txt | grouped) ids of its vocabulary.

## Settings

Preset \`imdb\` (\`src/Trainer/Recipes/Imdb.cs\`) with \`--unlabelled\`, seed $(value seed). All settings are in \`checkpoint/config.json\`.

![Loss and accuracy over the epochs](checkpoint/curves.png)

Epoch $(value epoch) of $(grep -c '"epoch":' checkpoint/history.json) of the last network has the lowest validation loss. The curves of training are against soft labels.

## Accuracy

On the 25,000 test reviews, run through ONNX Runtime (\`onnx-sentiment evaluate --by length --by rating\`). ECE is the expected
calibration error: how far, on average, the probability of the predicted label is from the share of such predictions that are right.

$(block "$evaluated")

The file of 8 bits ($(stat -c %s int8/model.onnx | grouped) bytes against $(stat -c %s model.onnx | grouped)):

$(block "$evaluated_small")

![How often predictions are right, by their probability](pictures/reliability.png)

Temperature $(printf %.3f "$(value temperature)"): the logits were divided by it, and that is folded into the last layer.

## Known failures

Sentences of our own wording on which such models stumble: irony, praise and blame of different things, words of blame for what a
film shows, denials. Wrong verdicts are in bold; the last column is the probability of *positive*.

| text | a person would say | the model says | |
|---|---|---|---|
$(hard_rows)

## Parity

ONNX Runtime on the file, against the outputs stored in \`test_data_set_0\` and \`_1\`, the reference evaluator in double
precision, and TorchSharp (\`onnx-sentiment verify --data\`; the texts are taken evenly from the test reviews):

$(block "$verified")

## The graph

$(block "$graph")

## Limits

- Reads the last $(value maximum_length) ids of a text, in lower case; what stands before is not seen.
- Knows $(echo $(($(wc -l <checkpoint/vocab.txt) - 3)) | grouped) words and signs; all others are one unknown word. It has learned from English film reviews alone: texts of other kinds
  or languages get a probability all the same.
- Two classes: mixed or neutral texts have no class of their own. The probability is calibrated on film reviews alone.
- Reviews carry the opinions of those who wrote them; names of people, countries or groups can move a prediction. Do not
  decide about people with it.
EOF
