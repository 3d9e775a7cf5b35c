// Consultations: a citizen gives an opinion on an article without an account or scripts, the office publishes and answers it,
// and everybody reads both beside the draft.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { WIDTHS_PX, axeFaults, launchBrowser, openPage, screenshot, sidewaysPx, signIn, startDemo } from "./lib.mjs";

const NAME = "Hoàng Thị Kín";
const WORDS = "Đề nghị miễn góp cho hộ có người khuyết tật nặng.";
const FILE = { name: "ảnh chụp biên bản.txt", mimeType: "text/plain", buffer: Buffer.from("Biên bản họp thôn về mức đóng góp. ".repeat(12)) };
const SLUG = "duong-be-tong-thon-dong-kenh-muc-dong-gop-va-cach-lam";

let demo, browser;
before(async () => {
  demo = await startDemo();
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

const commune = () => demo.home.replace("localhost", "dong-son.localhost");

async function seen(page, name) {
  for (const width of WIDTHS_PX) {
    await page.setViewportSize({ width, height: 900 });
    assert.equal(await sidewaysPx(page), 0, `${name} at ${width} does not scroll sideways`);
    await screenshot(page, `${name}-${width}`);
  }
}

// What is looked at without scripts is not read by axe, which is one.
async function looked(page, name) {
  await seen(page, name);
  assert.deepEqual(await axeFaults(page), []);
}

test("an opinion's whole life on a commune's site, without JavaScript", async () => {
  const { page: citizen, close } = await openPage(browser, { javaScriptEnabled: false });
  await citizen.goto(`${commune()}/gop-y`);
  await citizen.locator("a", { hasText: "Đường bê tông thôn Đông Kênh" }).first().click();
  await citizen.locator(".said a", { hasText: "Gửi ý kiến: Điều 2" }).click();
  assert.equal(await citizen.locator("#truong-on").inputValue(), "Điều 2", "the article that was read is chosen");
  await citizen.locator("#truong-stance").selectOption({ label: "Đề nghị sửa đổi, bổ sung" });
  await citizen.locator("#truong-words").fill(WORDS);
  await citizen.locator("#truong-sender").selectOption({ label: "Cá nhân" });
  await citizen.locator("#truong-named").selectOption({ label: "Chỉ công khai chữ cái đầu của họ tên" });
  await citizen.locator("#truong-name").fill(NAME);
  await citizen.locator("#truong-files").setInputFiles(FILE);
  await citizen.locator("form.plugin-form button").click();
  const again = await citizen.locator("main").innerText();
  assert.match(again, /Nội dung chưa được gửi/, "who names themselves agrees first");
  assert.ok(again.includes(FILE.name), "the file that came is there still");
  await seen(citizen, "consultation-file");
  await citizen.locator("#truong-dong-y").check();
  await citizen.locator("form.plugin-form button").click();
  const link = citizen.url().split("?")[0];
  assert.match(link, /\/theo-doi\/[0-9a-f]{64}$/);

  const { page: head, close: leave } = await openPage(browser, { javaScriptEnabled: false });
  await signIn(head, demo, "thu-truong");
  await head.goto(`${demo.home}/quan-tri`);
  await head.locator("a", { hasText: "Đề nghị miễn góp" }).first().click();
  const entry = new URL(head.url()).pathname;
  await head.locator("form.desk-step button", { hasText: "Cho đăng" }).click();

  const { page: officer, close: out } = await openPage(browser, { javaScriptEnabled: false });
  await signIn(officer, demo, "can-bo");
  await officer.goto(`${demo.home}${entry}`);
  await officer.locator("a", { hasText: "Giải trình, tiếp thu ý kiến" }).click();
  assert.match(await officer.locator("main").innerText(), new RegExp(WORDS), "the words stand above the answer");
  await seen(officer, "consultation-answer");
  await officer.locator("form button", { hasText: "Lưu" }).first().click();
  assert.match(await officer.locator("main").innerText(), /Xin điền mục này/);
  await officer.locator('select[name="f.disposition"]').selectOption({ label: "Tiếp thu" });
  await officer.locator('[name="f.reason"]').fill("Bản sau miễn cho hộ có người khuyết tật nặng.");
  await officer.locator("form button", { hasText: "Lưu" }).first().click();
  assert.match(await officer.locator("main").innerText(), /Chờ duyệt trả lời/);

  await head.goto(`${demo.home}${entry}`);
  await seen(head, "consultation-desk");
  await head.locator("form.desk-step button", { hasText: "Duyệt và đăng trả lời" }).click();
  assert.match(await head.locator("main").innerText(), /Đã trả lời/);

  await citizen.goto(link);
  assert.match(await citizen.locator("main").innerText(), /Bản sau miễn cho hộ/);
  await citizen.goto(`${commune()}/gop-y/${SLUG}`);
  const page = await citizen.locator("main").innerText();
  await citizen.locator("a", { hasText: "Đề nghị miễn góp" }).first().click();
  assert.match(await citizen.locator(".files").innerText(), /tep-dinh-kem-1\.txt/, "the file stands with the published words");
  await seen(citizen, "consultation-opinion");
  await citizen.goto(`${commune()}/gop-y/${SLUG}`);
  for (const part of [WORDS, "Tiếp thu", "H.T.K.", "2 ý kiến về Điều 2"]) assert.ok(page.includes(part), part);
  assert.ok(!(await citizen.content()).includes(NAME));
  await seen(citizen, "consultation-draft");
  await leave();
  await out();
  await close();
});

test("an opinion on paper, and a second version that is compared with the first, without JavaScript", async () => {
  const { page: citizen, close } = await openPage(browser, { javaScriptEnabled: false });
  await citizen.goto(`${commune()}/api/v1/collections/consultations/consultation`);
  const { items } = JSON.parse(await citizen.locator("body").innerText());
  const desk = `${demo.home}/quan-tri/muc/${items.find((it) => it.url.endsWith(SLUG)).id}`;

  const { page: officer, close: out } = await openPage(browser, { javaScriptEnabled: false });
  await signIn(officer, demo, "can-bo");
  await officer.goto(desk);
  await officer.locator("a", { hasText: "Nhập ý kiến nhận ngoài Cổng" }).click();
  await seen(officer, "consultation-paper");
  await officer.locator("#truong-kenh").selectOption({ label: "Tại cuộc họp" });
  await officer.locator("#truong-ngay-nhan").fill("01/01/2020");
  await officer.locator("#truong-stance").selectOption({ label: "Đề nghị sửa đổi, bổ sung" });
  await officer.locator("#truong-words").fill("Đề nghị làm rãnh thoát nước hai bên đường.");
  await officer.locator("#truong-sender").selectOption({ label: "Cá nhân" });
  await officer.locator("#truong-named").selectOption({ label: "Chỉ công khai chữ cái đầu của họ tên" });
  await officer.locator("form.plugin-form button").click();
  assert.match(await officer.locator("main").innerText(), /ngoài thời gian lấy ý kiến/);
  const today = await officer.evaluate(() => new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Ho_Chi_Minh" }).format());
  await officer.locator("#truong-ngay-nhan").fill(today);
  await officer.locator("form.plugin-form button").click();
  assert.match(await officer.locator("main").innerText(), /Tại cuộc họp/);
  assert.match(await officer.locator("main").innerText(), /Người nhập/);

  await officer.goto(`${desk}/sua`);
  const text = await officer.locator('[name="f.text"]').inputValue();
  await officer.locator('[name="f.text"]').fill(`${text.replace("rộng 3,5 m", "rộng 4 m")}\nĐiều 9. Rãnh thoát nước\nLàm rãnh hai bên đường.`);
  await officer.locator('[name="f.version"]').fill("2");
  await officer.locator('[name="f.version_note"]').fill("Đường rộng hơn, thêm rãnh thoát nước.");
  await officer.locator("form button", { hasText: "Lưu" }).first().click();
  await officer.locator("form.desk-step button", { hasText: "Gửi duyệt" }).click();
  const { page: head, close: leave } = await openPage(browser, { javaScriptEnabled: false });
  await signIn(head, demo, "thu-truong");
  await head.goto(desk);
  await head.locator("form.desk-step button", { hasText: /^Duyệt và đăng$/ }).click();

  await citizen.goto(`${commune()}/gop-y/${SLUG}`);
  assert.match(await citizen.locator(".entry-head").innerText(), /còn \d+ ngày|hết hạn/);
  assert.match(await citizen.locator(".entry-versions").innerText(), /Bản số 2[^]*thêm rãnh[^]*Bản số 1/);
  await citizen.locator("a", { hasText: "Khác gì so với bản số 1" }).click();
  const differ = await citizen.locator(".differ").innerText();
  assert.match(differ, /Điều 9 Thêm/);
  assert.equal(await citizen.locator(".differ ins", { hasText: "4" }).first().innerText(), "4");
  await seen(citizen, "consultation-compared");
  const compared = citizen.url();
  await citizen.locator(".versions a", { hasText: /^Bản số 1$/ }).click();
  assert.match(await citizen.locator("main").innerText(), /Đây là bản cũ[^]*rộng 3,5 m/);
  await seen(citizen, "consultation-version");
  const { page: reader, close: end } = await openPage(browser);
  for (const [name, address] of [
    ["consultation-compared-script", compared],
    ["consultation-versions", `${commune()}/gop-y/${SLUG}/phien-ban`],
    ["consultation-version-script", citizen.url()],
    ["consultation-versioned", `${commune()}/gop-y/${SLUG}`],
  ]) {
    await reader.goto(address);
    await looked(reader, name);
  }
  await end();
  await leave();
  await out();
  await close();
});

test("lists, form and a concluded consultation are accessible and fit the window", async () => {
  const { page, close } = await openPage(browser);
  for (const [name, path] of [
    ["consultation-list", "/gop-y"],
    ["consultation-opinions", "/gop-y/y-kien"],
    ["consultation-form", "/gop-y/dat-ten-duong-pho-cua-thi-tran-phon-xuong-dot-1/gui-y-kien"],
    ["consultation-closed", "/gop-y/du-thao-quy-dinh-quan-ly-cho-nuoi-tha-rong-tren-dia-ban/gui-y-kien"],
    ["consultation-result", "/gop-y/du-thao-quy-dinh-quan-ly-cho-nuoi-tha-rong-tren-dia-ban"],
  ]) {
    await page.goto(`${demo.home}${path}`);
    await looked(page, name);
  }
  // What comes back after a mistake, with the file that came.
  await page.goto(`${demo.home}/gop-y/dat-ten-duong-pho-cua-thi-tran-phon-xuong-dot-1/gui-y-kien`);
  await page.locator("#truong-stance").selectOption({ index: 1 });
  await page.locator("#truong-words").fill(WORDS);
  await page.locator("#truong-sender").selectOption({ label: "Cá nhân" });
  await page.locator("#truong-named").selectOption({ index: 1 });
  await page.locator("#truong-name").fill(NAME);
  await page.locator("#truong-files").setInputFiles(FILE);
  await page.locator("form.plugin-form button").click();
  await page.locator(".sent-file", { hasText: FILE.name }).waitFor();
  await looked(page, "consultation-form-again");
  await close();
});

test("where a commune has not switched it on there is nothing of it", async () => {
  const { page, close } = await openPage(browser, { javaScriptEnabled: false });
  const other = demo.home.replace("localhost", "xuan-luong.localhost");
  const gone = await page.goto(`${other}/gop-y`);
  assert.equal(gone.status(), 404);
  await page.goto(other);
  assert.doesNotMatch(await page.locator("body").innerText(), /Lấy ý kiến/);
  await close();
});
