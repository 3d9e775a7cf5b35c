// The catalogue of public services: found within three clicks, and the checklist, with and without JavaScript.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { WIDTHS_PX, axeFaults, launchBrowser, openPage, screenshot, sidewaysPx, startDemo } from "./lib.mjs";

let demo, browser;
before(async () => {
  demo = await startDemo();
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

for (const javaScriptEnabled of [false, true]) {
  test(`three clicks to a procedure and its checklist, JavaScript ${javaScriptEnabled}`, async () => {
    const { page, faults, close } = await openPage(browser, { javaScriptEnabled });
    await page.goto(`${demo.home}/`);
    await page.locator("nav a", { hasText: "Dịch vụ công" }).first().click();
    await page.locator(".browse a", { hasText: "Sinh con" }).click();
    await page.locator(".rows h2 a", { hasText: "Đăng ký khai sinh" }).first().click();
    assert.match(page.url(), /(dong-son|xuan-luong)\.localhost/);
    await page.getByRole("link", { name: "Giấy tờ cần chuẩn bị" }).click();
    await page.getByRole("link", { name: "Người khác" }).click();
    await page.getByRole("link", { name: "Không", exact: true }).click();
    await page.getByRole("link", { name: "Sau 60 ngày" }).click();
    const words = await page.locator("main").innerText();
    for (const part of ["Văn bản ủy quyền", "8.000 đồng", "Trong ngày làm việc", "7 giờ 30"]) {
      assert.ok(words.includes(part), `${part} in ${words}`);
    }
    // The address alone holds the answers: a stranger sees the same.
    const other = await openPage(browser, { javaScriptEnabled: false });
    await other.page.goto(page.url());
    assert.equal(await other.page.locator("main").innerText(), words);
    assert.equal((await page.context().cookies()).length, 0);
    await other.close();
    assert.deepEqual(faults, []);
    await close();
  });
}

test("a bookmark to what was replaced leads on", async () => {
  const { page, close } = await openPage(browser, { javaScriptEnabled: false });
  await page.goto(`${demo.home}/dich-vu-cong/cap-dang-ky-ho-kinh-doanh-bang-ban-giay`);
  const notice = page.locator(".notice").first();
  assert.match(await notice.innerText(), /đã được thay thế từ ngày 01\/07\/2025/);
  await notice.getByRole("link").click();
  assert.equal(await page.locator("h1").innerText(), "Đăng ký thành lập hộ kinh doanh");
  await close();
});

for (const width of WIDTHS_PX) {
  test(`the catalogue at ${width} px is accessible and fits`, async () => {
    const { page, faults, close } = await openPage(browser, { width });
    const commune = demo.origin("dong-son");
    const checklist = `${commune}/dich-vu-cong/dang-ky-khai-sinh/can-chuan-bi`;
    for (const [name, address] of [
      ["services", `${demo.home}/dich-vu-cong`],
      ["service", `${commune}/dich-vu-cong/dang-ky-khai-sinh`],
      ["service-replaced", `${demo.home}/dich-vu-cong/cap-dang-ky-ho-kinh-doanh-bang-ban-giay`],
      ["counters", `${demo.home}/dich-vu-cong/noi-tiep-nhan`],
      ["checklist-asks", checklist],
      ["checklist", `${checklist}?c1=nguoi-khac&c2=khong-giay&c3=qua-han`],
    ]) {
      await page.goto(address);
      await screenshot(page, `${name}-${width}`);
      assert.equal(await page.locator("h1").count(), 1, `one first heading: ${name}`);
      assert.deepEqual(await axeFaults(page), [], name);
      assert.equal(await sidewaysPx(page), 0, name);
    }
    assert.deepEqual(faults, []);
    await close();
  });
}
