// Writing, from the first word to the page that readers see: a commune's officer writes a document without
// scripts, the head returns it with a remark, she corrects it, he approves it, the Board takes it down and
// lets it back; an inspector sees it all and changes nothing.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { WIDTHS_PX, axeFaults, launchBrowser, openPage, screenshot, sidewaysPx, signIn, startDemo } from "./lib.mjs";

const NUMBER = "88/2026/QĐ-UBND";
const PDF = { name: "qđ 88.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF") };

let demo, browser;
before(async () => {
  demo = await startDemo();
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

async function as(name, options = { javaScriptEnabled: false }) {
  const opened = await openPage(browser, options);
  const { page } = opened;
  await signIn(page, demo, name);
  return opened;
}

const save = (page) => page.locator('button[value="luu"]').first().click();

async function step(page, label, reason) {
  const form = page.locator("form.desk-step", { has: page.locator("button", { hasText: label }) });
  if (reason) await form.locator("textarea").fill(reason);
  await form.locator("button").click();
  assert.match(await page.locator('[role="status"]').first().innerText(), new RegExp(label));
}

async function publicly() {
  const { page, close } = await openPage(browser, { javaScriptEnabled: false });
  await page.goto(`${demo.origin("dong-son")}/van-ban?number=${encodeURIComponent(NUMBER)}`);
  const count = await page.locator(".rows > li").count();
  await close();
  return count;
}

test("a document's whole life, without JavaScript", async () => {
  const officer = await as("can-bo");
  await officer.page.locator("main a.button", { hasText: "Soạn mục mới" }).click();
  await officer.page.locator("main a.button", { hasText: "Văn bản" }).click();
  const fill = (name, value) => officer.page.locator(`#truong-${name}`).fill(value);
  await officer.page.locator("#truong-kind").selectOption({ label: "Quyết định" });
  await fill("number", NUMBER);
  await fill("issuer", "Ủy ban nhân dân xã Đông Sơn");
  await fill("issued_on", "30/02/2026");
  await fill("effective_on", "15/3/2026");
  await fill("abstract", "Quy định giờ mở cửa chợ xã Đông Sơn");
  await fill("text", "Điều 1. Giờ mở cửa\n1. Chợ mở cửa từ 5 giờ đến 18 giờ.\nĐiều 2. Hiệu lực");
  await officer.page.locator("#tep-files").setInputFiles(PDF);
  await save(officer.page);
  assert.match(await officer.page.locator(".form-faults").innerText(), /1 chỗ cần sửa/);
  assert.equal(await officer.page.locator("#truong-issued_on").inputValue(), "30/02/2026", "as it was typed");
  assert.match(await officer.page.locator("#truong-files").innerText(), /qđ 88\.pdf/, "the file is not lost");
  await fill("issued_on", "5/3/2026");
  await save(officer.page);
  assert.match(await officer.page.locator('[role="status"]').first().innerText(), /Đã lưu/);
  const entry = officer.page.url().split("?")[0];
  await step(officer.page, "Gửi duyệt");
  assert.equal(await publicly(), 0);

  const head = await as("thu-truong");
  await head.page.goto(`${demo.home}/quan-tri`);
  await head.page.locator(".rows a", { hasText: NUMBER }).click();
  await step(head.page, "Trả lại", "Trích yếu thiếu tên chợ");

  await officer.page.goto(entry);
  assert.match(await officer.page.locator(".desk-history").innerText(), /Trích yếu thiếu tên chợ/);
  await officer.page.locator("main a.button", { hasText: "Sửa nội dung" }).click();
  assert.equal(await officer.page.locator("#truong-issued_on").inputValue(), "05/03/2026");
  await fill("abstract", "Quy định giờ mở cửa chợ Đình, xã Đông Sơn");
  await save(officer.page);
  await officer.page.locator("main a.button", { hasText: "Các bản đã lưu" }).click();
  assert.match(await officer.page.locator(".changes ins").first().innerText(), /Đình/);
  await officer.page.goto(entry);
  await step(officer.page, "Gửi duyệt");

  await head.page.goto(entry);
  await step(head.page, "Duyệt và đăng");
  assert.equal(await publicly(), 1);

  const board = await as("truong-ban");
  await board.page.goto(entry);
  await step(board.page, "Gỡ xuống", "Sai thẩm quyền, cần xem lại");
  assert.equal(await publicly(), 0);
  await step(board.page, "Cho đăng lại", "Đã kiểm tra, đúng thẩm quyền");
  assert.equal(await publicly(), 1);

  const inspector = await as("thanh-tra");
  await inspector.page.goto(entry);
  const history = await inspector.page.locator(".desk-history").innerText();
  for (const told of ["Trích yếu thiếu tên chợ", "Sai thẩm quyền, cần xem lại", "Đã kiểm tra, đúng thẩm quyền"]) {
    assert.ok(history.includes(told), told);
  }
  assert.equal(await inspector.page.locator("form.desk-step").count(), 0);
  assert.equal(await inspector.page.locator("main a.button", { hasText: "Sửa nội dung" }).count(), 0);
  const refused = await inspector.page.goto(`${entry}/sua`);
  assert.equal(refused.status(), 403);
  for (const opened of [officer, head, board, inspector]) {
    assert.deepEqual(opened.faults.filter((it) => !it.includes("403") && !it.includes("422")), []);
    await opened.close();
  }
});

for (const width of WIDTHS_PX) {
  test(`the form, a revision and the preview at ${width} px are accessible and fit the window`, async () => {
    const { page, close } = await as("can-bo", { width });
    const look = async (name) => {
      await screenshot(page, `${name}-${width}`);
      assert.deepEqual(await axeFaults(page), []);
      assert.equal(await sidewaysPx(page), 0, "the page scrolls sideways");
    };
    await page.goto(`${demo.home}/quan-tri/soan`);
    await look("write-begin");
    await page.locator("main a.button", { hasText: "Văn bản" }).click();
    await page.locator("#truong-number").fill(`9${width}/2026/QĐ-UBND`);
    await page.locator("#truong-issued_on").fill("hôm qua");
    await page.locator("#truong-abstract").fill("Một trích yếu");
    await page.locator('[name="f.relations.target"]').first().fill("quyết định");
    await page.locator("#tep-files").setInputFiles(PDF);
    await page.locator('button[value^="tim:"]').first().click();
    await look("write-found");
    await save(page);
    await look("write-wrong");
    await page.locator("#truong-issued_on").fill("1/2/2026");
    await page.locator('[name="f.relations.target"]').first().fill("");
    await save(page);
    const entry = page.url().split("?")[0];
    await page.goto(`${entry}/sua`);
    await page.locator("#truong-abstract").fill("Một trích yếu khác hẳn");
    await save(page);
    await look("write-saved");
    await page.goto(`${entry}/ban/2`);
    await look("write-revision");
    await page.goto(`${entry}/xem-truoc`);
    await look("write-preview");
    await close();
  });
}

test("the keyboard alone writes and saves", async () => {
  const { page, close } = await as("can-bo", {});
  await page.goto(`${demo.home}/quan-tri/soan`);
  await page.locator("main a.button", { hasText: "Văn bản" }).focus();
  await page.keyboard.press("Enter");
  await page.locator("#truong-number").focus();
  await page.keyboard.type("91/2026/QĐ-UBND");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/quan-tri\/muc\/[^/]+\?da-luu=1$/);
  assert.match(await page.locator("h1").innerText(), /91\/2026/, "Enter saves, and adds no row");
  await close();
});
