// What is measured, one function a line of the table. Each answers rows
// `{name, measured, unit, peer?, ratio?, asked, met}`.
import { createReadStream, existsSync, mkdirSync, rmSync, statSync } from "node:fs";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { alternate, quantile } from "./load.mjs";
import { serveByNginx } from "./nginx.mjs";
import { residentMib } from "./process.mjs";
import { COLLECTION, SITE, page, request, timed } from "./portal.mjs";

/** Size of the page that the cache is measured with, in bytes. */
const PAGE_BYTES = 45_000;
const DETAILS_LOOKED_AT = 60;
const SEARCHES = 400;
const IDLE_SECONDS = 3;

const CACHE_OFF = { DINH_HTTP_PAGE_CACHE_MIB: "0" };
// The bench is one client that asks without end: the limit of one caller is for those who are not expected.
const NO_RATE_LIMIT = { DINH_HTTP_UNLIMITED_CLIENTS: "127.0.0.1" };

function line(name, measured, unit, { peer, ratio, asked, met } = {}) {
  return { name, measured, unit, peer, ratio, asked, met };
}

/** Import, end to end and searchable, beside the bare engine on the same texts. */
export async function importing(portal, file, bare) {
  const megabytes = statSync(file).size / 1e6;
  const folder = join(portal.folder, "bare");
  const ours = await portal.command(["import", COLLECTION, file, "--site", SITE, "--map", "phap-dien", "--json"]);
  rmSync(`${file}.rejects.jsonl`, { force: true });
  const theirs = await timed(bare, [file, folder], {});
  if (theirs.code !== 0) throw new Error(`the bare engine failed: ${theirs.err}`);
  rmSync(folder, { recursive: true, force: true });
  const [rate, peer] = [megabytes / ours.seconds, megabytes / Number(theirs.out)];
  return [
    line("import, searchable at the end", rate, "MB/s", { peer, ratio: rate / peer, asked: "≥ 0.5 of the bare engine", met: rate >= 0.5 * peer }),
    line("import, seconds", ours.seconds, "s"),
    line("import, most memory", ours.peakRssMib, "MiB"),
  ];
}

/** From the start of the process to the first 200 of `/readyz`, and memory at rest. */
export async function starting(portal, documents) {
  const runs = [];
  let resident = 0;
  for (let run = 0; run < 5; run += 1) {
    const serving = await portal.serve();
    await pause(IDLE_SECONDS * 1000);
    resident = residentMib(serving.pid);
    runs.push(serving.startMs);
    await serving.stop();
  }
  const ms = quantile(runs, 0.5);
  return [
    line(`start to ready, ${documents} documents`, ms / 1000, "s", { asked: "≤ 0.5", met: ms <= 500 }),
    line(`resident, idle, ${documents} documents`, resident, "MiB", { asked: "≤ 150", met: resident <= 150 }),
  ];
}

/** A page from the cache, all middleware on, beside nginx with the same bytes. */
export async function cached(portal) {
  const serving = await portal.serve(NO_RATE_LIMIT);
  const { path, html } = await pageOf(serving, PAGE_BYTES);
  const nginx = await serveByNginx(join(portal.folder, "nginx"), html);
  try {
    const found = await alternate([
      { name: "dinh", url: serving.origin + path, host: serving.host, pid: serving.pid },
      { name: "nginx", url: nginx.url, pid: nginx.pid },
    ]);
    const { dinh, nginx: peer } = found;
    mustNotFail(found);
    const [rate, p99] = [dinh.requestsPerSecond / peer.requestsPerSecond, dinh.p99Ms / peer.p99Ms];
    return [
      line(`cached page of ${Buffer.byteLength(html)} bytes`, dinh.requestsPerSecond, "requests/s", { peer: peer.requestsPerSecond, ratio: rate, asked: "≥ 0.8 of nginx", met: rate >= 0.8 }),
      line("cached page, p99", dinh.p99Ms, "ms", { peer: peer.p99Ms, ratio: p99, asked: "≤ 3 × nginx", met: p99 <= 3 }),
      line("cached page, CPU", dinh.cpuMsPerRequest, "CPU-ms/request", { peer: peer.cpuMsPerRequest }),
    ];
  } finally {
    await Promise.all([serving.stop(), nginx.stop()]);
  }
}

/** A page made anew for every request, by the host and by a plugin. */
export async function uncached(portal) {
  const serving = await portal.serve({ ...NO_RATE_LIMIT, ...CACHE_OFF });
  const { path, html } = await pageOf(serving, 0);
  const computed = html.match(/href="(\/[^"]+\/hieu-luc)"/)?.[1];
  if (!computed) throw new Error(`${path} offers no computed page`);
  const nginx = await serveByNginx(join(portal.folder, "nginx"), html);
  const ours = (name, path) => ({ name, url: serving.origin + path, host: serving.host, pid: serving.pid });
  try {
    const found = await alternate([ours("detail", path), ours("computed", computed), { name: "nginx", url: nginx.url, pid: nginx.pid }]);
    const { detail, computed: wasm, nginx: peer } = found;
    mustNotFail(found);
    const [share, ratio] = [detail.requestsPerSecond / peer.requestsPerSecond, wasm.requestsPerSecond / detail.requestsPerSecond];
    return [
      line(`detail page of ${Buffer.byteLength(html)} bytes, cache off`, detail.cpuMsPerRequest, "CPU-ms/request", { peer: peer.cpuMsPerRequest, asked: "≤ 0.5", met: detail.cpuMsPerRequest <= 0.5 }),
      line("detail page, cache off", detail.requestsPerSecond, "requests/s", { peer: peer.requestsPerSecond, ratio: share, asked: "≥ 0.1 of nginx", met: share >= 0.1 }),
      line("computed page (wasm), cache off", wasm.requestsPerSecond, "requests/s", { peer: detail.requestsPerSecond, ratio, asked: "≥ 0.7 of the detail page", met: ratio >= 0.7 }),
      line("computed page (wasm), cache off, CPU", wasm.cpuMsPerRequest, "CPU-ms/request"),
    ];
  } finally {
    await Promise.all([serving.stop(), nginx.stop()]);
  }
}

/** Searches of one to three words, one after the other; the server's own time from its log. */
export async function searching(portal, file, documents, msMax) {
  const serving = await portal.serve({ ...NO_RATE_LIMIT, ...CACHE_OFF });
  try {
    for (const words of await phrases(file, SEARCHES)) {
      const { status } = await request(serving, `/tim-kiem?q=${encodeURIComponent(words)}`);
      if (status !== 200) throw new Error(`search for ${words}: ${status}`);
    }
    await pause(500);
    const lines = serving.log().filter((text) => text.includes("/tim-kiem"));
    const micros = lines.map((text) => Number(text.replace(/\u001b\[[0-9;]*m/g, "").match(/micros=(\d+)/)?.[1]));
    if (micros.length < SEARCHES) throw new Error(`${micros.length} of ${SEARCHES} searches in the log`);
    const p95 = quantile(micros, 0.95) / 1000;
    return [
      line(`search, ${documents} documents, p50`, quantile(micros, 0.5) / 1000, "ms"),
      line(`search, ${documents} documents, p95`, p95, "ms", { asked: `≤ ${msMax}`, met: p95 <= msMax }),
    ];
  } finally {
    await serving.stop();
  }
}

/** The detail page whose size is nearest to `bytes`. */
async function pageOf(serving, bytes) {
  const list = await page(serving, "/van-ban?per_page=100");
  const paths = [...new Set([...list.matchAll(/<h[23][^>]*>\s*<a href="(\/van-ban\/[^"?]+)"/g)].map((found) => found[1]))];
  if (paths.length === 0) throw new Error("the list shows no documents");
  let best;
  for (const path of paths.slice(0, DETAILS_LOOKED_AT)) {
    const html = await page(serving, path);
    const away = Math.abs(Buffer.byteLength(html) - bytes);
    if (!best || away < best.away) best = { path, html, away };
  }
  return best;
}

/** One to three neighbouring words of abstracts, spread over a file. */
async function phrases(file, count) {
  if (!existsSync(file)) throw new Error(`${file} is missing`);
  const abstracts = [];
  for await (const text of createInterface({ input: createReadStream(file) })) {
    const { trich_yeu: words } = JSON.parse(text);
    if (words) abstracts.push(words.split(/\s+/));
    if (abstracts.length >= 5000) break;
  }
  return Array.from({ length: count }, (_, index) => {
    const words = abstracts[(index * 97) % abstracts.length];
    const at = (index * 7) % Math.max(1, words.length - 2);
    return words.slice(at, at + 1 + (index % 3)).join(" ");
  });
}

function mustNotFail(found) {
  for (const [name, { failed }] of Object.entries(found)) {
    if (failed > 0) throw new Error(`${name}: ${failed} requests failed`);
  }
}

/** A clean folder. */
export function fresh(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}
