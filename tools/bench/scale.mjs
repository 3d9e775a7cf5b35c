// What a portal of 1,000 sites, 5,000 people and 200,000 entries costs, beside a portal with one of its sites alone.
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { alternate, median, quantile } from "./load.mjs";
import { portalIn } from "./portal.mjs";

const CHECK_US_MAX = 20;
const LIST_MS_MAX = 100;
const STEP_MS_MAX = 50;
const RATIO_MAX = 1.1;
/** The number of the commune that is looked at closely. */
const COMMUNE = "500";
const LIST_LOOKS = 30;
const STEPS = 12;
const MICROS_WAIT_MS = 300;
/** Longest wait for the search index of everything. */
const INDEX_SECONDS_MAX = 900;

const SETTINGS = { DINH_HTTP_UNLIMITED_CLIENTS: "127.0.0.1", DINH_HTTP_PAGE_CACHE_MIB: "0" };
/** Back-office lists by name; who has no right to one is told that there is none. */
const LISTS = {
  "what waits": "/quan-tri",
  "one's own": "/quan-tri?ngan=cua-toi",
  "what is late": "/quan-tri?ngan=qua-han",
  "all entries": "/quan-tri?ngan=tat-ca",
  people: "/quan-tri/con-nguoi",
  "people by name": "/quan-tri/con-nguoi?tim=mai",
  organisations: "/quan-tri/to-chuc",
  sections: "/quan-tri/chuyen-muc",
  acts: "/quan-tri/nhat-ky",
};
const PAGES = { home: "/", list: "/van-ban", search: `/tim-kiem?q=${encodeURIComponent("thủy lợi")}` };

/** Rows of both portals; `url(name)` gives each a database of its own. */
export async function scale(database, url, { program, root, work }) {
  const row = (name, measured, unit, more = {}) => ({ database, name, measured, unit, ...more });
  const whole = await filled(program, root, join(work, `${database}-scale`), await url("scale"));
  const alone = await filled(program, root, join(work, `${database}-alone`), await url("alone"), { BENCH_ONLY: COMMUNE });
  const { told } = whole;
  const rows = [
    row(`fill: ${told.sites} sites, ${told.accounts} people, ${told.entries} entries`, told.fill_s, "s"),
    ...told.people.map((it) => {
      return row(`permission check, ${it.name}`, it.check_us, "µs", { asked: `≤ ${CHECK_US_MAX}`, met: it.check_us <= CHECK_US_MAX });
    }),
  ];
  const serving = await whole.portal.serve(SETTINGS, { readySecondsMax: INDEX_SECONDS_MAX });
  const beside = await alone.portal.serve(SETTINGS);
  try {
    rows.push(row("first start: all entries are brought into the search index", serving.startMs / 1000, "s"));
    rows.push(...(await lists(serving, told, row)), ...(await steps(serving, told, row)), ...(await pages(serving, beside, told, row)));
  } finally {
    await Promise.all([serving.stop(), beside.stop()]);
  }
  return rows;
}

/** A portal with the demo and what the generator makes. */
async function filled(program, root, folder, address, only = {}) {
  const portal = portalIn(program, folder, address);
  await portal.fill();
  const place = address === "sqlite" ? `sqlite://${join(folder, "data", "dinh.sqlite")}` : address;
  const file = join(folder, "scale.json");
  const env = { ...process.env, ...only, BENCH_DATABASE: place, BENCH_JSON: file };
  const args = ["bench", "--locked", "--workspace", "--bench", "scale"];
  execFileSync("cargo", args, { cwd: root, env, stdio: ["ignore", "ignore", "inherit"] });
  return { portal, told: JSON.parse(readFileSync(file, "utf8")) };
}

async function lists(serving, told, row) {
  const rows = [];
  for (const [list, path] of Object.entries(LISTS)) {
    for (const { name, token } of told.people) {
      const cookie = `dinh-session=${token}`;
      const first = ask(serving, path, { cookie });
      if (first.status === 404) continue;
      if (first.status !== 200) throw new Error(`${path} for the ${name}: ${first.status}`);
      const micros = await timed(serving, () => {
        for (let look = 0; look < LIST_LOOKS; look += 1) ask(serving, path, { cookie });
      });
      const p95 = quantile(micros, 0.95) / 1000;
      rows.push(row(`${list}, ${name}, p95`, p95, "ms", { asked: `≤ ${LIST_MS_MAX}`, met: p95 <= LIST_MS_MAX }));
      console.error(`${list}, ${name}: ${p95} ms, ${first.text.length} characters`);
    }
  }
  return rows;
}

/** Steps of the unit's head with what waits: approved where that can be, returned otherwise. */
async function steps(serving, told, row) {
  const head = told.people.find((it) => it.name === "unit head");
  const cookie = `dinh-session=${head.token}`;
  const waiting = ask(serving, LISTS["what waits"], { cookie });
  const found = [...new Set([...waiting.text.matchAll(/href="(\/quan-tri\/muc\/[^"/?]+)"/g)].map((it) => it[1]))];
  const taken = { approve: [], return: [] };
  for (const path of found.slice(0, STEPS)) {
    const seen = ask(serving, path, { cookie }).text.match(/name="ban" value="([^"]+)"/)[1];
    for (const step of Object.keys(taken)) {
      let status;
      const micros = await timed(serving, () => {
        ({ status } = ask(serving, path, { cookie, form: { viec: step, ban: seen, "ly-do": "Xem lại" } }));
      });
      if (status !== 303) continue;
      taken[step].push(micros[0] / 1000);
      break;
    }
  }
  const rows = Object.entries(taken).filter(([, all]) => all.length > 0);
  return rows.map(([step, all]) => {
    const ms = median(all);
    return row(`a step on the desk: ${step}`, ms, "ms", { asked: `≤ ${STEP_MS_MAX}`, met: ms <= STEP_MS_MAX });
  });
}

/** Pages of one site, made anew for every request, here and where it is alone. */
async function pages(serving, beside, told, row) {
  const host = `${told.commune}.localhost`;
  const [detail] = ask({ ...serving, host }, PAGES.list).text.match(/\/van-ban\/muc-\d+/) ?? [];
  const rows = [];
  for (const [name, path] of Object.entries({ ...PAGES, detail })) {
    const side = (name, { origin, pid }) => ({ name, url: origin + path, host, pid });
    const { here, there } = await alternate([side("here", serving), side("there", beside)]);
    if (here.failed + there.failed > 0) throw new Error(`${path}: requests failed`);
    const ratio = there.requestsPerSecond / here.requestsPerSecond;
    const cost = { peer: 1000 / there.requestsPerSecond, ratio, asked: `≤ ${RATIO_MAX} of the site alone`, met: ratio <= RATIO_MAX };
    rows.push(row(`${name} page of one site, cache off`, 1000 / here.requestsPerSecond, "ms of the machine", cost));
    console.error(`${name}: ${ratio.toFixed(3)} of the site alone`);
  }
  return rows;
}

/** Microseconds in the server of every request that `work` sends, from the access log. */
export async function timed(serving, work) {
  const before = serving.log().length;
  work();
  await new Promise((done) => setTimeout(done, MICROS_WAIT_MS));
  const lines = serving.log().slice(before).map((text) => text.replace(/\u001b\[[0-9;]*m/g, ""));
  return lines.flatMap((text) => text.match(/micros=(\d+)/)?.[1] ?? []).map(Number);
}

/** Asks as a browser does that is signed in. */
export function ask({ origin, host }, path, { cookie, form } = {}) {
  const args = ["-sS", "-H", `Host: ${host}`, "-H", "Sec-Fetch-Site: same-origin", "-w", "\n%{http_code}"];
  if (cookie) args.push("-H", `Cookie: ${cookie}`);
  for (const [name, value] of Object.entries(form ?? {})) args.push("--data-urlencode", `${name}=${value}`);
  const got = spawnSync("curl", [...args, origin + path], { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  if (got.status !== 0) throw new Error(`curl ${path}: ${got.stderr}`);
  const cut = got.stdout.lastIndexOf("\n");
  return { status: Number(got.stdout.slice(cut + 1)), text: got.stdout.slice(0, cut) };
}
