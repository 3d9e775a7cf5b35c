// The home page, and the room where its blocks are put in order.
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

const ROOM = "/quan-tri/trang-chu/dong-son";
const DOCUMENTS = "Văn bản mới ban hành";
const SERVICES = "Dịch vụ công được xem nhiều";

/** The headings of the commune's home page, as a reader without JavaScript finds them. */
async function headings() {
  const { page, close } = await openPage(browser, { javaScriptEnabled: false });
  await page.goto(`${demo.origin("dong-son")}/`);
  const found = await page.locator(".home-section h2").allInnerTexts();
  await close();
  return found;
}

test("blocks are moved, hidden and shown again without JavaScript, and readers see that at once", async () => {
  const { page, faults, close } = await openPage(browser, { javaScriptEnabled: false });
  await signIn(page, demo, "truong-ban");
  await page.goto(`${demo.home}/quan-tri/chuyen-muc?trang=dong-son`);
  await page.getByRole("link", { name: /Sắp xếp trang chủ/ }).click();
  const before = await headings();
  assert.equal(before[0], "Đang lấy ý kiến");
  assert.ok(before.indexOf(SERVICES) > 0);
  for (let at = 1; at < before.length + 1; at += 1) {
    const up = page.getByRole("button", { name: `Đưa lên: ${SERVICES}` });
    if ((await up.count()) === 0) break;
    await up.click();
    assert.match(await page.locator('[role="status"]').innerText(), /Đã đổi chỗ/);
  }
  assert.deepEqual(await headings(), [SERVICES, ...before.filter((it) => it !== SERVICES)]);
  await page.getByRole("button", { name: `Ẩn: ${DOCUMENTS}` }).click();
  assert.match(await page.locator("li.is-hidden").innerText(), /Đang ẩn/);
  assert.ok(!(await headings()).includes(DOCUMENTS));
  await page.getByRole("button", { name: `Hiện lại: ${DOCUMENTS}` }).click();
  await page.getByRole("button", { name: "Về thứ tự ban đầu" }).click();
  assert.deepEqual(await headings(), before);
  assert.deepEqual(faults, []);
  await close();
});

test("the keyboard alone moves a block", async () => {
  const { page, close } = await openPage(browser);
  await signIn(page, demo, "truong-ban");
  await page.goto(demo.home + ROOM);
  await page.getByRole("button", { name: `Đưa xuống: ${DOCUMENTS}` }).focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/xong=xuong/);
  // What is next is the block that was moved.
  await page.keyboard.press("Tab");
  assert.match(await page.locator(":focus").getAttribute("aria-label"), new RegExp(DOCUMENTS));
  await page.getByRole("button", { name: "Về thứ tự ban đầu" }).click();
  await close();
});

for (const width of WIDTHS_PX) {
  test(`home pages and their order at ${width} px are accessible and fit`, async () => {
    const { page, faults, close } = await openPage(browser, { width });
    const look = async (name) => {
      await screenshot(page, `${name}-${width}`);
      assert.equal(await page.locator("h1").count(), 1, "one first heading");
      assert.deepEqual(await axeFaults(page), []);
      assert.equal(await sidewaysPx(page), 0, "the page scrolls sideways");
    };
    await page.goto(`${demo.home}/`);
    await look("home-district");
    await page.goto(`${demo.origin("dong-son")}/`);
    await look("home-commune");
    await page.goto(`${demo.origin("dong-son")}/dich-vu-cong/dang-ky-khai-sinh`);
    assert.match(await page.locator(".facts").first().innerText(), /Lượt xem tháng này/);
    await look("service-views");
    await signIn(page, demo, "truong-ban");
    await page.goto(demo.home + ROOM);
    await page.getByRole("button", { name: `Ẩn: ${SERVICES}` }).click();
    await look("home-order");
    await page.getByRole("button", { name: "Về thứ tự ban đầu" }).click();
    assert.deepEqual(faults, []);
    await close();
  });
}
