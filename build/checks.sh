# Sourced by scripts that check several things. Each check prints one line, "PASSED name: what was found", "FAILED …" or
# "SKIPPED …", which tests/Packaging.Tests reads; all checks run, and end_of_checks exits with 1 if one of them failed.
failures=0

passed() { echo "PASSED $1: $2"; }

skipped() { echo "SKIPPED $1: $2"; }

failed() {
    echo "FAILED $1: $2"
    failures=$((failures + 1))
}

# check NAME WORDS COMMAND…: passed if the command succeeds.
check() {
    local name=$1 words=$2
    shift 2
    if "$@"; then passed "$name" "$words"; else failed "$name" "$words"; fi
}

end_of_checks() {
    ((failures == 0)) || { echo "$(basename "$0"): $failures failed" >&2; exit 1; }
}
