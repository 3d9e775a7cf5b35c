// Load from wrk, in bounded runs, alternating between those that are compared.
import { spawn } from "node:child_process";
import { cpuMs } from "./process.mjs";

const CONNECTIONS = 32;
const THREADS = 2;
const RUN_SECONDS = Number(process.env.DINH_BENCH_RUN_SECONDS ?? 5);
const WARM_SECONDS = 2;
const ROUNDS = Number(process.env.DINH_BENCH_ROUNDS ?? 3);

/**
 * Loads each of `sides` (`{name, url, pid, host?}`) in turn, `ROUNDS` times, and answers for each the
 * median requests per second, the median p99 in milliseconds and CPU-ms a request.
 */
export async function alternate(sides) {
  const runs = new Map(sides.map((side) => [side.name, []]));
  for (const side of sides) await wrk(side, WARM_SECONDS);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const side of sides) {
      const before = cpuMs(side.pid);
      const run = await wrk(side, RUN_SECONDS);
      runs.get(side.name).push({ ...run, cpuMsPerRequest: (cpuMs(side.pid) - before) / run.requests });
    }
  }
  return Object.fromEntries(
    [...runs].map(([name, all]) => [
      name,
      {
        requestsPerSecond: median(all.map((run) => run.requestsPerSecond)),
        p99Ms: median(all.map((run) => run.p99Ms)),
        cpuMsPerRequest: median(all.map((run) => run.cpuMsPerRequest)),
        failed: all.reduce((sum, run) => sum + run.failed, 0),
      },
    ]),
  );
}

export function median(numbers) {
  return quantile(numbers, 0.5);
}

/** The smallest number that at least this share of all numbers does not exceed. */
export function quantile(numbers, share) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
}

async function wrk({ url, host }, seconds) {
  const args = [`-t${THREADS}`, `-c${CONNECTIONS}`, `-d${seconds}s`, "--latency"];
  if (host) args.push("-H", `Host: ${host}`);
  const text = await output("wrk", [...args, url]);
  const requests = Number(text.match(/(\d+) requests in/)[1]);
  const non2xx = Number(text.match(/Non-2xx or 3xx responses: (\d+)/)?.[1] ?? 0);
  const errors = text.match(/Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/);
  const sockets = errors ? errors.slice(1).reduce((sum, n) => sum + Number(n), 0) : 0;
  return {
    requests,
    requestsPerSecond: Number(text.match(/Requests\/sec:\s+([\d.]+)/)[1]),
    p99Ms: milliseconds(text.match(/99%\s+([\d.]+\w+)/)[1]),
    failed: non2xx + sockets,
  };
}

function milliseconds(text) {
  const [, number, unit] = text.match(/([\d.]+)(us|ms|s|m)/);
  return Number(number) * { us: 0.001, ms: 1, s: 1000, m: 60_000 }[unit];
}

function output(program, args) {
  return new Promise((done, failed) => {
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"] });
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (chunk) => (text += chunk));
    child.once("error", failed);
    child.once("exit", (code) => (code === 0 ? done(text) : failed(new Error(`${program} ended with ${code}`))));
  });
}
