#!/usr/bin/env bash
# Installs what the tests of the categories "Outside" and "Packaging", and build/bench.sh, need; a test whose tool is missing is
# skipped and says so.
#
#   build/install-outside-tools.sh     as root on Debian, for the packages of apt; without root only those of npm
#
# Each part is tried on its own; the last line names what is missing, and the exit code is then 1.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/outside" || exit 1

missing=()
started=$SECONDS

# installed PACKAGE…: whether all of them are.
installed() {
    local package
    for package in "$@"; do
        [[ $(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || return 1
    done
}

# apt_install PACKAGE…: nothing to do where they are there already; a second try with fresh lists.
apt_install() {
    if installed "$@"; then return; fi
    if ((EUID != 0)) || [[ -z $(command -v apt-get) ]]; then
        missing+=("$* (needs apt-get and root)")
        return
    fi
    local install=(apt-get install --yes --quiet --no-install-recommends "$@")
    export DEBIAN_FRONTEND=noninteractive
    "${install[@]}" >/dev/null || { apt-get update --quiet >/dev/null && "${install[@]}" >/dev/null; } || missing+=("$*")
}

npm_install() {
    if [[ -z $(command -v npm) ]]; then
        missing+=("onnxruntime-node onnxruntime-web (need npm)")
        return
    fi
    # Without scripts: that of onnxruntime-node downloads CUDA libraries; the one for CPUs is in the package.
    npm install --ignore-scripts --no-package-lock --no-audit --no-fund --loglevel=error \
        || missing+=("onnxruntime-node onnxruntime-web")
}

apt_install python3-onnx python3-torch python3-numpy
# What links a native executable; clang, where there is one, is taken instead.
if [[ -z $(command -v clang) ]]; then apt_install gcc libc6-dev; fi
apt_install shellcheck
apt_install chromium
apt_install fasttext
# build/load.sh and build/protocol-check.sh.
apt_install wrk curl jq
apt_install python3-grpcio python3-protobuf
npm_install

echo "install-outside-tools.sh: $((SECONDS - started)) s"
if ((${#missing[@]} > 0)); then
    printf 'install-outside-tools.sh: MISSING: %s; their tests will be skipped\n' "${missing[@]}" >&2
    exit 1
fi
