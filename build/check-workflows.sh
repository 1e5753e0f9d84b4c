#!/usr/bin/env bash
# check-workflows.sh [FILE…]: checks workflows and actions of GitHub; by default those of this repository and the workflow
# that docs/ci.md shows. They cannot run outside GitHub, so what can be known without running them is checked here:
#
#   schema: by action-validator, against the published schemas of workflows and actions
#   meaning: by GitHub's own language service: contexts, functions, `needs`, workflows that are called, inputs
#   script: the syntax of each `run:` step, by bash -n
#   shellcheck: what else is wrong in them
#
# A line for each check; the exit code is 1 if one failed. What build/install-outside-tools.sh has not installed is skipped.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source build/checks.sh

tools=build/outside/node_modules scripts=$(mktemp --directory)
trap 'rm -rf "$scripts"' EXIT

# shown PAGE FILE: the first YAML of a page that is a workflow.
shown() { awk '/^```/ { if (on) exit; on = ($0 == "```yaml") && !seen++; next } on' "$1" >"$2"; }

if [[ -z $(command -v node) || ! -d $tools/@action-validator/cli || ! -d $tools/@actions/languageservice ]]; then
    for name in schema meaning script shellcheck; do
        skipped "$name" "node, or a validator in $tools, is missing; build/install-outside-tools.sh installs them"
    done
    exit 0
fi

files=("$@")
if ((${#files[@]} == 0)); then
    shown docs/ci.md "$scripts/docs-ci.yml"
    files=(.github/workflows/*.yml action.yml "$scripts/docs-ci.yml")
fi

for file in "${files[@]}"; do
    check schema "${file#"$scripts/"}" node "$tools/@action-validator/cli/cli.mjs" "$file"
done
# One process for all, which takes a second to start; it prints the lines of the checks itself.
node build/outside/check_workflow.js "${files[@]}" | sed "s|$scripts/||" || failures=$((failures + 1))

check script "no expression stands in a script" node build/outside/workflow_steps.js "$scripts" "${files[@]}"
cd "$scripts"
for script in *.sh; do check script "$script" bash -n "$script"; done
if [[ -n $(command -v shellcheck) ]]; then
    check shellcheck "$(printf '%s\n' *.sh | wc -l) scripts" shellcheck --shell=bash --severity=warning ./*.sh
else
    skipped shellcheck "it is not installed"
fi

end_of_checks
