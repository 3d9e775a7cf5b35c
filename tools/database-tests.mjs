// Runs once more, on the database named in DINH_TEST_DATABASE_URL, every compiled test binary that asks for
// one: the integration tests, and the unit tests of crates that name the variable. The binaries are those of
// `cargo test --workspace`, so nothing is compiled with another feature set.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

const VARIABLE = "DINH_TEST_DATABASE_URL";
const MESSAGES_BYTES_MAX = 256 * 1024 * 1024; // cargo's JSON messages carry rendered diagnostics

if (!process.env[VARIABLE]) {
  console.error(`${VARIABLE} is not set; use: tools/postgres.sh run node tools/database-tests.mjs`);
  process.exit(2);
}

let failed = false;
for (const test of compiledTests().filter(asksForDatabase)) {
  console.log(`\n     Running ${test.package} ${test.name}`);
  const { status } = spawnSync(test.executable, [], {
    cwd: test.folder,
    env: { ...process.env, CARGO_MANIFEST_DIR: test.folder },
    stdio: "inherit",
  });
  failed ||= status !== 0;
}
process.exit(failed ? 1 : 0);

function compiledTests() {
  const cargo = spawnSync("cargo", ["test", "--locked", "--workspace", "--no-run", "--message-format=json"], {
    encoding: "utf8",
    maxBuffer: MESSAGES_BYTES_MAX,
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (cargo.status !== 0) process.exit(1);
  return cargo.stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line))
    .filter((message) => message.reason === "compiler-artifact" && message.profile.test && message.executable)
    .map((message) => ({
      package: basename(dirname(message.manifest_path)),
      folder: dirname(message.manifest_path),
      name: message.target.name,
      kind: message.target.kind[0],
      executable: message.executable,
    }));
}

// The tests of the project's own structure read files, no database.
function asksForDatabase(test) {
  if (test.kind === "test") return test.name !== "structure";
  return rustFiles(join(test.folder, "src")).some((file) => readFileSync(file, "utf8").includes(VARIABLE));
}

function rustFiles(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".rs"))
    .map((name) => join(folder, name));
}
