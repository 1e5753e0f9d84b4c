#!/usr/bin/env bash
# Packs every project with IsPackable into artifacts/packages and uses the packages as somebody else would:
# tests/PackageConsumer knows nothing of this repository, restores them from that folder, and predicts; so do the test
# projects in samples, which assert in three test frameworks.
#
#   build/pack.sh     ONNX_SENTIMENT_APPROVE=1 accepts what the packages contain now
#
# A line for each check; the exit code is 1 if one failed. What the packages may contain and depend on stands in
# tests/PackageConsumer/packages.approved.txt.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source build/checks.sh

root=$PWD packages=$PWD/artifacts/packages consumer=$PWD/artifacts/package-consumer
samples=$PWD/artifacts/samples
approved=tests/PackageConsumer/packages.approved.txt
mapfile -t projects < <(grep -l '<IsPackable>true</IsPackable>' src/*/*.csproj | LC_ALL=C sort)
mapfile -t names < <(printf '%s\n' "${projects[@]}" | sed 's|.*/\(.*\)\.csproj|OnnxSentiment.\1|')
rm -rf "$packages" "$consumer" "$samples"
mkdir -p "$packages" "$consumer" "$samples"

# The time that the files in a package carry: the commit's, so that the same commit gives the same bytes (any fixed
# time elsewhere).
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct 2>/dev/null || echo 946684800)
export SOURCE_DATE_EPOCH ContinuousIntegrationBuild=true

# One build of them all, as a part of the solution: what they share is looked at once.
printf '{ "solution": { "path": "../../OnnxSentiment.sln", "projects": [%s] } }' \
    "$(printf '"%s"\n' "${projects[@]}" | paste -sd ,)" >"$consumer/packages.slnf"
pack() { dotnet pack "$consumer/packages.slnf" -c Release -v quiet -p:PackageOutputPath="$1" "${@:2}"; }

# A private folder, or version 0.1.0 of an earlier run would hide the new one; what others made is taken from the
# machine's own folder, unless that knows a package of ours.
cache=$(dotnet nuget locals global-packages --list | sed 's/^global-packages: //')
if compgen -G "$cache/onnxsentiment.*" >/dev/null; then cache=; fi

# restore_and_build PROJECT OUTPUT OPTION…
restore_and_build() {
    dotnet build "$1" -c Release -v quiet --artifacts-path "$2" \
        -p:RestorePackagesPath="$consumer/packages" -p:RestoreFallbackFolders="$cache" "${@:3}"
}

restored() { echo "$consumer/packages/${1,,}/$version"; }

# contents NAME: the files of a restored package, without what the restore itself adds, and its dependencies.
contents() {
    local nuspec
    nuspec=$(restored "$1")/${1,,}.nuspec
    echo "$1"
    (cd "$(restored "$1")" && find . -type f ! -name '.nupkg.metadata' ! -name '*.nupkg*' ! -name '*.nuspec' \
        -printf '  file %P\n' | LC_ALL=C sort)
    sed -n 's/.*<dependency id="\([^"]*\)" version="\([^"]*\)".*/  dependency \1 \2/p' "$nuspec" \
        | sed "s/ $version\$/ of the same version/"
}

pack "$packages"
version=$(dotnet msbuild src/Runtime -getProperty:PackageVersion)
onnx_runtime=$(sed -n 's/.*Include="Microsoft.ML.OnnxRuntime" Version="\(.*\)" .*/\1/p' Directory.Packages.props)

pack "$consumer/again" --no-build
check deterministic "packing again gives the same $(cat "$packages"/* | wc -c) bytes" diff -rq "$packages" "$consumer/again"

restore_and_build tests/PackageConsumer "$consumer" -p:OnnxSentimentPackages="$(printf '%s%%3B' "${names[@]}")" \
    -p:OnnxSentimentVersion="$version" -p:OnnxRuntimeVersion="$onnx_runtime"
for name in "${names[@]}"; do
    check restored "the restored $name is the one in artifacts/packages" \
        cmp "$packages/$name.$version.nupkg" "$(restored "$name")/${name,,}.$version.nupkg"
done

for name in "${names[@]}"; do contents "$name"; done >"$consumer/contents.txt"
cat "$consumer/contents.txt"
if [[ ${ONNX_SENTIMENT_APPROVE:-} == 1 ]]; then cp "$consumer/contents.txt" "$approved"; fi
check contents "files and dependencies are those of $approved" diff "$approved" "$consumer/contents.txt"

# From a folder of its own, where nothing of this repository lies beside it.
predicted=$(cd "$consumer" && dotnet bin/PackageConsumer/release/PackageConsumer.dll "$root/models/imdb/model.onnx") || true
check consumer "it predicted '$predicted', expected 'positive negative'" [ "$predicted" = "positive negative" ]

# The samples, all three as their README says; then each with a file half of whose embedding is 0.
frameworks=(MSTest NUnit XUnit)
restore_and_build samples/Samples.slnx "$samples"
dotnet test samples/Samples.slnx -c Release --no-build --artifacts-path "$samples" >"$samples/all.log" 2>&1 || true
cat "$samples/all.log"
check samples "the tests in ${frameworks[*]} pass" [ "$(grep -c '^Passed!' "$samples/all.log")" = "${#frameworks[@]}" ]

failing=()
for name in "${frameworks[@]}"; do
    output=$samples/bin/$name.Sample/release
    dd if=/dev/zero of="$output/models/model.onnx" bs=1M seek=2 count=4 conv=notrunc status=none
    dotnet test "$output/$name.Sample.dll" >"$samples/$name.log" 2>&1 || failing+=("$name")
    grep "'models/model.onnx' does not agree with " "$samples/$name.log" || failing+=("$name, without the file's name")
done
check wrong "with a damaged file fails ${failing[*]:-none}, expected ${frameworks[*]}" \
    [ "${failing[*]}" = "${frameworks[*]}" ]

end_of_checks
