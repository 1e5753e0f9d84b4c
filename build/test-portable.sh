#!/usr/bin/env bash
# test-portable.sh [NAME…]: runs the test projects that need no Linux (or those named), as they were built for Release,
# and leaves their results in artifacts/test-results. For the other systems of CI: bash 3.2 of macOS and that of Git for
# Windows have to do.
# Left out are Packaging.Tests, which run scripts of build/, Server.Tests, which send signals and read /proc, and
# Architecture.Tests, which read the sources and find the same everywhere.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1

results=$PWD/artifacts/test-results status=0
mkdir -p "$results"
(($# > 0)) || set -- Core Onnx OnnxExporter Evaluation Runtime Parity OnnxExporter.TorchSharp Trainer Cli
for name in "$@"; do
    build/test-project.sh "$name.Tests" "$results" || status=1
done
exit "$status"
