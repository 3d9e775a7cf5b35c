// Takes away one guard after the other and runs the tests that must notice it. In a copy of what is committed every guard
// of tests/mutants.json is put behind a variable, so that all of them are compiled once, with compiled parts of their own.
// usage: node tools/mutants.mjs [WORDS]…   (only guards whose name contains one of them)
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const MINUTES_MAX = 30;
// Its own name: the tests take the portal's variables from what they start.
const VARIABLE = "GUARD_GONE";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const target = resolve(root, process.env.CARGO_TARGET_DIR ?? "target");
const copy = join(target, "mutants", "copy");
const compiled = join(target, "mutants", "target");
const words = process.argv.slice(2);
const all = JSON.parse(readFileSync(join(root, "tests/mutants.json"), "utf8"));
const guards = all.filter((it) => words.length === 0 || words.some((one) => it.guard.includes(one)));

function cargo(args, gone = "") {
  const own = { CARGO_TARGET_DIR: compiled, DINH_BUNDLE: join(target, "bundle"), [VARIABLE]: gone };
  const how = { cwd: copy, encoding: "utf8", timeout: MINUTES_MAX * 60_000, maxBuffer: 1 << 28, env: { ...process.env, ...own } };
  return spawnSync("cargo", args, how);
}
/// The tests of the whole and those of the sandbox.
const TESTS = ["test", "--locked", "--workspace", "--test", "portal", "--test", "sandbox"];
const run = (tests, gone) => cargo([...TESTS, "--no-fail-fast", "--", ...tests], gone);
const failed = (ran) => [...ran.stdout.matchAll(/^test (\S+) \.\.\. FAILED$/gm)].map(([, name]) => name);
const count = (ran) => [...ran.stdout.matchAll(/^running (\d+) tests?$/gm)].reduce((sum, [, count]) => sum + Number(count), 0);

function remove() {
  spawnSync("git", ["worktree", "remove", "--force", copy], { cwd: root });
  rmSync(copy, { recursive: true, force: true });
}

/// Each guard is there unless the variable says its number.
function putBehindAVariable() {
  guards.forEach(({ guard, file, from, to }, number) => {
    const path = join(copy, file);
    const text = readFileSync(path, "utf8");
    if (text.split(from).length !== 2) throw new Error(`${guard}: ${file} does not hold it once`);
    const gone = `std::env::var("${VARIABLE}").is_ok_and(|it| it == "${number}")`;
    writeFileSync(path, text.replace(from, () => to.replaceAll("GONE", () => gone)));
  });
}

function stop(why, ran) {
  console.error(`${why}\n${ran.stdout.slice(-2_000)}\n${ran.stderr.slice(-4_000)}`);
  remove();
  process.exit(1);
}

remove();
const added = spawnSync("git", ["worktree", "add", "--detach", copy, "HEAD"], { cwd: root, encoding: "utf8" });
if (added.status !== 0) stop("no copy of what is committed could be made", added);
let left = 0;
try {
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  mkdirSync(compiled, { recursive: true });
  // Guests are no part of what is taken away.
  if (!existsSync(join(compiled, "wasm32-wasip2"))) symlinkSync(join(target, "wasm32-wasip2"), join(compiled, "wasm32-wasip2"));
  putBehindAVariable();
  for (const args of [["build", "--locked", "--workspace", "--bins"], [...TESTS, "--no-run"]]) {
    const built = cargo(args);
    if (built.status !== 0) stop("it does not compile", built);
  }
  const whole = run([...new Set(guards.flatMap((it) => it.tests))]);
  if (whole.status !== 0) stop(`the tests fail with every guard in its place: ${failed(whole).join(", ")}`, whole);
  console.log(`all guards in their places: ${count(whole)} tests pass`);
  guards.forEach(({ guard, tests }, number) => {
    const ran = run(tests, String(number));
    const noticed = failed(ran);
    if (noticed.length > 0) {
      console.log(`noticed  ${guard}: by ${noticed.length} of ${count(ran)} tests, ${noticed[0]} among them`);
    } else {
      console.log(`SURVIVED ${guard}`);
      left += 1;
    }
  });
} finally {
  remove();
}
console.log(`${guards.length - left} of ${guards.length} guards are missed by a test when they are gone`);
process.exit(left ? 1 : 0);
