// What a table of a million cells costs: taken in by `dinh import`, sliced, given out whole, shown with a drawing.
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { alternate, quantile } from "./load.mjs";
import { SITE, page, portalIn } from "./portal.mjs";
import { residentMib } from "./process.mjs";

const IMPORT_SECONDS_MAX = 20;
const SLICE_MS_MAX = 50;
const CSV_MB_PER_SECOND_MIN = 20;
const GROWTH_MIB_MAX = 16;
const PAGE_CPU_MS_MAX = 2;
/** 2,000 hamlets by 500 months; fewer for a try. */
const HAMLETS = Number(process.env.DINH_BENCH_HAMLETS ?? 2_000);
const MONTHS = 500;
const SLICES = 200;
/** A slice of 20 by 50 values. */
const SLICE_HAMLETS = 20;
const SLICE_MONTHS = 50;
/** As many as a drawing tells apart: 60 points of 8 series, the nearest to 500 cells. */
const PAGE_MONTHS = 60;
const PAGE_HAMLETS = 8;
const LOOK_MS = 20;

const SETTINGS = { DINH_HTTP_UNLIMITED_CLIENTS: "127.0.0.1", DINH_HTTP_PAGE_CACHE_MIB: "0" };
const COLLECTION = "statistics/release";
const TABLE = "/thong-ke/ho-theo-thon-va-thang/bang";

/** Rows of one database; `address` is that of a database of its own. */
export async function tables(database, address, { program, work }) {
  const row = (name, measured, unit, more = {}) => ({ database, name, measured, unit, ...more });
  const most = (name, measured, unit, limit) => row(name, measured, unit, { asked: `≤ ${limit}`, met: measured <= limit });
  const portal = portalIn(program, join(work, `${database}-tables`), address);
  await portal.fill();
  const file = join(portal.folder, "table.jsonl");
  writeFileSync(file, `${JSON.stringify(release())}\n`);
  const taken = await portal.command(["import", COLLECTION, file, "--site", SITE]);
  if (taken.code !== 0) throw new Error(`import: ${taken.err}${taken.out}`);
  const rows = [
    most(`import of a table of ${HAMLETS * MONTHS} cells`, taken.seconds, "s", IMPORT_SECONDS_MAX),
    row("the same, most memory of the command", taken.peakRssMib, "MiB"),
  ];
  const serving = await portal.serve(SETTINGS);
  try {
    const first = await curl(serving, `${TABLE}/so-lieu.json?chon=thon:${hamlet(0)}`);
    rows.push(row("first look at it after a start", first.seconds * 1000, "ms"));
    rows.push(most("slice of 1,000 cells as JSON-stat, p95", await slices(serving), "ms", SLICE_MS_MAX));
    for (const ending of ["csv", "json"]) rows.push(...(await whole(serving, ending, row)));
    const months = `chon=thang:${month(0)}~${month(PAGE_MONTHS - 1)}`;
    const shown = `${TABLE}?hang=thang&cot=thon&${months}&chon=thon:${hamlet(0)}~${hamlet(PAGE_HAMLETS - 1)}`;
    if (!(await page(serving, shown)).includes('<svg class="chart"')) throw new Error("the page has no drawing");
    const { own } = await alternate([{ name: "own", url: serving.origin + shown, host: serving.host, pid: serving.pid }]);
    if (own.failed > 0) throw new Error(`${shown}: ${own.failed} requests failed`);
    const cells = PAGE_MONTHS * PAGE_HAMLETS;
    rows.push(most(`page with table and drawing of ${cells} cells, cache off`, own.cpuMsPerRequest, "CPU-ms", PAGE_CPU_MS_MAX));
  } finally {
    await serving.stop();
  }
  return rows;
}

/** A release that has its parts, with a table of plausible figures that are always the same. */
export function release(count = HAMLETS) {
  const months = Array.from({ length: MONTHS }, (_, at) => month(at));
  const lines = Array.from({ length: count }, (_, at) => {
    const figures = months.map((_, place) => `${(at * 7 + place * 13) % 900},${(at + place) % 10}`);
    return [`Thôn ${at}`, ...figures].join(";");
  });
  const layout = { heading_rows: 1, name_columns: 1, dimensions: [["Thôn", "geo"], ["Tháng", "time"]], mark: "comma", unit: "hộ" };
  return {
    key: "bench-table",
    name: "Hộ theo thôn và tháng",
    code: "BENCH",
    topic: "living",
    certainty: "official",
    summary: "Số liệu để đo",
    report: "Báo cáo",
    method: "Phương pháp",
    analysis: "Phân tích",
    surveyed_from: "2014-01-01",
    surveyed_to: "2014-12-31",
    collector: "Chi cục Thống kê",
    frequency: "month",
    released_on: "2015-01-09",
    revision: 1,
    figures: { csv: [["Thôn", ...months].join(";"), ...lines].join("\n"), layout },
  };
}

/** Milliseconds from asking to the last byte of the slowest twentieth of slices: what streams has no end in the log. */
async function slices(serving) {
  const all = [];
  for (let at = 0; at < SLICES; at += 1) {
    const [from, since] = [(at * 37) % (HAMLETS - SLICE_HAMLETS), (at * 11) % (MONTHS - SLICE_MONTHS)];
    const hamlets = `chon=thon:${hamlet(from)}~${hamlet(from + SLICE_HAMLETS - 1)}`;
    const months = `chon=thang:${month(since)}~${month(since + SLICE_MONTHS - 1)}`;
    const path = `${TABLE}/so-lieu.json?${hamlets}&${months}`;
    if (at === 0) {
      const count = JSON.parse(await page(serving, path)).value.length;
      if (count !== SLICE_HAMLETS * SLICE_MONTHS) throw new Error(`a slice has ${count} cells`);
    }
    all.push((await curl(serving, path)).seconds * 1000);
  }
  return quantile(all, 0.95);
}

/** All of it as a file: bytes a second, and how much more memory the server has meanwhile. */
async function whole(serving, ending, row) {
  const before = residentMib(serving.pid);
  let peak = before;
  const look = setInterval(() => (peak = Math.max(peak, residentMib(serving.pid))), LOOK_MS);
  const told = await curl(serving, `${TABLE}/so-lieu.${ending}`);
  clearInterval(look);
  const speed = told.bytes / 1e6 / told.seconds;
  const asked = ending === "csv" ? { asked: `≥ ${CSV_MB_PER_SECOND_MIN}`, met: speed >= CSV_MB_PER_SECOND_MIN } : {};
  const growth = peak - before;
  return [
    row(`the whole as ${ending}, ${(told.bytes / 1e6).toFixed(1)} MB`, speed, "MB/s", asked),
    row(`memory meanwhile, from ${before.toFixed(0)} MiB`, growth, "MiB more", { asked: `≤ ${GROWTH_MIB_MAX}`, met: growth <= GROWTH_MIB_MAX }),
  ];
}

function curl({ origin, host }, path) {
  const args = ["-sSf", "-o", "/dev/null", "-H", `Host: ${host}`, "-w", "%{size_download} %{time_total}", origin + path];
  return new Promise((done, failed) => {
    const child = spawn("curl", args, { stdio: ["ignore", "pipe", "inherit"] });
    let out = "";
    child.stdout.setEncoding("utf8").on("data", (text) => (out += text));
    child.once("error", failed);
    child.once("exit", (code) => {
      const [bytes, seconds] = out.split(" ").map(Number);
      if (code === 0) done({ bytes, seconds });
      else failed(new Error(`curl ${path}: ${code}`));
    });
  });
}

/** Ids as addresses have them. */
function hamlet(at) {
  return `thon-${at}`;
}

function month(at) {
  return `${1975 + Math.floor(at / 12)}-${String(1 + (at % 12)).padStart(2, "0")}`;
}
