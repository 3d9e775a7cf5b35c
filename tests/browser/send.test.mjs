// Sending: a citizen writes to the office without an account, with and without scripts, follows the receipt,
// is refused with a reason or published, and takes back; a moderator does his part on the desk.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { WIDTHS_PX, axeFaults, launchBrowser, openPage, screenshot, sidewaysPx, signIn, startDemo } from "./lib.mjs";

const NAME = "Hoàng Thị Kín";
const SUBJECT = "Ghế đá ở công viên gãy";
const SLUG = "ghe-da-o-cong-vien-gay";

let demo, browser;
before(async () => {
  demo = await startDemo();
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

const form = () => `${demo.home}/gop-y-ve-cong/gui`;

async function fill(page, changes = {}) {
  const texts = { subject: SUBJECT, words: "Ghế gãy chân, trẻ em dễ ngã.", name: NAME, phone: "0912 345 678", ...changes };
  await page.locator("#truong-dong-y").check();
  await page.locator("#truong-topic").selectOption({ label: "Việc khác" });
  for (const [name, text] of Object.entries(texts)) await page.locator(`#truong-${name}`).fill(text);
}

const send = (page) => page.locator("form[data-puzzle] button").click();

async function looked(page, name) {
  for (const width of WIDTHS_PX) {
    await page.setViewportSize({ width, height: 900 });
    assert.equal(await sidewaysPx(page), 0, `${name} at ${width} does not scroll sideways`);
    await screenshot(page, `${name}-${width}`);
  }
  assert.deepEqual(await axeFaults(page), []);
}

test("a remark's whole life, without JavaScript", async () => {
  const { page: citizen, close } = await openPage(browser, { javaScriptEnabled: false });
  await citizen.goto(`${demo.home}/gop-y-ve-cong`);
  await citizen.locator("a", { hasText: "Gửi góp ý về Cổng" }).first().click();
  assert.equal(await citizen.locator("#truong-dong-y").isChecked(), false, "nothing is ticked beforehand");
  await fill(citizen, { phone: "gọi sau" });
  await send(citizen);
  assert.match(await citizen.locator(".form-faults").innerText(), /chưa được gửi/);
  assert.equal(await citizen.locator("#truong-phone").inputValue(), "gọi sau", "as it was typed");
  assert.equal(await citizen.locator("#truong-dong-y").isChecked(), true);
  await citizen.locator("#truong-phone").fill("0912 345 678");
  await send(citizen);
  const link = citizen.url().split("?")[0];
  assert.match(link, /\/theo-doi\/[0-9a-f]{64}$/);
  assert.match(await citizen.locator('[role="status"]').innerText(), /đã nhận được/);
  const code = await citizen.locator(".secret code").innerText();

  await citizen.goto(`${demo.home}/theo-doi`);
  await citizen.locator("#truong-ma").fill(code.toLowerCase());
  await citizen.keyboard.press("Enter");
  await citizen.waitForURL(/\/theo-doi\?ma=/);
  const brief = await citizen.locator("main").innerText();
  assert.match(brief, /Mới nhận/);
  assert.doesNotMatch(brief, new RegExp(`${SUBJECT}|${NAME}`), "a code alone says next to nothing");

  const { page: board, close: leave } = await openPage(browser, { javaScriptEnabled: false });
  await signIn(board, demo, "truong-ban");
  await board.goto(`${demo.home}/quan-tri`);
  await board.locator("a", { hasText: SUBJECT }).click();
  const entry = board.url();
  assert.doesNotMatch(await board.locator("main").innerText(), new RegExp(NAME));
  await board.locator("a.button", { hasText: "Người gửi" }).click();
  assert.doesNotMatch(await board.locator("main").innerText(), new RegExp(NAME));
  await board.locator("button", { hasText: "Mở thông tin cá nhân" }).click();
  assert.match(await board.locator("main").innerText(), new RegExp(NAME));
  await board.goto(entry);
  await board.locator("form.desk-step button", { hasText: "Cho đăng" }).click();
  assert.match(await board.locator('[role="status"]').first().innerText(), /Cho đăng/);

  await citizen.goto(link);
  await citizen.locator("a", { hasText: SUBJECT }).click();
  assert.equal(new URL(citizen.url()).pathname, `/gop-y-ve-cong/${SLUG}`);
  assert.doesNotMatch(await citizen.content(), new RegExp(NAME));

  await citizen.goto(link);
  await citizen.locator("button", { hasText: "Rút lại" }).click();
  assert.match(await citizen.locator("main").innerText(), /Thông tin riêng đã được xóa/);
  const gone = await citizen.goto(`${demo.home}/gop-y-ve-cong/${SLUG}`);
  assert.equal(gone.status(), 410);
  await leave();
  await close();
});

test("with scripts a puzzle is solved unasked, and the sending carries it", async () => {
  const { page: citizen, close } = await openPage(browser);
  const asked = citizen.waitForResponse((answer) => answer.url().endsWith("/thu-thach"));
  await citizen.goto(form());
  await fill(citizen, { subject: "Đèn đường tắt" });
  assert.equal((await asked).status(), 200);
  await citizen.locator('input[name="bang-chung"]').waitFor({ state: "attached", timeout: 60_000 });
  await send(citizen);
  await citizen.waitForURL(/\/theo-doi\//);

  const { page: board, close: leave } = await openPage(browser);
  await signIn(board, demo, "truong-ban");
  await board.goto(`${demo.home}/quan-tri`);
  await board.locator("a", { hasText: "Đèn đường tắt" }).click();
  assert.match(await board.locator("main").innerText(), /đã giải bài kiểm tra/);
  const refuse = board.locator("form.desk-step", { has: board.locator("button", { hasText: "Từ chối" }) });
  await looked(board, "send-desk");
  await refuse.locator("select").selectOption({ label: "Không thuộc nội dung chuyên mục" });
  await refuse.locator("textarea").fill("Xin gửi đến Công ty điện lực.");
  await refuse.locator("button").click();
  assert.match(await board.locator('[role="status"]').first().innerText(), /Từ chối/);
  await board.locator("a.button", { hasText: "Người gửi" }).click();
  await looked(board, "send-sender");
  await citizen.reload();
  assert.match(await citizen.locator("main").innerText(), /Không thuộc nội dung chuyên mục: Xin gửi đến Công ty điện lực/);
  await looked(citizen, "send-receipt");
  await leave();
  await close();
});

test("the form is usable by keyboard and looked at on phone and desktop", async () => {
  const { page, close } = await openPage(browser);
  await page.goto(form());
  await looked(page, "send-form");
  await page.locator("#truong-dong-y").focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Tab");
  await page.keyboard.press("T");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Phím");
  assert.equal(await page.locator("#truong-subject").inputValue(), "Phím");
  await close();
});
