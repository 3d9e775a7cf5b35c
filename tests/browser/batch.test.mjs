// A clerk brings a register in: with the keyboard alone, with and without JavaScript.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { WIDTHS_PX, axeFaults, launchBrowser, openPage, screenshot, sidewaysPx, signIn, startDemo } from "./lib.mjs";

const KIND = "science-projects/project";

let demo, browser;
before(async () => {
  demo = await startDemo();
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

function sheet(prefix, rows) {
  const head = "STT;Mã số;Tên nhiệm vụ;Cấp quản lý;Loại nhiệm vụ;Lĩnh vực;Đơn vị chủ trì;Bắt đầu;Kết thúc;Kinh phí";
  const lines = rows.map(([code, starts], at) =>
    `${at + 1};${prefix}-${code};Nuôi gà đồi ${prefix} ${code};Cấp cơ sở;Mô hình ứng dụng tiến bộ kỹ thuật;Khoa học nông nghiệp;Trạm Khuyến nông;${starts};31/12/2025;1.250`);
  const buffer = Buffer.from([head, ...lines].join("\r\n"));
  return { name: "so-nhiem-vu.csv", mimeType: "text/csv", buffer };
}

/** Looks at a step at both widths. */
async function looked(page, name, javaScriptEnabled) {
  for (const width of WIDTHS_PX) {
    await page.setViewportSize({ width, height: 900 });
    await screenshot(page, `${name}-${width}`);
    if (javaScriptEnabled) {
      assert.deepEqual(await axeFaults(page), [], `${name} ${width}`);
    }
    assert.equal(await sidewaysPx(page), 0, `${name} ${width}`);
  }
}

/** Presses what has the focus, by its name. */
async function press(page, name) {
  const button = page.getByRole("button", { name });
  await button.focus();
  await page.keyboard.press("Enter");
}

for (const javaScriptEnabled of [false, true]) {
  test(`a register becomes drafts, JavaScript ${javaScriptEnabled}`, async () => {
    const { page, faults, close } = await openPage(browser, { javaScriptEnabled });
    const prefix = javaScriptEnabled ? "JS" : "KJS";
    await signIn(page, demo, "can-bo");
    await page.goto(`${demo.home}/quan-tri?ngan=cua-toi&loai=${encodeURIComponent(KIND)}`);
    await page.getByRole("link", { name: "Nhập từ bảng tính" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Bước 1" }).waitFor();
    await looked(page, "batch-choose", javaScriptEnabled);
    const rows = [["01", "15/03/2024"], ["02", "31/02/2024"], ["03", "01/04/2024"], ["01", "15/03/2024"]];
    await page.getByLabel("Tệp bảng tính").setInputFiles(sheet(prefix, rows));
    await press(page, "Nạp tệp");
    await page.getByRole("heading", { name: "Bước 2" }).waitFor();
    assert.equal(await page.getByLabel("Cột A: STT").inputValue(), "");
    assert.equal(await page.getByLabel("Cột B: Mã số").inputValue(), "code");
    assert.equal(await page.getByLabel("Mẫu bảng có sẵn").inputValue(), "register");
    await looked(page, "batch-ask", javaScriptEnabled);
    await press(page, "Xem trước");
    await page.getByRole("heading", { name: "Bước 3" }).waitFor();
    const main = page.locator("main");
    assert.match(await main.innerText(), /Hàng 3, “Bắt đầu”/);
    assert.match(await main.innerText(), /Hàng 5, “Mã số”: trùng với hàng 2 của tệp/);
    await looked(page, "batch-look", javaScriptEnabled);
    // The column is read as another one, without the file being sent again.
    await press(page, "Sửa cách ghép cột");
    assert.equal(await page.getByLabel("Cột B: Mã số").inputValue(), "code");
    await press(page, "Xem trước");
    await press(page, "Ghi 2 bản thảo");
    assert.match(await page.getByRole("alert").innerText(), /Chưa ghi gì: còn hàng có lỗi/);
    if (javaScriptEnabled) {
      // A browser without scripts takes files the same way, but its driver cannot wait for them.
      const waiting = page.waitForEvent("download");
      await press(page, "Tải danh sách lỗi");
      const file = await (await waiting).path();
      assert.match(readFileSync(file, "utf8"), /5,Mã số,Lỗi: không ghi,/);
    }
    await page.getByLabel("Bỏ qua 2 hàng có lỗi").focus();
    await page.keyboard.press("Space");
    await press(page, "Ghi 2 bản thảo");
    assert.match(await page.getByRole("status").innerText(), /2 bản thảo mới/);
    await looked(page, "batch-done", javaScriptEnabled);
    await page.getByRole("link", { name: "Xem các bản thảo của tôi" }).click();
    await page.getByRole("link", { name: `Nuôi gà đồi ${prefix} 03` }).click();
    assert.match(await main.innerText(), /Nhập từ bảng tính “so-nhiem-vu.csv”, hàng 4/);
    assert.match(await main.innerText(), /Bản nháp/);
    assert.deepEqual(faults, []);
    await close();
  });
}

test("an empty table to fill in comes in both forms", async () => {
  const { page, close } = await openPage(browser, {});
  await signIn(page, demo, "can-bo");
  await page.goto(`${demo.home}/quan-tri/nhap/dong-son/statistics/indicator`);
  for (const [name, ending] of [["Tải bảng mẫu (CSV)", ".csv"], ["Tải bảng mẫu (ODS)", ".ods"]]) {
    const waiting = page.waitForEvent("download");
    await page.getByRole("link", { name }).click();
    assert.ok((await waiting).suggestedFilename().endsWith(ending));
  }
  await page.goto(`${demo.home}/quan-tri/soan`);
  assert.ok(await page.getByRole("link", { name: "Nhập từ bảng tính: Chỉ tiêu" }).count() >= 1);
  await looked(page, "batch-begin", true);
  await close();
});
