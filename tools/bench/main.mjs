// Measures the portal beside its peers, in one run, and prints what was asked and what was found.
// usage: node tools/bench/main.mjs [CASE…]   (cases: import start cached uncached search large sandbox plugins scale tables projects sections; all by default)
// Reads the real documents below DINH_REAL_DATA; writes $CARGO_TARGET_DIR/bench/result.json.
// Once more on PostgreSQL where DINH_TEST_DATABASE_URL names a server.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, openSync, closeSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { cached, fresh, importing, searching, starting, uncached } from "./cases.mjs";
import { plugins } from "./plugins.mjs";
import { portalIn } from "./portal.mjs";
import { projects } from "./projects.mjs";
import { sandbox } from "./sandbox.mjs";
import { scale } from "./scale.mjs";
import { sections } from "./sections.mjs";
import { tables } from "./tables.mjs";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const target = resolve(root, process.env.CARGO_TARGET_DIR ?? "target");
const real = resolve(root, process.env.DINH_REAL_DATA ?? "../shared/data");
const GENERATED = Number(process.env.DINH_BENCH_GENERATED ?? 100_000);
const CASES = ["import", "start", "cached", "uncached", "search", "large", "sandbox", "plugins", "scale", "tables", "projects", "sections"];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !CASES.includes(name));
if (unknown.length) {
  console.error(`unknown case ${unknown.join(", ")}; there are: ${CASES.join(" ")}`);
  process.exit(2);
}
const wants = (name) => wanted.length === 0 || wanted.includes(name);
const program = join(target, "release", "dinh");
const bare = join(target, "release", "examples", "bare");
const sandboxed = join(target, "release", "examples", "sandbox");
const empty = join(target, "wasm32-wasip2", "plugin", "quiet_guest.wasm");
const packed = join(real, "legal", "documents.jsonl.xz");
for (const needed of [program, bare, sandboxed, empty, packed]) {
  if (!existsSync(needed)) {
    console.error(`${needed} is missing`);
    process.exit(1);
  }
}
const work = fresh(join(target, "bench"));
const results = [];
if (wants("sandbox")) results.push(...sandbox(sandboxed, empty, join(target, "bundle")));
const databases = [["SQLite", "sqlite"]];
if (process.env.DINH_TEST_DATABASE_URL) databases.push(["PostgreSQL", process.env.DINH_TEST_DATABASE_URL]);
if (wants("plugins")) {
  for (const [name, address] of databases) results.push(...plugins(name, address, root, join(work, "start.json")));
}
if (wants("scale")) {
  for (const [name, address] of databases) {
    results.push(...(await scale(name, (set) => databaseFor(address, set), { program, root, work })));
  }
}
if (wants("tables")) {
  for (const [name, address] of databases) {
    results.push(...(await tables(name, await databaseFor(address, "tables"), { program, work })));
  }
}
if (wants("projects")) {
  for (const [name, address] of databases) {
    results.push(...(await projects(name, (set) => databaseFor(address, set), { program, work })));
  }
}
if (wants("sections")) {
  for (const [name, address] of databases) {
    results.push(...(await sections(name, (set) => databaseFor(address, set), { program, work, bundle: join(target, "bundle") })));
  }
}
if (wanted.length && wanted.every((name) => ["sandbox", "plugins", "scale", "tables", "projects", "sections"].includes(name))) {
  report(results);
  process.exit(results.some((row) => row.met === false) ? 1 : 0);
}
const documents = join(work, "documents.jsonl");
into(documents, "xz", ["-dc", packed]);
const generated = join(work, "generated.jsonl");
if (wants("large")) into(generated, "node", [join(root, "tools/bench/generate.mjs"), String(GENERATED)]);

for (const [name, address] of databases) {
  for (const [set, file] of [["real", documents], ["large", generated]]) {
    if (set === "large" ? !wants("large") : wanted.length === 1 && wanted[0] === "large") continue;
    results.push(...(await measured(name, await databaseFor(address, set), set, file)));
  }
}
report(results);
process.exitCode = results.some((row) => row.met === false) ? 1 : 0;

async function measured(database, address, set, file) {
  const rows = [];
  const add = (found) => {
    for (const row of found) {
      console.error(`${database}: ${row.name}: ${number(row.measured)} ${row.unit}`);
      rows.push({ database, ...row });
    }
  };
  const portal = portalIn(program, fresh(join(work, `${database}-${set}`)), address);
  await portal.fill();
  const before = wants("start") && set === "real" ? await starting(portal, 60) : [];
  add(before);
  add(await importing(portal, file, bare));
  const count = Number(execFileSync("wc", ["-l", file], { encoding: "utf8" }).split(" ")[0]);
  if (set === "large") {
    add(await searching(portal, file, count, 20));
    add(await starting(portal, count));
    return rows;
  }
  if (wants("start")) {
    const after = await starting(portal, count);
    add(after);
    const growth = (after[1].measured - before[1].measured) / (count / 1000);
    add([{ name: "resident, growth for 1,000 documents", measured: growth, unit: "MiB" }]);
  }
  if (wants("cached")) add(await cached(portal));
  if (wants("uncached")) add(await uncached(portal));
  if (wants("search")) add(await searching(portal, file, count, 10));
  return rows;
}

/** Each set has a database of its own on the server. */
async function databaseFor(address, set) {
  if (address === "sqlite") return address;
  const made = spawnSync("psql", [address, "-qc", `create database dinh_bench_${set}`], { encoding: "utf8" });
  if (made.status !== 0) throw new Error(`psql: ${made.stderr}`);
  const url = new URL(address);
  url.pathname = `/dinh_bench_${set}`;
  return url.href;
}

function into(file, command, args) {
  const out = openSync(file, "w");
  const made = spawnSync(command, args, { stdio: ["ignore", out, "inherit"] });
  closeSync(out);
  if (made.status !== 0) throw new Error(`${command} ended with ${made.status}`);
}

function number(value) {
  if (value === undefined) return "";
  return value >= 100 ? Math.round(value).toLocaleString("en") : String(Number(value.toPrecision(3)));
}

function report(rows) {
  const table = rows.map((row) => [
    row.database,
    row.name,
    `${number(row.measured)} ${row.unit}`,
    number(row.peer),
    row.ratio === undefined ? "" : row.ratio.toFixed(2),
    row.asked ?? "",
    row.met === undefined ? "" : row.met ? "met" : "MISSED",
  ]);
  const head = ["database", "what", "measured", "peer", "ratio", "asked", ""];
  const widths = head.map((_, at) => Math.max(...[head, ...table].map((cells) => cells[at].length)));
  for (const cells of [head, ...table]) {
    console.log(cells.map((cell, at) => cell.padEnd(widths[at])).join("  ").trimEnd());
  }
  const machine = { cores: cpus().length, model: cpus()[0]?.model, memoryGib: Math.round(totalmem() / 2 ** 30) };
  const revision = spawnSync("git", ["rev-parse", "HEAD"], { cwd: root, encoding: "utf8" }).stdout.trim();
  writeFileSync(join(work, "result.json"), `${JSON.stringify({ revision, machine, rows }, null, 2)}\n`);
  console.log(`\nwritten: ${join(work, "result.json")}`);
}
