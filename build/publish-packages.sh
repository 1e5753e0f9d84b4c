#!/usr/bin/env bash
# publish-packages.sh FOLDER: pushes the packages and symbols of a folder to the feed NUGET_SOURCE with the key
# NUGET_API_KEY. A version that is there already is left alone, so that a run that broke off can be repeated.
set -euo pipefail

fail() {
    echo "publish-packages.sh: $1" >&2
    exit 2
}

[[ -n ${NUGET_SOURCE:-} ]] \
    || fail "NUGET_SOURCE is not set; expected a feed's address, or the name of one that this machine knows."
[[ -n ${NUGET_API_KEY:-} ]] || fail "NUGET_API_KEY is not set; expected a key of '$NUGET_SOURCE'."
compgen -G "${1:-}/*.nupkg" >/dev/null || fail "'${1:-}' holds no packages; build/pack.sh makes them."

dotnet nuget push "$1/*.nupkg" --source "$NUGET_SOURCE" --api-key "$NUGET_API_KEY" --skip-duplicate
