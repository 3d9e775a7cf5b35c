// Programs under measurement: started, watched through /proc, ended.
import { spawn, spawnSync } from "node:child_process";
import { closeSync, openSync, readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const READY_SECONDS_MAX = 120;
const STOP_SECONDS_MAX = 35;
const POLL_MS = 5;
const TICKS_PER_SECOND = Number(spawnSync("getconf", ["CLK_TCK"], { encoding: "utf8" }).stdout) || 100;

export function freePort() {
  return new Promise((done, failed) => {
    const probe = createServer();
    probe.once("error", failed);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

/** The environment without the portal's own settings, but for the place of its plugins: what is measured is what was asked for. */
export function plainEnvironment() {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith("DINH_") || name === "DINH_BUNDLE");
  return Object.fromEntries(kept);
}

/**
 * Starts a program and waits until `ready` answers 200.
 * `startMs` is the time from the start of the process to the first such answer. Its log is a file,
 * as that of the peers is: nobody spends the machine's time on reading it meanwhile.
 */
export async function start(program, args, { env = {}, cwd, ready, readySecondsMax = READY_SECONDS_MAX }) {
  const place = join(cwd, "stderr.log");
  const file = openSync(place, "w");
  const began = performance.now();
  const child = spawn(program, args, { cwd, env: { ...plainEnvironment(), ...env }, stdio: ["ignore", "ignore", file] });
  closeSync(file);
  const log = () => readFileSync(place, "utf8").split("\n").filter(Boolean);
  const ended = new Promise((done) => child.once("exit", done));
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  const stop = async () => {
    child.kill("SIGTERM");
    const late = setTimeout(kill, STOP_SECONDS_MAX * 1000);
    await ended;
    clearTimeout(late);
    process.off("exit", kill);
  };
  const deadline = began + readySecondsMax * 1000;
  for (;;) {
    const answer = await fetch(ready).catch(() => null);
    if (answer?.ok) break;
    if (child.exitCode !== null || performance.now() > deadline) {
      await stop();
      throw new Error(`${program} did not become ready:\n${log().slice(-20).join("\n")}`);
    }
    await pause(POLL_MS);
  }
  return { pid: child.pid, startMs: performance.now() - began, stop, log };
}

/** CPU time of a process and its children so far, in milliseconds. */
export function cpuMs(pid) {
  return family(pid)
    .map((one) => {
      const stat = readFileSync(`/proc/${one}/stat`, "utf8");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return ((Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND) * 1000;
    })
    .reduce((sum, ms) => sum + ms, 0);
}

/** Resident memory of a process, in MiB. */
export function residentMib(pid) {
  const found = readFileSync(`/proc/${pid}/status`, "utf8").match(/^VmRSS:\s+(\d+) kB/m);
  return Number(found[1]) / 1024;
}

function family(pid) {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) => {
    const ids = readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").trim();
    return ids ? ids.split(" ").map(Number) : [];
  });
  return [pid, ...children.flatMap(family)];
}
