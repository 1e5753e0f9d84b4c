// Reads and writes CSV as RFC 4180 describes it, with any of the usual delimiters.

const delimiters = [",", ";", "\t", "|"];

/** Enough of a file to see how it is built. */
const sampleLength = 65_536;
const sampleRows = 50;

const textNames = /^(text|review|reviews|comment|comments|content|body|message|sentence|description|feedback|tweet)$/i;

/** A file that is no CSV; the message says where. */
export class CsvError extends Error {}

/** A parsed file: rows of cells, how it was written, and which column holds the texts. */
export function readTable(text) {
  const content = text.replace(/^\uFEFF/, "");
  const delimiter = detectDelimiter(content);
  const rows = parse(content, delimiter).filter(row => row.some(cell => cell !== ""));
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  if (width === 0) {
    throw new CsvError("The file is empty.");
  }
  const hasHeader = detectHeader(rows);
  const newline = content.includes("\r\n") ? "\r\n" : "\n";
  return { rows, width, delimiter, newline, hasHeader, column: detectColumn(rows, width, hasHeader) };
}

/** The rows of a text; quoted cells may hold delimiters, line ends and, doubled, quotes. */
export function parse(text, delimiter) {
  const rows = [];
  let row = [];
  let position = 0;
  while (position < text.length) {
    const cell = text[position] === "\"" ? quoted(text, position, delimiter) : plain(text, position, delimiter);
    row.push(cell.value);
    position = cell.end;
    if (text[position] === delimiter) {
      position++;
      if (position < text.length) {
        continue;
      }
      row.push("");
    }
    position += text.startsWith("\r\n", position) ? 2 : 1;
    rows.push(row);
    row = [];
  }
  return rows;
}

/** The rows as text; a cell is quoted where it has to be. */
export function write(rows, delimiter, newline) {
  const special = new RegExp(`["\\r\\n${delimiter === "|" ? "\\|" : delimiter}]|^\\s|\\s$`);
  const cell = value => special.test(value) ? `"${value.replaceAll("\"", "\"\"")}"` : value;
  return rows.map(row => row.map(cell).join(delimiter) + newline).join("");
}

function plain(text, start, delimiter) {
  let end = start;
  while (end < text.length && text[end] !== delimiter && text[end] !== "\n" && text[end] !== "\r") {
    end++;
  }
  return { value: text.slice(start, end), end };
}

function quoted(text, start, delimiter) {
  let end = start + 1;
  for (;;) {
    end = text.indexOf("\"", end);
    if (end < 0) {
      throw new CsvError(`Line ${lineOf(text, start)} begins a quoted cell that never ends: close its quote.`);
    }
    if (text[end + 1] !== "\"") {
      break;
    }
    end += 2;
  }
  // What follows a closing quote belongs to the cell, as spreadsheets read it.
  const rest = plain(text, end + 1, delimiter);
  return { value: text.slice(start + 1, end).replaceAll("\"\"", "\"") + rest.value, end: rest.end };
}

const lineOf = (text, position) => text.slice(0, position).split("\n").length;

// The one that splits most rows into the same number of cells, of these into the most.
function detectDelimiter(text) {
  const scores = delimiters.map(delimiter => [delimiter, score(sampleOf(text, delimiter))]);
  return scores.reduce((best, next) => next[1] > best[1] ? next : best)[0];
}

function sampleOf(text, delimiter) {
  try {
    const rows = parse(text.slice(0, sampleLength), delimiter);
    return rows.slice(0, text.length > sampleLength ? Math.min(sampleRows, rows.length - 1) : sampleRows);
  } catch (error) {
    if (error instanceof CsvError && text.length > sampleLength) {
      return []; // The sample ends within a cell.
    }
    throw error;
  }
}

function score(rows) {
  const width = rows[0]?.length ?? 0;
  return width < 2 ? 0 : rows.filter(row => row.length === width).length / rows.length * (1 + width / 1000);
}

// A row of names: all short, none a number, and either one of them known or all shorter than what stands below.
function detectHeader(rows) {
  const [first, ...rest] = rows.slice(0, sampleRows);
  if (first.some(cell => cell === "" || cell.length > 40 || !Number.isNaN(Number(cell)))) {
    return false;
  }
  const texts = rest.map(row => row.reduce((longest, cell) => Math.max(longest, cell.length), 0));
  return first.some(cell => textNames.test(cell.trim())) || texts.every(length => length > 2 * Math.max(...first.map(cell => cell.length)));
}

// The one that is named so, else the one of the longest cells.
function detectColumn(rows, width, hasHeader) {
  const named = hasHeader ? rows[0].findIndex(cell => textNames.test(cell.trim())) : -1;
  if (named >= 0) {
    return named;
  }
  const lengths = Array.from({ length: width }, (_, column) =>
    rows.slice(hasHeader ? 1 : 0).slice(0, sampleRows).reduce((sum, row) => sum + (row[column]?.length ?? 0), 0));
  return lengths.indexOf(Math.max(...lengths));
}
