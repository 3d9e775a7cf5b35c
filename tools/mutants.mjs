// Takes away one guard after the other and runs the tests that must notice it. Works in a copy of what is committed,
// with compiled parts of its own: it takes as long as a first build, and then some minutes for each guard.
// usage: node tools/mutants.mjs [WORDS]   (only guards whose name contains WORDS)
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

// What runs against each that names no tests of its own: the matrix and the tests of the rooms, forms and steps.
const TESTS = ["matrix::", "desk::", "people::", "audit::", "section::withdrawn"];
const MINUTES_MAX = 20;

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const target = resolve(root, process.env.CARGO_TARGET_DIR ?? "target");
const copy = join(target, "mutants", "copy");
const compiled = join(target, "mutants", "target");
const [words] = process.argv.slice(2);
const all = JSON.parse(readFileSync(join(root, "tests/mutants.json"), "utf8"));
const guards = all.filter((it) => !words || it.guard.includes(words));

const run = (command, args, cwd = copy) =>
  spawnSync(command, args, { cwd, encoding: "utf8", timeout: MINUTES_MAX * 60_000, maxBuffer: 1 << 28, env: { ...process.env, CARGO_TARGET_DIR: compiled, DINH_BUNDLE: join(target, "bundle") } });
const build = () => run("cargo", ["test", "--locked", "--workspace", "--test", "portal", "--no-run"]);
const bins = () => run("cargo", ["build", "--locked", "--workspace", "--bins"]);
const test = (tests) => run("cargo", ["test", "--locked", "--workspace", "--test", "portal", "--", ...tests]);
const failed = (ran) => [...ran.stdout.matchAll(/^test (\S+) \.\.\. FAILED$/gm)].map(([, name]) => name);

function remove() {
  spawnSync("git", ["worktree", "remove", "--force", copy], { cwd: root });
  rmSync(copy, { recursive: true, force: true });
}

remove();
const added = spawnSync("git", ["worktree", "add", "--detach", copy, "HEAD"], { cwd: root, encoding: "utf8" });
if (added.status !== 0) {
  console.error(added.stderr);
  process.exit(1);
}
let left = 0;
try {
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  const every = new Set([TESTS, ...guards.map((it) => it.tests ?? [])].flat());
  const whole = [build(), bins(), test([...every])].at(-1);
  if (whole.status !== 0) {
    console.error(`the tests fail with every guard in its place: ${failed(whole).join(", ")}\n${whole.stderr.slice(-2_000)}`);
    process.exit(1);
  }
  for (const { guard, file, from, to, tests } of guards) {
    const path = join(copy, file);
    const text = readFileSync(path, "utf8");
    if (text.split(from).length !== 2) throw new Error(`${guard}: ${file} does not hold it once`);
    writeFileSync(path, text.replace(from, () => to));
    const built = build();
    const ran = built.status === 0 ? test(tests ?? TESTS) : built;
    writeFileSync(path, text);
    const noticed = failed(ran);
    if (built.status !== 0) {
      console.log(`BROKEN   ${guard}: does not compile without it\n${built.stderr.slice(-2_000)}`);
      left += 1;
    } else if (noticed.length === 0) {
      console.log(`SURVIVED ${guard}`);
      left += 1;
    } else {
      console.log(`noticed  ${guard}: ${noticed.length} tests, ${noticed[0]} among them`);
    }
  }
} finally {
  remove();
}
console.log(`${guards.length - left} of ${guards.length} guards are missed by a test when they are gone`);
process.exit(left ? 1 : 0);
