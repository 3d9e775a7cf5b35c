// The desk as staff meet it: signing in, the rooms, an entry that is taken down with a reason and let back.
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

/** Opens the first document of Đông Sơn from the room of everything. */
async function openEntry(page) {
  await page.goto(`${demo.home}/quan-tri?ngan=tat-ca&loai=legal-documents%2Fdocument`);
  const row = page.locator(".rows > li", { hasText: "xã Đông Sơn" }).first();
  await row.locator("h2 a").click();
  return page.url();
}

const publicStatus = async (title) => {
  const { page, close } = await openPage(browser, { javaScriptEnabled: false });
  const found = await page.goto(`${demo.origin("dong-son")}/tim-kiem?q=${encodeURIComponent(title)}`);
  const count = await page.locator(".rows > li").count();
  assert.equal(found.status(), 200);
  await close();
  return count;
};

test("the Board takes down a commune's document with a reason and lets it back, without JavaScript", async () => {
  const { page, faults, close } = await openPage(browser, { javaScriptEnabled: false });
  await signIn(page, demo, "truong-ban");
  await openEntry(page);
  const title = await page.locator("h1").innerText();
  const number = title.split(" ").at(-1);
  assert.ok((await publicStatus(number)) > 0, `${number} is not found before`);

  const down = page.locator("form.desk-step", { hasText: "Gỡ xuống" });
  await down.locator("textarea").fill("Đăng nhầm văn bản");
  await down.locator("button").click();
  assert.match(await page.locator('[role="status"]').first().innerText(), /Gỡ xuống/);
  assert.match(await page.locator(".desk-marks").innerText(), /người đọc không thấy/);
  assert.match(await page.locator(".desk-history").innerText(), /Nguyễn Văn Bình[\s\S]*Đăng nhầm văn bản/);
  assert.equal(await publicStatus(number), 0, "nobody finds it any more");

  const back = page.locator("form.desk-step", { hasText: "Cho đăng lại" });
  await back.locator("textarea").fill("Đã kiểm tra lại");
  await back.locator("button").click();
  assert.match(await page.locator(".desk-marks").innerText(), /người đọc đang thấy/);
  assert.ok((await publicStatus(number)) > 0);
  assert.deepEqual(faults, []);
  await close();
});

test("the Board narrows a room, ticks two documents and takes both down, by keyboard and without JavaScript", async () => {
  const { page, faults, close } = await openPage(browser, { javaScriptEnabled: false });
  const looked = async (name) => {
    for (const width of WIDTHS_PX) {
      await page.setViewportSize({ width, height: 900 });
      assert.equal(await sidewaysPx(page), 0, `${name} at ${width} does not scroll sideways`);
      await screenshot(page, `${name}-${width}`);
    }
  };
  await signIn(page, demo, "truong-ban");
  await page.goto(`${demo.home}/quan-tri?ngan=tat-ca`);
  await page.locator("#truong-trang").selectOption({ label: "Trang Thông tin điện tử xã Đông Sơn" });
  await page.locator("#truong-tim").fill("nghị quyết");
  await page.locator("#truong-tim").press("Enter");
  await page.waitForURL(/trang=dong-son/);
  const rows = page.locator(".rows > li");
  assert.equal(await rows.count(), 2, "two resolutions of Đông Sơn");
  await looked("desk-narrowed");
  for (const row of await rows.all()) await row.locator(".pick input").press("Space");
  await page.locator("#viec-nhieu").selectOption({ label: "Gỡ xuống" });
  await page.locator(".many button").press("Enter");
  await page.waitForURL(/nhieu-muc/);
  assert.match(await page.locator("main").innerText(), /Gỡ xuống: 2 mục/);
  await looked("desk-many");
  await page.locator("#truong-ly-do").fill("Đăng nhầm phiên bản");
  await page.locator("main form button").click();
  assert.match(await page.locator('[role="status"]').innerText(), /Đã làm xong với 2 mục/);
  await looked("desk-many-done");
  await page.locator("main a", { hasText: "Quay lại danh sách" }).click();
  await page.waitForURL(/trang=dong-son/);
  assert.equal(await page.locator(".rows > li", { hasText: "Đã gỡ" }).count(), 2);
  await page.locator("#ca-trang").check();
  await page.locator("#viec-nhieu").selectOption({ label: "Cho đăng lại" });
  await page.locator(".many button").click();
  await page.locator("#truong-ly-do").fill("Đã kiểm tra lại");
  await page.locator("main form button").click();
  assert.match(await page.locator('[role="status"]').innerText(), /Đã làm xong với 2 mục/);
  assert.deepEqual(faults, []);
  await close();
  const { page: scripted, close: leave } = await openPage(browser);
  await signIn(scripted, demo, "truong-ban");
  await scripted.goto(`${demo.home}/quan-tri?ngan=tat-ca`);
  assert.deepEqual(await axeFaults(scripted), []);
  await leave();
});

test("an inspector reads the same entry and is offered nothing", async () => {
  const { page, close } = await openPage(browser, { javaScriptEnabled: false });
  await signIn(page, demo, "thanh-tra");
  await openEntry(page);
  assert.equal(await page.locator("form.desk-step").count(), 0);
  assert.ok((await page.locator(".desk-text dt").count()) > 3, "the text is there");
  await close();
});

for (const width of WIDTHS_PX) {
  test(`sign-in, room and entry at ${width} px are accessible and fit the window`, async () => {
    const { page, faults, close } = await openPage(browser, { width });
    const look = async (name) => {
      await screenshot(page, `${name}-${width}`);
      assert.equal(await page.locator("h1").count(), 1, "one first heading");
      assert.deepEqual(await axeFaults(page), []);
      assert.equal(await sidewaysPx(page), 0, "the page scrolls sideways");
    };
    await page.goto(`${demo.home}/dang-nhap`);
    await look("sign-in");
    await signIn(page, demo, "truong-ban");
    await page.goto(`${demo.home}/quan-tri?ngan=tat-ca`);
    await look("desk-room");
    await openEntry(page);
    await look("desk-entry");
    await page.goto(`${demo.home}/quan-tri/tai-khoan`);
    await look("own-account");
    assert.deepEqual(faults, []);
    await close();
  });
}

test("the keyboard alone reaches the reason and its button", async () => {
  const { page, close } = await openPage(browser);
  await signIn(page, demo, "truong-ban");
  await openEntry(page);
  await page.locator("form.desk-step textarea").first().focus();
  await page.keyboard.type("Lý do");
  await page.keyboard.press("Tab");
  const focused = await page.evaluate(() => document.activeElement.textContent.trim());
  assert.equal(focused, "Gỡ xuống");
  await close();
});
