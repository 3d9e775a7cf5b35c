// The register of 5,000 science projects of one site: its list, a filtered list and its totals, made anew for every request.
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { quantile } from "./load.mjs";
import { portalIn, SITE } from "./portal.mjs";
import { ask, timed } from "./scale.mjs";

const PROJECTS = Number(process.env.DINH_BENCH_PROJECTS ?? 5_000);
const LOOKS = 60;
const MS_MAX = 50;
const COLLECTION = "science-projects/project";
const SETTINGS = { DINH_HTTP_UNLIMITED_CLIENTS: "127.0.0.1", DINH_HTTP_PAGE_CACHE_MIB: "0" };
const LIST = "/khoa-hoc";
const PAGES = {
  list: LIST,
  "last page of the list": (last) => `${LIST}?page=${last}`,
  "list by field and year": `${LIST}?field=4&year=2015`,
  "list by words": `${LIST}?q=${encodeURIComponent("gà đồi")}`,
  totals: `${LIST}/tong-hop`,
  "totals by field": `${LIST}/tong-hop?field=4`,
  "totals as a file": `${LIST}/tong-hop.csv`,
};
const ENTRIES_A_PAGE = 20;

const HEADINGS = ["Mã số", "Tên nhiệm vụ", "Cấp quản lý", "Loại nhiệm vụ", "Lĩnh vực", "Đơn vị chủ trì", "Chủ nhiệm"]
  .concat(["Bắt đầu", "Kết thúc", "Kinh phí", "Quyết định phê duyệt", "Ngày phê duyệt"]);
const LEVELS = ["Cấp cơ sở", "Cấp tỉnh", "Cấp bộ", "Cấp quốc gia"];
const TYPES = ["Đề tài khoa học và công nghệ", "Dự án sản xuất thử nghiệm", "Mô hình ứng dụng tiến bộ kỹ thuật"];
const FIELDS = ["Khoa học tự nhiên", "Khoa học kỹ thuật và công nghệ", "Khoa học nông nghiệp", "Khoa học xã hội"];
const SUBJECTS = ["Nuôi gà đồi dưới tán vải", "Trồng rừng gỗ lớn", "Bảo tồn lễ hội Xương Giang", "Bản đồ số hộ tịch"];

/** Rows of both databases; `url(name)` gives each a database of its own. */
export async function projects(database, url, { program, work }) {
  const row = (name, measured, unit, more = {}) => ({ database, name: `${PROJECTS} projects: ${name}`, measured, unit, ...more });
  const portal = portalIn(program, join(work, `${database}-projects`), await url("projects"));
  await portal.fill();
  const file = join(portal.folder, "register.csv");
  writeFileSync(file, register());
  const taken = await portal.command(["import", COLLECTION, file, "--site", SITE, "--map", "register", "--json"]);
  if (taken.code !== 0) throw new Error(`the register was not taken: ${taken.err.slice(-2000)}`);
  const { count, seconds } = JSON.parse(taken.out);
  if (count.created !== PROJECTS) throw new Error(`${count.created} projects came in`);
  rmSync(file);
  const rows = [row("import of the register as CSV", seconds, "s")];
  const serving = await portal.serve(SETTINGS);
  try {
    const last = Math.ceil(PROJECTS / ENTRIES_A_PAGE);
    for (const [name, page] of Object.entries(PAGES)) {
      const path = typeof page === "function" ? page(last) : page;
      const { status } = ask(serving, path);
      if (status !== 200) throw new Error(`${path}: ${status}`);
      const micros = await timed(serving, () => {
        for (let look = 0; look < LOOKS; look += 1) ask(serving, path);
      });
      if (micros.length < LOOKS) throw new Error(`${path}: ${micros.length} of ${LOOKS} requests in the log`);
      const p95 = quantile(micros, 0.95) / 1000;
      rows.push(row(`${name}, p95`, p95, "ms", { asked: `≤ ${MS_MAX}`, met: p95 <= MS_MAX }));
      console.error(`${database}: ${name}: ${p95} ms`);
    }
  } finally {
    await serving.stop();
  }
  return rows;
}

/** The register as an office keeps it. */
function register() {
  const pick = (words, at) => words[at % words.length];
  const lines = Array.from({ length: PROJECTS }, (_, at) => {
    const year = 2005 + (at % 20);
    return [
      `BG-${at + 1}`,
      `${pick(SUBJECTS, at)}, lần ${at + 1}`,
      pick(LEVELS, at),
      pick(TYPES, at),
      pick(FIELDS, Math.floor(at / 3)),
      `Đơn vị số ${at % 300}`,
      `Nguyễn Văn ${at % 97}`,
      `15/03/${year}`,
      `31/12/${year + 2}`,
      `${1 + (at % 9)}.${String((at * 37) % 1000).padStart(3, "0")}`,
      `${at + 1}/QĐ-UBND`,
      `01/03/${year}`,
    ];
  });
  return [HEADINGS, ...lines].map((cells) => `${cells.map((cell) => `"${cell}"`).join(";")}\r\n`).join("");
}
