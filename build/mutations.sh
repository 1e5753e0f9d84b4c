#!/usr/bin/env bash
# Breaks one thing at a time in small exported models, more than 2,000 times, sees who notices, prints the table, and
# writes it into docs/parity.md.
#
#   build/mutations.sh                  the exit code is 1 if a variant that changes an output was not found
#   build/mutations.sh --section FILE   only the page's section, from a table that the tests wrote: for parity-report.sh
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

section() {
    cat <<'EOF'
## Mutations

One thing at a time is broken in 24 exported models, every cell in every precision that has it, with seeded changes of what the
file stores, of attributes, and of what nodes read. A variant *changes an output* if ONNX Runtime refuses it, or if any of some
200 inputs, every word of the vocabulary among them, gets another label or, beyond the tolerance of the precision, another number
than from the original. `build/mutations.sh` writes this section.

`verify` compares weights, graph, and values; the column after it is what the values alone find. A server sees the sum in
`verification.json` and the stored test data.

EOF
    cat "$1"
}

if [[ ${1:-} == --section ]]; then
    section "$2"
    exit
fi

table=$PWD/artifacts/mutations.md
mkdir -p artifacts
rm -f "$table"
status=0
dotnet build -c Release tests/Parity.Tests -v quiet
ONNX_SENTIMENT_MUTATIONS=$table dotnet test tests/Parity.Tests -c Release --no-build --filter FullyQualifiedName~MutationTests ||
    status=1
cat "$table"

# In place of the section that is there, or before the versions.
section "$table" >artifacts/mutations-section.md
awk -v file=artifacts/mutations-section.md '
function insert() { while ((getline line < file) > 0) print line; print ""; done = 1 }
/^## / { skipping = $0 == "## Mutations"; if (!done && (skipping || $0 == "## Versions")) insert() }
!skipping' docs/parity.md >artifacts/parity.md
cp artifacts/parity.md docs/parity.md
exit "$status"
