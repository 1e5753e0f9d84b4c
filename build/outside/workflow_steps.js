// workflow_steps.js FOLDER FILE…: writes the script of each `run:` step in bash to FOLDER, under a name that says which
// step it is: file.job.number.sh. Expressions in a script are errors: they are how a title of a pull request becomes code.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';

const [folder, ...files] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });

const stepsOf = document => document.runs
    ? [['action', document.runs.steps]]
    : Object.entries(document.jobs).filter(([, job]) => job.steps).map(([name, job]) => [name, job.steps]);

for (const file of files) {
    for (const [job, steps] of stepsOf(parse(readFileSync(file, 'utf8')))) {
        for (const [index, step] of steps.entries()) {
            if (step.run === undefined) continue;
            if (step.run.includes('${{')) {
                console.error(`${file}, job ${job}, step ${index + 1}: an expression stands in a script. ` +
                    'Hand it over in env.');
                process.exitCode = 1;
            }

            const name = `${basename(file, '.yml')}.${job}.${index + 1}.sh`;
            writeFileSync(join(folder, name), `set -euo pipefail\n${step.run}`);
        }
    }
}
