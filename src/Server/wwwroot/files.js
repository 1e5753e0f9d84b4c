// Many reviews: a file is read here, its reviews are sent in portions, and verdicts are added to its rows.

import { ServerError, sentenceOf } from "./api.js";
import { CsvError, readTable } from "./csv.js";
import { count, element, find, plural } from "./dom.js";
import { Portions } from "./portions.js";
import { download, Results } from "./results.js";

const largestFile = 200 * 1024 * 1024;

/** Starts the part; `showReview(text)` shows a review by itself. */
export function startFiles(modelOf, showReview) {
  const results = new Results(showReview);
  let table = null;
  let underWay = null;

  async function open(file) {
    stop();
    problem("");
    results.clear();
    table = null;
    try {
      table = readTable(await textOf(file));
      table.name = file.name;
    } catch (error) {
      problem(error instanceof CsvError ? error.message : `${file.name} cannot be read: ${error.message}`);
    }
    describe(table);
  }

  async function run() {
    stop();
    const texts = textsOf(table);
    const work = underWay = new AbortController();
    setRunning(true);
    problem("");
    results.start(texts);
    try {
      const portions = new Portions(texts, modelOf(), work.signal, waiting => showProgress(results, texts, { waiting }));
      for await (const verdicts of portions) {
        results.add(verdicts);
        showProgress(results, texts, { secondsLeft: portions.secondsLeft(results.length) });
      }
      showProgress(results, texts, { done: true });
    } catch (error) {
      showProgress(results, texts, { done: true });
      problem(work.signal.aborted ? "" : sentenceOf(error));
      if (!(work.signal.aborted || error instanceof ServerError)) {
        throw error;
      }
    } finally {
      if (underWay === work) {
        underWay = null;
        setRunning(false);
      }
      find("download").hidden = results.length === 0;
    }
  }

  function stop() {
    underWay?.abort();
  }

  find("file").addEventListener("change", event => open(event.target.files[0]).then(() => event.target.value = ""));
  find("file-form").addEventListener("submit", event => {
    event.preventDefault();
    run();
  });
  find("cancel").addEventListener("click", stop);
  find("download").addEventListener("click", () => download(table, results));
  for (const setting of ["column", "header"]) {
    find(setting).addEventListener("change", () => {
      table.column = Number(find("column").value);
      table.hasHeader = find("header").checked;
      stop();
      results.clear();
      describe(table);
    });
  }
  startDropping(open);
}

async function textOf(file) {
  if (file.size > largestFile) {
    throw new CsvError(`${file.name} has ${count(Math.round(file.size / 1024 / 1024))} MB, but at most 200 are read: split it.`);
  }
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes); // What spreadsheets of the West write otherwise.
  }
}

function textsOf({ rows, column, hasHeader }) {
  return rows.slice(hasHeader ? 1 : 0).map(row => row[column] ?? "");
}

function describe(table) {
  find("file-form").hidden = !table;
  find("progress").hidden = true;
  find("download").hidden = true;
  if (!table) {
    return;
  }
  const texts = textsOf(table);
  find("file-name").textContent = table.name;
  find("file-size").textContent = plural(texts.length, "review");
  find("header").checked = table.hasHeader;
  find("column").replaceChildren(...Array.from({ length: table.width }, (_, i) =>
    element("option", { value: i, selected: i === table.column }, (table.hasHeader && table.rows[0][i]) || `column ${i + 1}`)));
  find("preview").textContent = texts.find(text => text.trim()) ?? "This column is empty.";
  find("start").disabled = texts.length === 0;
}

function setRunning(isRunning) {
  find("start").hidden = isRunning;
  find("cancel").hidden = !isRunning;
  find("progress").hidden = false;
  if (isRunning) {
    find("download").hidden = true;
  }
}

function showProgress(results, texts, { waiting, secondsLeft, done }) {
  const made = results.length;
  find("progress-bar").max = texts.length;
  find("progress-bar").value = made;
  const of = made === texts.length ? plural(made, "review") : `${count(made)} of ${plural(texts.length, "review")}`;
  find("progress-text").textContent =
    waiting ? `${of}. ${waiting}`
      : done ? `${of} classified${made < texts.length ? ", then stopped" : ""}.`
        : `${of}, ${secondsLeft} s left`;
}

function problem(sentence) {
  find("file-problem").textContent = sentence;
}

// A file may be dropped anywhere; elsewhere the browser would open it and leave the page.
function startDropping(open) {
  const drop = find("drop");
  document.addEventListener("dragover", event => {
    event.preventDefault();
    drop.classList.add("over");
  });
  document.addEventListener("dragleave", event => event.relatedTarget || drop.classList.remove("over"));
  document.addEventListener("drop", event => {
    event.preventDefault();
    drop.classList.remove("over");
    if (event.dataTransfer.files.length) {
      drop.scrollIntoView({ block: "center" });
      open(event.dataTransfer.files[0]);
    }
  });
}
