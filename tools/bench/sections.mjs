// Two sections at the size that is asked of them: a consultation with 10,000 opinions, 500 public services, the home page with
// its blocks, and the size of each plugin's code. The rows come in by `dinh import`, as those of any other system.
import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { alternate, median, quantile } from "./load.mjs";
import { SITE, portalIn } from "./portal.mjs";
import { ask, timed } from "./scale.mjs";

const OPINIONS = Number(process.env.DINH_BENCH_OPINIONS ?? 10_000);
const SERVICES = Number(process.env.DINH_BENCH_SERVICES ?? 500);
const LOOKS = 60;
const DRAFT_MS_MAX = 100;
const TABLE_S_MAX = 5;
const TABLE_LOOKS = 3;
const SEARCH_MS_MAX = 30;
const HOME_CPU_MS_MAX = 1;
const WASM_BYTES_MAX = 500_000;
const CODE = "GY-BENCH-01";
const ARTICLES = 40;
/** Longest wait for the search index of everything. */
const INDEX_SECONDS_MAX = 300;
const DAY_MS = 24 * 3_600_000;
const SETTINGS = { DINH_HTTP_UNLIMITED_CLIENTS: "127.0.0.1", DINH_HTTP_PAGE_CACHE_MIB: "0" };

const VERBS = ["Cấp", "Cấp lại", "Đăng ký", "Xác nhận", "Gia hạn", "Điều chỉnh", "Thu hồi", "Công nhận", "Hỗ trợ", "Trợ cấp"];
const SUBJECTS = [
  "khai sinh", "kết hôn", "khai tử", "tạm trú", "giấy phép xây dựng nhà ở", "hộ kinh doanh", "quyền sử dụng đất", "hộ nghèo",
  "người có công", "gia đình văn hóa", "trang trại gà đồi", "hợp tác xã", "nước sạch nông thôn", "bảo hiểm y tế", "thẻ người khuyết tật",
];
const ASKED = ["làm giấy khai sinh", "lam giay khai sinh", "xin phép xây nhà", "mở cửa hàng", "tro cap nguoi co cong", "ga doi", "thẻ bảo hiểm"];
const STANCES = ["agree", "change", "disagree", "other"];

/** Rows of one portal; `url` gives it a database of its own. */
export async function sections(database, url, { program, work, bundle }) {
  const row = (name, measured, unit, limit) => {
    const asked = limit === undefined ? {} : { asked: `≤ ${limit}`, met: measured <= limit };
    console.error(`${database}: ${name}: ${measured} ${unit}`);
    return { database, name, measured, unit, ...asked };
  };
  const portal = portalIn(program, join(work, `${database}-sections`), await url("sections"));
  await portal.fill();
  const rows = [];
  for (const [collection, made] of [["consultations/consultation", [draft()]], ["consultations/opinion", opinions()], ["public-services/procedure", services()]]) {
    rows.push(row(`import of ${made.length} ${collection}`, await imported(portal, collection, made), "s"));
  }
  const serving = await portal.serve(SETTINGS, { readySecondsMax: INDEX_SECONDS_MAX });
  try {
    const p95 = async (path) => (await looked(serving, path, LOOKS)) / 1000;
    const found = (path, pattern) => looking(serving, path).text.match(pattern)?.[0];
    const page = found(`/gop-y?code=${CODE}`, /\/gop-y\/bench[a-z0-9-]*/);
    const service = found("/dich-vu-cong?q=khai+sinh", /\/dich-vu-cong\/[a-z0-9-]*bench[a-z0-9-]*/);
    rows.push(row(`page of a draft with ${OPINIONS} opinions, p95`, await p95(page), "ms", DRAFT_MS_MAX));
    rows.push(row("list of its opinions, p95", await p95(`/gop-y/y-kien?consultation=${CODE}`), "ms", DRAFT_MS_MAX));
    const table = [];
    for (let look = 0; look < TABLE_LOOKS; look += 1) {
      const began = performance.now();
      looking(serving, `/gop-y/y-kien/export.ods?consultation=${CODE}`);
      table.push((performance.now() - began) / 1000);
    }
    rows.push(row("table of opinions and dispositions as ODS", median(table), "s", TABLE_S_MAX));
    const micros = [];
    for (const words of ASKED) {
      const q = encodeURIComponent(words);
      for (const path of [`/tim-kiem?q=${q}`, `/dich-vu-cong?q=${q}`]) micros.push(...(await times(serving, path, LOOKS / 6)));
    }
    rows.push(row(`search among ${SERVICES} services, p95`, quantile(micros, 0.95) / 1000, "ms", SEARCH_MS_MAX));
    const steps = checklist(serving, `${service}/can-chuan-bi`);
    const asked = [];
    for (const step of steps) asked.push(...(await times(serving, step, LOOKS / 3)));
    rows.push(row(`checklist, ${steps.length} pages, p95`, quantile(asked, 0.95) / 1000, "ms", SEARCH_MS_MAX));
    const { home } = await alternate([{ name: "home", url: `${serving.origin}/`, host: serving.host, pid: serving.pid }]);
    if (home.failed > 0) throw new Error("the home page failed under load");
    rows.push(row("home page with all blocks, cache off", home.cpuMsPerRequest, "CPU-ms", HOME_CPU_MS_MAX));
  } finally {
    await serving.stop();
  }
  return [...rows, ...sizes(bundle, row)];
}

/** What the code of both sections weighs. */
function sizes(bundle, row) {
  return ["consultations", "public-services"].map((id) => {
    return row(`code of ${id}`, statSync(join(bundle, "plugins", id, "plugin.wasm")).size, "bytes", WASM_BYTES_MAX);
  });
}

async function imported(portal, collection, made) {
  const file = join(portal.folder, `${collection.replace("/", "-")}.jsonl`);
  writeFileSync(file, made.map((it) => `${JSON.stringify(it)}\n`).join(""));
  const done = await portal.command(["import", collection, file, "--site", SITE]);
  if (done.code !== 0) throw new Error(`import of ${collection} ended with ${done.code}: ${done.out}${done.err}`);
  return done.seconds;
}

function draft() {
  const at = (days) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 16);
  const articles = Array.from({ length: ARTICLES }, (_, at) => `Điều ${at + 1}. Nội dung thứ ${at + 1}\n1. Quy định về ${SUBJECTS[at % SUBJECTS.length]}.\n2. Trách nhiệm của các bên.`);
  return {
    key: CODE,
    subject: `Bench: dự thảo quy định có ${OPINIONS} ý kiến`,
    code: CODE,
    kind: "policy",
    drafter: "Phòng Tư pháp huyện Yên Thế",
    summary: "Dự thảo do chương trình đo tạo ra.",
    opens: at(-40),
    closes: at(40),
    receiver: "Phòng Tư pháp",
    address: "Trụ sở Ủy ban nhân dân huyện Yên Thế",
    mail: "bench@example.gov.vn",
    version: 1,
    text: articles.join("\n"),
  };
}

function opinions() {
  return Array.from({ length: OPINIONS }, (_, at) => ({
    key: `${CODE}/${at}`,
    consultation: CODE,
    on: `Điều ${1 + ((at * 7) % ARTICLES)}`,
    stance: STANCES[at % STANCES.length],
    words: `Ý kiến thứ ${at}: đề nghị quy định rõ hơn về ${SUBJECTS[at % SUBJECTS.length]} ở thôn số ${at % 90}, vì nhân dân còn hỏi nhiều.`,
    sender: "person",
    named: "masked",
    by: "N.V.A.",
    received_on: new Date(Date.now() - (at % 30) * DAY_MS).toISOString().slice(0, 10),
    disposition: ["accepted", "partly", "declined"][at % 3],
    reason: `Đã xem xét ý kiến thứ ${at} và trả lời tại báo cáo tiếp thu.`,
    shown_in: 1,
  }));
}

function services() {
  return Array.from({ length: SERVICES }, (_, at) => ({
    key: `BENCH.${at}`,
    name: `${VERBS[at % VERBS.length]} ${SUBJECTS[Math.floor(at / VERBS.length) % SUBJECTS.length]} (bench ${at})`,
    code: `BENCH.${at}`,
    summary: "Thủ tục do chương trình đo tạo ra.",
    field: ["business", "construction"][at % 2],
    level: "whole",
    announced_on: "2025-06-16",
    effective_from: "2025-07-01",
    steps: [
      { step: "Nộp giấy tờ tại nơi tiếp nhận.", who: "Người dân", time: "Trong giờ tiếp nhận" },
      { step: "Xem xét và trả kết quả.", who: "Cán bộ một cửa", time: "3 ngày làm việc" },
    ],
    channels: ["Nộp trực tiếp tại nơi tiếp nhận"],
    papers: [
      { paper: "Đơn theo mẫu", original: 1 },
      { paper: "Văn bản ủy quyền", original: 1, when: "nop-thay" },
      { paper: "Biên bản họp", copy: 1, when: "nhom" },
    ],
    sets: 1,
    limits: [{ limit: "3 ngày làm việc" }],
    applicants: "Cá nhân, hộ gia đình.",
    agency: "Ủy ban nhân dân huyện Yên Thế",
    fees: [{ fee: "Lệ phí", amount: 50_000, unit: "lần" }],
    result: "Giấy chứng nhận",
    questions: [
      { question: "Ai đề nghị?", answer: "Một người", key: "mot-nguoi" },
      { question: "Ai đề nghị?", answer: "Nhiều người", key: "nhom" },
      { question: "Ai nộp hồ sơ?", answer: "Tự nộp", key: "tu-nop" },
      { question: "Ai nộp hồ sơ?", answer: "Nhờ người khác nộp", key: "nop-thay" },
    ],
    counters: [{ kind: "at-counter", target: "TN-YT" }],
    everyday: [`làm ${SUBJECTS[at % SUBJECTS.length]}`],
  }));
}

/** The addresses of a checklist: its first page, and what each first answer leads to. */
function checklist(serving, first) {
  const pages = [first];
  for (;;) {
    const links = [...looking(serving, pages.at(-1)).text.matchAll(/href="([^"]*can-chuan-bi\?[^"]*)"/g)];
    const next = links.map((it) => it[1].replaceAll("&amp;", "&")).find((it) => it.length > pages.at(-1).length);
    if (!next) return pages;
    pages.push(next);
  }
}

function looking(serving, path) {
  const answer = ask(serving, path);
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
  return answer;
}

async function times(serving, path, looks) {
  looking(serving, path);
  return timed(serving, () => {
    for (let look = 0; look < looks; look += 1) looking(serving, path);
  });
}

async function looked(serving, path, looks) {
  return quantile(await times(serving, path, looks), 0.95);
}
