// Consultations: a citizen gives an opinion on an article without an account or scripts, the office publishes and answers it,
// and everybody reads both beside the draft.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { WIDTHS_PX, axeFaults, launchBrowser, openPage, screenshot, sidewaysPx, signIn, startDemo } from "./lib.mjs";

const NAME = "Hoàng Thị Kín";
const WORDS = "Đề nghị miễn góp cho hộ có người khuyết tật nặng.";
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
  await citizen.locator("#truong-dong-y").check();
  await citizen.locator("#truong-stance").selectOption({ label: "Đề nghị sửa đổi, bổ sung" });
  await citizen.locator("#truong-words").fill(WORDS);
  await citizen.locator("#truong-sender").selectOption({ label: "Cá nhân" });
  await citizen.locator("#truong-named").selectOption({ label: "Chỉ công khai chữ cái đầu của họ tên" });
  await citizen.locator("#truong-name").fill(NAME);
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
  for (const part of [WORDS, "Tiếp thu", "H.T.K.", "2 ý kiến về Điều 2"]) assert.ok(page.includes(part), part);
  assert.ok(!(await citizen.content()).includes(NAME));
  await seen(citizen, "consultation-draft");
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
