// The portal under measurement: the release binary with a data folder that the bench fills.
import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { freePort, plainEnvironment, start } from "./process.mjs";

export const SITE = "yen-the";
export const COLLECTION = "legal-documents/document";

/** A portal on a database (`sqlite`, or an address of PostgreSQL) with a data folder below `folder`. */
export function portalIn(program, folder, database) {
  mkdirSync(folder, { recursive: true });
  const base = { DINH_DATA: join(folder, "data"), DINH_LOG_FILTER: "info" };
  if (database !== "sqlite") base.DINH_DATABASE_URL = database;

  const run = async (command, env, more = {}) => {
    const port = await freePort();
    const serving = await start(program, [command], {
      ...more,
      cwd: folder,
      env: { ...base, ...env, DINH_LISTEN: `127.0.0.1:${port}` },
      ready: `http://127.0.0.1:${port}/readyz`,
    });
    return { ...serving, origin: `http://127.0.0.1:${port}`, host: "localhost" };
  };
  return {
    folder,
    /** Makes the demo's sites and documents. */
    fill: async () => (await run("demo", {})).stop(),
    /** Serves; `env` are further settings, `more` is for the start. */
    serve: (env = {}, more = {}) => run("serve", env, more),
    /** Runs a command to its end and answers its seconds, exit code and words. */
    command: (args, env = {}) => timed(program, args, { cwd: folder, env: { ...plainEnvironment(), ...base, ...env } }),
  };
}

/** Runs a program to its end; `rssMib` is the most memory it had. */
export function timed(program, args, options) {
  const began = performance.now();
  return new Promise((done, failed) => {
    const child = spawn("/usr/bin/time", ["-f", "peak-rss-kb %M", program, ...args], {
      ...options,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let out = "";
    let err = "";
    child.stdout.setEncoding("utf8").on("data", (text) => (out += text));
    child.stderr.setEncoding("utf8").on("data", (text) => (err += text));
    child.once("error", failed);
    child.once("exit", (code) =>
      done({
        code,
        out,
        err,
        seconds: (performance.now() - began) / 1000,
        peakRssMib: Number(err.match(/peak-rss-kb (\d+)/)?.[1] ?? 0) / 1024,
      }),
    );
  });
}

/** The page at a path of the district's site, as text. */
export async function page(serving, path) {
  const answer = await request(serving, path);
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
  return answer.text;
}

/** fetch does not let the Host header be chosen; curl does. */
export async function request(serving, path) {
  const { spawnSync } = await import("node:child_process");
  const got = spawnSync("curl", ["-sS", "-H", `Host: ${serving.host}`, "-w", "\n%{http_code}", serving.origin + path], {
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
  });
  if (got.status !== 0) throw new Error(`curl ${path}: ${got.stderr}`);
  const cut = got.stdout.lastIndexOf("\n");
  return { status: Number(got.stdout.slice(cut + 1)), text: got.stdout.slice(0, cut) };
}
