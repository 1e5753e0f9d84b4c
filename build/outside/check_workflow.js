// check_workflow.js FILE…: checks the meaning of workflows and actions by GitHub's own language service: unknown keys,
// contexts, functions, jobs that `needs` names, workflows that are called. A line for each file, "PASSED meaning: FILE" or
// "FAILED meaning: FILE", the problems above it. Exit code 1 if there are any.
import { readFileSync } from 'node:fs';
import { register } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

// The service imports its schemas as bundlers allow it; Node.js wants to be told that they are JSON.
const hook = `export const load = (url, context, next) =>
    next(url, url.endsWith('.json') ? { ...context, importAttributes: { type: 'json' } } : context);`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);
const { validate } = await import('@actions/languageservice');
const { parse } = await import('yaml');
const { TextDocument } = await import('vscode-languageserver-textdocument');

// Variables and secrets are kept by GitHub; every name may exist.
const contextProviderConfig = {
    getContext: async (name, context) => {
        if (name === 'vars' || name === 'secrets') context.complete = false;
        return context;
    },
};

// Workflows that are called from this repository.
const fileProvider = {
    getFileContent: async ({ path }) => ({ name: path, content: readFileSync(path.replace(/^\.\//, ''), 'utf8') }),
};

// The service knows neither the inputs of an action beside the workflow nor those of the action itself.
const inputsOf = action => Object.keys(parse(readFileSync(action, 'utf8')).inputs ?? {});
const unknownInputs = (file, text) => {
    const document = parse(text);
    if (document.runs) {
        const used = [...text.matchAll(/\binputs\.([\w-]+)/g)].map(match => match[1]);
        return used.filter(name => !inputsOf(file).includes(name));
    }

    const steps = Object.values(document.jobs).flatMap(job => job.steps ?? []);
    return steps.filter(step => step.uses === './')
        .flatMap(step => Object.keys(step.with ?? {})).filter(name => !inputsOf('action.yml').includes(name));
};

const problemsOf = async file => {
    const text = readFileSync(file, 'utf8');
    const isAction = file.endsWith('action.yml');
    const uri = isAction ? pathToFileURL(resolve(file)).href : `file:///.github/workflows/${file}`;
    const found = await validate(TextDocument.create(uri, 'yaml', 1, text), { contextProviderConfig, fileProvider });
    return found.length > 0
        ? found.map(({ range, message }) => `${file}:${range.start.line + 1}:${range.start.character + 1}: ${message}`)
        : unknownInputs(file, text).map(name => `${file}: the action has no input '${name}'`);
};

for (const file of process.argv.slice(2)) {
    const problems = await problemsOf(file);
    for (const problem of problems) console.log(problem);
    console.log(`${problems.length === 0 ? 'PASSED' : 'FAILED'} meaning: ${file}`);
    if (problems.length > 0) process.exitCode = 1;
}
