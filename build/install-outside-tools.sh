#!/usr/bin/env bash
# Installs what the tests of the category "Outside" compare with; a test whose tool is missing is skipped and says so.
#
#   build/install-outside-tools.sh     as root on Debian, for the packages of apt; without root only those of npm
#
# Each part is tried on its own; the last line names what is missing, and the exit code is then 1.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/outside" || exit 1

missing=()
started=$SECONDS

has_packages() { dpkg-query --show --showformat='${db:Status-Abbrev}\n' "$@" 2>/dev/null | grep -vqx 'ii ' && return 1; dpkg-query --show "$@" >/dev/null 2>&1; }

# apt_install PACKAGE…: nothing to do where they are there already.
apt_install() {
    if has_packages "$@"; then return; fi
    if ((EUID != 0)) || [[ -z $(command -v apt-get) ]]; then
        missing+=("$* (apt-get as root)")
        return
    fi
    local options=(--yes --quiet --no-install-recommends -o Dpkg::Use-Pty=0)
    export DEBIAN_FRONTEND=noninteractive
    apt-get install "${options[@]}" "$@" >/dev/null \
        || { apt-get update --quiet >/dev/null && apt-get install "${options[@]}" "$@" >/dev/null; } \
        || missing+=("$*")
}

npm_install() {
    local package
    if [[ -z $(command -v npm) ]]; then missing+=("npm"); return; fi
    # Without scripts: that of onnxruntime-node downloads CUDA libraries; the one for CPUs is in the package.
    npm install --ignore-scripts --no-package-lock --no-audit --no-fund --loglevel=error || missing+=("packages of npm")
    for package in onnxruntime-node onnxruntime-web; do
        [[ -f node_modules/$package/package.json ]] || missing+=("$package")
    done
}

apt_install python3-onnx python3-torch python3-numpy
apt_install chromium
npm_install

echo "install-outside-tools.sh: $((SECONDS - started)) s"
if ((${#missing[@]} > 0)); then
    printf 'install-outside-tools.sh: MISSING: %s; their tests will be skipped\n' "${missing[@]}" >&2
    exit 1
fi
