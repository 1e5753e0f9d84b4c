#!/usr/bin/env bash
# Turns measurements into Markdown tables; exits with 1 if one of them failed, or if there are none.
#
#   build/parity-table.sh LOG     LOG: what the tests wrote to the file that ONNX_SENTIMENT_PARITY_LOG named
#
# A table for each name in the log's first column; a cell is the largest of its measurements.
set -euo pipefail

awk -F '\t' '
function add(list, n, key) { list[n] = key; return n + 1 }
# With a comma before every three digits.
function grouped(n,   digits) {
    digits = n ""
    while (match(digits, /[0-9][0-9][0-9][0-9](,|$)/)) {
        digits = substr(digits, 1, RSTART) "," substr(digits, RSTART + 1)
    }
    return digits
}
{
    if (NF != 6) { printf "line %d of the log has %d columns, not 6\n", NR, NF > "/dev/stderr"; bad = 1; next }
    table = $1; row = $1 FS $2; column = $1 FS $3; cell = row FS $3
    if (!(table in rows)) { tables[count++] = table; rows[table] = columns[table] = 0 }
    if (!(row in seen)) { seen[row] = 1; rowName[table, rows[table]++] = $2 }
    if (!(column in seen)) { seen[column] = 1; columnName[table, columns[table]++] = $3 }
    if (!(cell in value) || $4 + 0 > value[cell] + 0) value[cell] = $4
    if ($5 != "" && index(FS allowed[row] FS, FS $5 FS) == 0) allowed[row] = allowed[row] == "" ? $5 : allowed[row] FS $5
    if ($6 != "yes") { failed[cell] = failed[row] = 1; failures++ }
    measured[table]++
}
END {
    for (t = 0; t < count; t++) {
        table = tables[t]
        printf "%s## %s\n\n| |", t ? "\n" : "", table
        line = "|---|"
        for (c = 0; c < columns[table]; c++) { printf " %s |", columnName[table, c]; line = line "---|" }
        printf " allowed | |\n%s---|---|\n", line
        for (r = 0; r < rows[table]; r++) {
            row = table FS rowName[table, r]
            printf "| %s |", rowName[table, r]
            for (c = 0; c < columns[table]; c++) {
                cell = row FS columnName[table, c]
                printf " %s |", (cell in value) ? (cell in failed ? "**" value[cell] "**" : value[cell]) : "–"
            }
            gsub(FS, "; ", allowed[row])
            printf " %s | %s |\n", allowed[row], row in failed ? "**failed**" : "passed"
        }
        total += measured[table]
    }
    printf "\n%s measurements, %s failed.\n", grouped(total + 0), grouped(failures + 0)
    exit bad || failures > 0 || total == 0
}' "$1"
