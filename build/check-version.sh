#!/usr/bin/env bash
# check-version.sh TAG: fails unless the tag is "v" and the version that the packages carry.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

version=$(dotnet msbuild src/Runtime -getProperty:PackageVersion)
if [[ ${1:-} != "v$version" ]]; then
    echo "check-version.sh: the tag is '${1:-}', but the packages have the version $version, so that v$version was" \
        "expected. Set <Version> in Directory.Build.props, or move the tag." >&2
    exit 1
fi
echo "$1 is the version of the packages."
