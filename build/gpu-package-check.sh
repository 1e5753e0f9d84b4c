#!/usr/bin/env bash
# Builds the tool and the server with the GPU package of ONNX Runtime and asks `doctor --device cuda`, on a machine without
# the libraries for it, whether it names every one that is missing: so the switch works where nobody has a GPU.
# build/gpu-check.sh is for a machine that has one.
#
#   build/gpu-package-check.sh     needs the network; 900 MB of packages and as much of output, both deleted at the end
#
# A line for each check; the exit code is 1 if one failed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source build/checks.sh

# Of a build for CUDA 13, as the package is.
libraries=(libcuda.so.1 libcudart.so.13 libcublas.so.13 libcublasLt.so.13 libcurand.so.10 libcudnn.so.9)

# Beside the checkout's own output, which is that of the default package, and on the same disk, so that links can be made.
work=$PWD/artifacts/gpu-package
trap 'rm -rf "$work"' EXIT
rm -rf "$work"
mkdir -p "$work"
cache=$(dotnet nuget locals global-packages --list | sed 's/^global-packages: //')

# Analyzers have seen the sources in the other build.
build() {
    dotnet build "src/$1" -c Release -v quiet --artifacts-path "$work" -p:OnnxRuntimePackage=Microsoft.ML.OnnxRuntime.Gpu \
        -p:RestorePackagesPath="$work/packages" -p:RestoreFallbackFolders="$cache" -p:RunAnalyzers=false \
        -p:CreateHardLinksForCopyLocalIfPossible=true
}

output() { echo "$work/bin/$1/release"; }

for project in Cli Server; do
    build "$project" || { failed "build-$project" "see above"; continue; }
    provider=$(find "$(output "$project")" -name libonnxruntime_providers_cuda.so)
    check "build-$project" "it carries the provider '${provider#"$work"/}'" test -n "$provider"
done

for library in "${libraries[@]}"; do
    if ldconfig -p | grep -qF "$library"; then skipped doctor "$library is here: build/gpu-check.sh has more to say"; end_of_checks; exit 0; fi
done

code=0
report=$(dotnet "$(output Cli)/OnnxSentiment.Cli.dll" doctor --device cuda 2>&1) || code=$?
echo "$report"
check exit-code "doctor ended with $code, expected 1" test "$code" -eq 1
verdict=$(grep -E '^ +cuda:0 +cannot be used' <<<"$report") || true
for library in "${libraries[@]}"; do
    check "$library" "listed as missing" grep -qE "^ +$library .* missing$" <<<"$report"
    check "$library" "named where cuda:0 cannot be used" grep -qF "$library" <<<"$verdict"
done

end_of_checks
