// Science projects: a researcher finds a task by its field, reads how it was accepted, cites it, and adds up the list; first
// without scripts, then with them and with axe.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { WIDTHS_PX, axeFaults, launchBrowser, openPage, screenshot, sidewaysPx, signIn, startDemo } from "./lib.mjs";

const PROJECT = "/khoa-hoc/hoan-thien-quy-trinh-chan-nuoi-ga-doi-yen-the-an-toan-sinh";

let demo, browser;
before(async () => {
  demo = await startDemo();
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

async function seen(page, name) {
  for (const width of WIDTHS_PX) {
    await page.setViewportSize({ width, height: 900 });
    assert.equal(await sidewaysPx(page), 0, `${name} at ${width} does not scroll sideways`);
    await screenshot(page, `${name}-${width}`);
  }
}

test("a researcher finds, reads and cites a task without JavaScript", async () => {
  const { page, close } = await openPage(browser, { javaScriptEnabled: false });
  await page.goto(`${demo.home}/khoa-hoc`);
  await page.locator(".browse a", { hasText: "Khoa học nông nghiệp" }).click();
  assert.equal(new URL(page.url()).searchParams.get("field"), "4");
  await page.locator("a", { hasText: "chăn nuôi gà đồi Yên Thế an toàn sinh học" }).first().click();
  const main = await page.locator("main").innerText();
  for (const words of ["742/QĐ-UBND", "Xuất sắc", "Báo cáo tổng hợp", "Trích dẫn"]) {
    assert.ok(main.includes(words), words);
  }
  const bibtex = await page.locator(".citation a", { hasText: "BibTeX" }).getAttribute("href");
  const answer = await page.request.get(`${demo.home}${bibtex}`);
  assert.match(await answer.text(), /^@techreport\{/);
  await page.goto(`${demo.home}/khoa-hoc?field=4`);
  await page.locator("a", { hasText: "Tổng hợp theo năm" }).click();
  assert.equal(new URL(page.url()).searchParams.get("field"), "4", "the totals are those of the filtered list");
  assert.ok((await page.locator(".totals table").count()) === 3);
  await close();
});

test("what is confidential says that it is there and why", async () => {
  const { page, close } = await openPage(browser, { javaScriptEnabled: false });
  await page.goto(`${demo.home}/khoa-hoc?access=closed`);
  assert.match(await page.locator("main").innerText(), /Bí mật nhà nước/);
  await page.locator("main a", { hasText: "NV.BG.M02-2025" }).first().click();
  const main = await page.locator("main").innerText();
  assert.match(main, /Không công khai nội dung/);
  assert.doesNotMatch(main, /Mục tiêu|Kinh phí/);
  await close();
});

test("an officer cannot publish a result without the act of its acceptance", async () => {
  const { page, close } = await openPage(browser, { javaScriptEnabled: false });
  await signIn(page, demo, "can-bo");
  await page.goto(`${demo.home}/quan-tri/soan`);
  await page.locator("a", { hasText: "Nhiệm vụ khoa học" }).first().click();
  await page.locator('[name="f.name"]').fill("Thử nghiệm giống chè mới");
  await page.locator('[name="f.findings"]').fill("Năng suất tăng 20 phần trăm.");
  await seen(page, "science-form");
  await close();
});

test("every page is whole on a phone and a desktop, for axe too", async () => {
  const { page, close } = await openPage(browser);
  for (const [name, path] of [
    ["science-list", "/khoa-hoc"],
    ["science-project", PROJECT],
    ["science-closed", "/khoa-hoc/nv-bg-m02-2025"],
    ["science-stopped", "/khoa-hoc/nuoi-ca-long-tren-ho-cam-son-nhanh-suoi-cay"],
    ["science-programmes", "/khoa-hoc/chuong-trinh"],
    ["science-totals", "/khoa-hoc/tong-hop"],
  ]) {
    await page.goto(`${demo.home}${path}`);
    await seen(page, name);
    assert.deepEqual(await axeFaults(page), [], name);
  }
  await close();
});
