// onnxruntime-web, which is WebAssembly, in headless Chromium, on models and the test data sets beside them.
//   node build/outside/compare_web.js FOLDER...
//   needs onnxruntime-web and chromium (build/install-outside-tools.sh); CHROMIUM names another browser
// Prints "OK name difference" for each folder, or says what is wrong and exits with 1.
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { basename, dirname, extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const TIMEOUT_MS = 240_000;
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm" };
const FLAGS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

const here = dirname(fileURLToPath(import.meta.url));
const folders = process.argv.slice(2);
const reported = new Set();
let failed = 0, finish;
const finished = new Promise((resolve) => { finish = resolve; });

function fail(reason) {
  failed++;
  console.error(`FAILED ${reason}`);
}

function report(kind, index, text) {
  if (kind === "done") return finish();
  if (kind === "broken") { fail(`page: ${text}`); return finish(); }
  reported.add(index);
  if (kind === "ok") console.log(`OK ${basename(folders[index])} ${text}`);
  else fail(`${basename(folders[index])}: ${text}`);
}

function fileOf(path) {
  const [, first, ...rest] = normalize(path).split("/");
  if (first === "ort") return join(here, "node_modules/onnxruntime-web/dist", ...rest);
  if (first === "models") return join(folders[Number(rest[0])], ...rest.slice(1));
  return join(here, first);
}

async function answer(request, response) {
  const path = new URL(request.url, "http://localhost").pathname;
  if (request.method === "POST") {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    response.end();
    const [, kind, index] = path.split("/");
    return report(kind, Number(index), Buffer.concat(chunks).toString());
  }
  if (path === "/count") return response.end(`${folders.length}`);
  const data = await readFile(fileOf(path)).catch(() => null);
  response.writeHead(data ? 200 : 404, { "content-type": TYPES[extname(path)] ?? "application/octet-stream" });
  response.end(data);
}

const server = createServer((request, response) => answer(request, response).catch(() => response.destroy()));
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const profile = await mkdtemp(join(tmpdir(), "chromium-"));
const browser = spawn(
  process.env.CHROMIUM ?? "chromium",
  [...FLAGS, `--user-data-dir=${profile}`, `http://127.0.0.1:${server.address().port}/page.html`],
  { stdio: "ignore", detached: true });
browser.on("error", (error) => { fail(`browser: ${error.message}`); finish(); });
browser.on("exit", (code) => finish(code));
const timer = setTimeout(() => { fail(`no result after ${TIMEOUT_MS / 1000} s`); finish(); }, TIMEOUT_MS);

await finished;
clearTimeout(timer);
const gone = new Promise((resolve) => (browser.pid && browser.exitCode === null ? browser.once("exit", resolve) : resolve()));
try { process.kill(-browser.pid, "SIGKILL"); } catch { /* it has ended already */ }
await gone;
await rm(profile, { recursive: true, force: true, maxRetries: 5 });
if (reported.size < folders.length || folders.length === 0) fail(`${reported.size} of ${folders.length} folders were compared`);
process.exit(failed ? 1 : 0);
