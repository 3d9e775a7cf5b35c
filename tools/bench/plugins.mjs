// How long a portal with 200 installed plugins and 1,000 sites takes to start, and what an idle plugin holds.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

const WARM_SECONDS_MAX = 2;
const PLUGIN_MIB_MAX = 2;

/** Rows of the start, from the bench that measures it; `told` is the file for its figures. */
export function plugins(database, address, root, told) {
  const env = { ...process.env, BENCH_JSON: told };
  if (address === "sqlite") delete env.DINH_TEST_DATABASE_URL;
  execFileSync("cargo", ["bench", "--locked", "--workspace", "--bench", "start"], { cwd: root, env, stdio: ["ignore", "ignore", "inherit"] });
  const found = JSON.parse(readFileSync(told, "utf8"));
  const many = `${found.plugins} plugins, ${found.sites} sites`;
  const row = (name, measured, unit, more = {}) => ({ database, name, measured, unit, ...more });
  return [
    row("install a package", found.install_s, "s"),
    row(`start, nothing compiled, ${many}`, found.cold_s, "s"),
    row(`start, compiled code kept, ${many}`, found.warm_s, "s", { asked: `≤ ${WARM_SECONDS_MAX}`, met: found.warm_s <= WARM_SECONDS_MAX }),
    row(`resident, idle, ${many}`, found.resident_mib, "MiB"),
    row("resident, for each idle plugin", found.plugin_mib, "MiB", { asked: `≤ ${PLUGIN_MIB_MAX}`, met: found.plugin_mib <= PLUGIN_MIB_MAX }),
  ];
}
