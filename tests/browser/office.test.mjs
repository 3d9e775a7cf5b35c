// The rooms beside the desk: people, a person's page, delegations, who works on an entry, the audit.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { DEMO_PASSWORD, WIDTHS_PX, axeFaults, launchBrowser, openPage, screenshot, sidewaysPx, signIn, startDemo } from "./lib.mjs";

let demo, browser;
before(async () => {
  demo = await startDemo();
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

async function openPerson(page, name) {
  await page.goto(`${demo.home}/quan-tri`);
  await page.locator(".rooms a", { hasText: "Con người" }).click();
  await page.locator(".rows h2 a", { hasText: name }).click();
}

test("a colleague is invited, comes, is given a role and takes the work over, without JavaScript", async () => {
  const { page, faults, close } = await openPage(browser, { javaScriptEnabled: false });
  await signIn(page, demo, "truong-ban");
  await page.goto(`${demo.home}/quan-tri/con-nguoi`);
  await page.getByRole("link", { name: "Mời người mới" }).click();
  await page.getByLabel("Họ và tên").fill("Phạm Thị Lan");
  await page.getByLabel("Tên đăng nhập").fill("lan");
  await page.getByLabel("Vai trò").selectOption({ label: "Cán bộ phụ trách của đơn vị" });
  await page.getByLabel("Tổ chức").selectOption("dong-son");
  await page.locator('main form button[type="submit"]').click();
  const link = await page.locator(".secret code").innerText();
  assert.match(link, /^http:\/\/localhost:\d+\/loi-moi\/[0-9a-f]{64}$/);

  const lan = await openPage(browser, { javaScriptEnabled: false });
  await lan.page.goto(link);
  await lan.page.locator('input[name="mat-khau-moi"]').fill("Hoa-sen-trang-77");
  await lan.page.locator('main form button[type="submit"]').click();
  await signIn(lan.page, demo, "lan", "Hoa-sen-trang-77");
  assert.equal(await lan.page.locator(".rooms a", { hasText: "Con người" }).count(), 0, "no room of people for an officer");

  await openPerson(page, "Lý Thị Mai");
  await page.getByLabel("Người nhận").selectOption("lan");
  await page.getByLabel("vô hiệu hóa tài khoản này").check();
  await page.getByRole("button", { name: "Bàn giao", exact: true }).click();
  assert.match(await page.locator('[role="status"]').first().innerText(), /Đã bàn giao \d+ mục/);
  assert.match(await page.locator("main").innerText(), /Đã vô hiệu hóa/);

  const mai = await openPage(browser, { javaScriptEnabled: false });
  await mai.page.goto(`${demo.home}/dang-nhap`);
  await mai.page.locator('input[name="ten"]').fill("can-bo");
  await mai.page.locator('input[name="mat-khau"]').fill(DEMO_PASSWORD);
  await mai.page.locator('main form button[type="submit"]').first().click();
  assert.match(await mai.page.locator("main").innerText(), /Không đăng nhập được/);
  assert.deepEqual(faults, []);
  await mai.close();
  await lan.close();
  await close();
});

test("the head lends the role, and the inspector reads it in the audit and changes nothing", async () => {
  const { page, close } = await openPage(browser, { javaScriptEnabled: false });
  await signIn(page, demo, "truong-ban");
  await openPerson(page, "Hoàng Văn Sơn");
  const today = new Date();
  const day = (after) => new Date(today.getTime() + after * 86_400_000).toISOString().slice(0, 10);
  await page.locator('select[name="vai-tro-uy-quyen"]').selectOption("unit-head@dong-son");
  await page.locator('select[name="nguoi-thay"]').selectOption({ index: 1 });
  await page.locator('input[name="thay-tu"]').fill(day(1));
  await page.locator('input[name="thay-den"]').fill(day(0));
  await page.getByRole("button", { name: "Ủy quyền khi vắng mặt" }).click();
  assert.match(await page.locator("#loi-thay-den").innerText(), /ngày cuối/);
  assert.equal(await page.locator('input[name="thay-tu"]').inputValue(), day(1), "what was typed is there again");
  await page.locator('input[name="thay-den"]').fill(day(3));
  await page.getByRole("button", { name: "Ủy quyền khi vắng mặt" }).click();
  assert.match(await page.locator('[role="status"]').first().innerText(), /Đã ủy quyền/);

  const inspector = await openPage(browser, { javaScriptEnabled: false });
  await signIn(inspector.page, demo, "thanh-tra");
  await inspector.page.locator(".rooms a", { hasText: "Nhật ký" }).click();
  const first = inspector.page.locator(".rows > li", { hasText: "Ủy quyền" }).first();
  assert.match(await first.innerText(), /Nguyễn Văn Bình[\s\S]*Hoàng Văn Sơn/);
  assert.equal(await inspector.page.locator('main form[method="post"]').count(), 0);
  await inspector.close();
  await close();
});

test("a day of 2014 shows the 21 units, and each leads to what became of it", async () => {
  const { page, close } = await openPage(browser, { javaScriptEnabled: false });
  await signIn(page, demo, "thanh-tra");
  await page.locator(".rooms a", { hasText: "Tổ chức" }).click();
  await page.getByLabel("Tại ngày").fill("2014-06-01");
  await page.getByRole("button", { name: "Lọc" }).click();
  const communes = page.locator(".rows > li", { hasText: "Huyện Yên Thế" });
  assert.ok((await communes.count()) >= 21);
  await page.goto(`${demo.home}/quan-tri/to-chuc/cau-go`);
  assert.match(await page.locator("main").innerText(), /Thị trấn Phồn Xương, theo 813\/NQ-UBTVQH14/);
  assert.equal(await page.locator('main form[method="post"]').count(), 0, "an inspector changes nothing");
  await close();
});

for (const width of WIDTHS_PX) {
  test(`people, person, invitation, delegation, assignment and audit at ${width} px are accessible and fit`, async () => {
    const { page, faults, close } = await openPage(browser, { width });
    const look = async (name) => {
      await screenshot(page, `${name}-${width}`);
      assert.equal(await page.locator("h1").count(), 1, "one first heading");
      assert.deepEqual(await axeFaults(page), []);
      assert.equal(await sidewaysPx(page), 0, "the page scrolls sideways");
    };
    await signIn(page, demo, "truong-ban");
    await page.goto(`${demo.home}/quan-tri/con-nguoi`);
    await look("people");
    await page.goto(`${demo.home}/quan-tri/con-nguoi/moi`);
    await look("invite");
    await page.evaluate(() => document.querySelector("main form").setAttribute("novalidate", ""));
    await page.locator('main form button[type="submit"]').click();
    await look("invite-wrong");
    await openPerson(page, "Hoàng Văn Sơn");
    await look("person");
    await page.goto(`${demo.home}/quan-tri/uy-quyen`);
    await look("delegations");
    await page.goto(`${demo.home}/quan-tri?ngan=tat-ca`);
    await page.locator(".rows h2 a").first().click();
    await page.locator(".desk-facts a").first().click();
    await look("assign");
    await page.goto(`${demo.home}/quan-tri/nhat-ky`);
    await look("audit");
    await page.goto(`${demo.home}/quan-tri/to-chuc?ngay=2014-06-01`);
    await look("organisations");
    await page.goto(`${demo.home}/quan-tri/to-chuc/canh-nau`);
    await look("organisation-ended");
    await page.goto(`${demo.home}/quan-tri/to-chuc/bo-ha-2025`);
    await look("organisation");
    assert.deepEqual(faults, []);
    await close();
  });
}

test("the keyboard alone fills in and sends the form of a role", async () => {
  const { page, close } = await openPage(browser);
  await signIn(page, demo, "truong-ban");
  await openPerson(page, "Trần Thị Hạnh");
  await page.locator('select[name="vai-tro"]').focus();
  for (const [name, typed] of [
    ["vai-tro", "Biên tập viên"],
    ["to-chuc", "Hội"],
  ]) {
    assert.equal(await page.evaluate(() => document.activeElement.name), name);
    await page.keyboard.type(typed);
    await page.keyboard.press("Tab");
  }
  await page.locator('input[name="den-ngay"]').focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/xong=give-role/);
  assert.match(await page.locator("main").innerText(), /Hội Nông dân/);
  await close();
});
