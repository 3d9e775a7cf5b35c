// The rooms of sections and of plugins.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { WIDTHS_PX, axeFaults, launchBrowser, openPage, screenshot, sidewaysPx, signIn, startDemo } from "./lib.mjs";

let demo, browser;
before(async () => {
  demo = await startDemo();
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

const ROOM = "/quan-tri/chuyen-muc";
const COMMUNE = `${ROOM}/dong-son/legal-documents`;
// The regulation asks a commune for documents and services; what it does not ask for may be switched off.
const FREE = `${ROOM}/dong-son/consultations`;

test("a section is switched off with a reason and on again, without JavaScript", async () => {
  const { page, faults, close } = await openPage(browser, { javaScriptEnabled: false });
  await signIn(page, demo, "truong-ban");
  await page.locator(".rooms a", { hasText: "Con người" }).click();
  await page.locator(".rooms a", { hasText: "Chuyên mục" }).click();
  await page.getByLabel("Trang", { exact: true }).selectOption("dong-son");
  await page.getByRole("button", { name: "Lọc" }).click();
  await page.locator(".rows h2 a", { hasText: "Lấy ý kiến" }).first().click();
  assert.match(await page.locator("main").innerText(), /mục đang công khai không ai xem được nữa/);
  await page.getByLabel("Lý do").fill("Rà soát nội dung");
  await page.getByRole("button", { name: "Tắt chuyên mục" }).click();
  assert.match(await page.locator('[role="status"]').first().innerText(), /Đã tắt chuyên mục/);
  const reader = await openPage(browser, { javaScriptEnabled: false });
  assert.equal((await reader.page.goto(`${demo.origin("dong-son")}/gop-y`)).status(), 404);
  await page.getByRole("button", { name: "Bật chuyên mục" }).click();
  assert.match(await page.locator('[role="status"]').first().innerText(), /Đã bật chuyên mục/);
  assert.equal((await reader.page.goto(`${demo.origin("dong-son")}/gop-y`)).status(), 200);
  assert.deepEqual(faults, []);
  await reader.close();
  await close();
});

test("the keyboard alone changes the sharing of a section", async () => {
  const { page, close } = await openPage(browser);
  await signIn(page, demo, "truong-ban");
  await page.goto(demo.home + COMMUNE);
  await page.locator('select[name="chia-se"]').focus();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForURL(/xong=share/);
  assert.equal(await page.locator('select[name="chia-se"]').inputValue(), "none");
  await close();
});

for (const width of WIDTHS_PX) {
  test(`sections and plugins at ${width} px are accessible and fit`, async () => {
    const { page, faults, close } = await openPage(browser, { width });
    const look = async (name) => {
      await screenshot(page, `${name}-${width}`);
      assert.equal(await page.locator("h1").count(), 1, "one first heading");
      assert.deepEqual(await axeFaults(page), []);
      assert.equal(await sidewaysPx(page), 0, "the page scrolls sideways");
    };
    await signIn(page, demo, "truong-ban");
    await page.goto(demo.home + ROOM);
    await look("sections");
    await page.goto(demo.home + COMMUNE);
    await look("section-room-owed");
    await page.goto(demo.home + FREE);
    await look("section-room");
    await page.evaluate(() => document.querySelectorAll("main form").forEach((it) => it.setAttribute("novalidate", "")));
    await page.getByRole("button", { name: "Tắt chuyên mục" }).click();
    await look("section-room-wrong");
    await page.goto(`${demo.home}/quan-tri/phan-mo-rong`);
    await look("plugins");
    await page.locator(".rows h2 a", { hasText: "Văn bản" }).first().click();
    await look("plugin-room");
    assert.deepEqual(faults, []);
    await close();
  });
}
