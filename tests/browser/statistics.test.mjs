// Statistics: a citizen builds a table and takes it, an officer makes one of a spreadsheet, with and without JavaScript.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { release } from "../../tools/bench/tables.mjs";
import { WIDTHS_PX, axeFaults, launchBrowser, openPage, screenshot, sidewaysPx, signIn, startDemo } from "./lib.mjs";

const POPULATION = "thong-ke/dan-so-trung-binh-phan-theo-xa-va-gioi-tinh";

let demo, browser;
before(async () => {
  demo = await startDemo();
  browser = await launchBrowser();
  // 300 hamlets by 500 months.
  const file = join(demo.data, "table.jsonl");
  writeFileSync(file, `${JSON.stringify(release(300))}\n`);
  demo.run(["import", "statistics/release", file, "--site", "yen-the"]);
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

for (const javaScriptEnabled of [false, true]) {
  test(`a citizen builds a table, shares it and takes it, JavaScript ${javaScriptEnabled}`, async () => {
    const { page, faults, close } = await openPage(browser, { javaScriptEnabled });
    await page.goto(`${demo.home}/thong-ke`);
    await page.locator(".rows h2 a", { hasText: "Dân số trung bình" }).click();
    await page.getByRole("link", { name: "Chọn số liệu, đổi hàng và cột" }).click();
    await page.getByLabel("Theo hàng").selectOption({ label: "Đơn vị" });
    await page.getByLabel("Theo cột").selectOption({ label: "Giới tính" });
    for (const [group, values] of [["Đơn vị", ["Xã Đông Sơn", "Xã Tam Tiến"]], ["Giới tính", ["Nam", "Nữ"]], ["Năm", ["2014"]]]) {
      const part = page.locator("details", { has: page.locator("summary", { hasText: group }) });
      await part.locator("summary").click();
      for (const box of await part.getByRole("checkbox").all()) {
        await box.uncheck();
      }
      for (const value of values) {
        await part.getByRole("checkbox", { name: value, exact: true }).check();
      }
    }
    await page.getByRole("button", { name: "Xem bảng" }).click();
    const table = page.locator(".figures table");
    assert.equal(await table.locator("tbody tr").count(), 2);
    assert.deepEqual(await table.locator("thead th").allInnerTexts(), ["Đơn vị", "Nam", "Nữ"]);
    assert.match(await table.locator("caption").innerText(), /Năm: 2014/);
    const cells = await table.locator("tbody td").allInnerTexts();
    // The address alone holds the choice.
    const other = await openPage(browser, { javaScriptEnabled: false });
    await other.page.goto(page.url());
    assert.deepEqual(await other.page.locator(".figures tbody td").allInnerTexts(), cells);
    await other.close();
    const address = await page.getByRole("link", { name: "Số liệu đang xem (JSON-stat)" }).getAttribute("href");
    const told = await (await fetch(new URL(address, page.url()))).json();
    assert.deepEqual(told.size, [2, 1, 2]);
    assert.equal(told.value.length, 4);
    assert.deepEqual(faults, []);
    await close();
  });

  test(`an officer makes a table of a spreadsheet, JavaScript ${javaScriptEnabled}`, async () => {
    const { page, faults, close } = await openPage(browser, { javaScriptEnabled });
    await signIn(page, demo, "can-bo");
    await page.goto(`${demo.home}/quan-tri/soan/dong-son/statistics/release`);
    await page.locator("#truong-name").fill(`Số chợ, JavaScript ${javaScriptEnabled}`);
    await page.locator('button[value="luu"]').first().click();
    await page.locator("main a.button", { hasText: "Sửa nội dung" }).click();
    await page.getByRole("link", { name: "Nạp bảng số liệu" }).click();
    // "Xã;2013;Sơ bộ 2014" and "Đông Sơn;1.204;12,5" in TCVN3.
    const sheet = Buffer.from("58b73b323031333b53ac2062e920323031340aa7ab6e672053ac6e3b312e3230343b31322c350a", "hex");
    await page.getByLabel("Tệp bảng tính").setInputFiles({ name: "cho.csv", mimeType: "text/csv", buffer: sheet });
    await page.getByRole("button", { name: "Nạp tệp" }).click();
    assert.match(await page.locator("main").innerText(), /TCVN3/);
    await page.getByRole("button", { name: "Kiểm tra" }).click();
    assert.match(await page.getByRole("alert").innerText(), /B2: “1\.204” đọc được theo hai cách/);
    assert.equal(await page.locator(".sheet mark").count(), 2);
    for (const width of WIDTHS_PX) {
      await page.setViewportSize({ width, height: 900 });
      await screenshot(page, `sheet-${width}`);
      if (javaScriptEnabled) {
        assert.deepEqual(await axeFaults(page), [], `sheet ${width}`);
      }
      assert.equal(await sidewaysPx(page), 0, `sheet ${width}`);
    }
    await page.getByLabel(/dấu phẩy là dấu thập phân/).check();
    await page.getByLabel("Đơn vị tính", { exact: false }).fill("chợ");
    await page.getByRole("button", { name: "Kiểm tra" }).click();
    assert.match(await page.locator("#ket-qua ~ .figures").innerText(), /1\.204,0/);
    await page.getByRole("button", { name: "Lưu bảng" }).click();
    await page.locator("main a.button", { hasText: "Sửa nội dung" }).click();
    assert.match(await page.locator("main").innerText(), /Đã có bảng số liệu/);
    assert.deepEqual(faults, []);
    await close();
  });
}

for (const javaScriptEnabled of [false, true]) {
  test(`a dimension with many values is looked through with the keyboard, JavaScript ${javaScriptEnabled}`, async () => {
    const { page, faults, close } = await openPage(browser, { javaScriptEnabled });
    await page.goto(`${demo.home}/thong-ke/ho-theo-thon-va-thang/bang`);
    const part = page.locator("details", { has: page.locator("summary", { hasText: "Thôn" }) });
    await part.getByLabel("Tìm giá trị").fill("thon 277");
    await page.keyboard.press("Enter");
    await page.waitForURL(/tim=/);
    const villages = page.locator("details", { has: page.locator("summary", { hasText: "Thôn" }) });
    assert.equal(await villages.locator(".figure-values input").count(), 1);
    await villages.getByRole("checkbox", { name: "giá trị khác đang chọn" }).uncheck();
    await villages.getByRole("checkbox", { name: "Thôn 277" }).check();
    await page.getByRole("button", { name: "Xem bảng" }).click();
    await page.waitForURL(/thon-277/);
    assert.deepEqual(await page.locator(".figures tbody th").allInnerTexts(), ["Thôn 277"]);
    assert.match(page.url(), /chon=thon%3Athon-277/);
    assert.doesNotMatch(page.url(), /gui=/);
    for (const width of WIDTHS_PX) {
      await page.setViewportSize({ width, height: 900 });
      await screenshot(page, `table-many-${width}`);
      if (javaScriptEnabled) {
        assert.deepEqual(await axeFaults(page), [], `table-many ${width}`);
      }
      assert.equal(await sidewaysPx(page), 0, `table-many ${width}`);
    }
    assert.deepEqual(faults, []);
    await close();
  });
}

for (const width of WIDTHS_PX) {
  test(`statistics at ${width} px are accessible and fit`, async () => {
    const { page, faults, close } = await openPage(browser, { width });
    for (const [name, path] of [
      ["statistics", "thong-ke"],
      ["release", "thong-ke/dan-ga-doi-phan-theo-xa"],
      ["release-land", "thong-ke/hien-trang-su-dung-dat"],
      ["table", `${POPULATION}/bang`],
      ["table-wide", `${POPULATION}/bang?hang=don-vi&cot=nam&cot=gioi-tinh&chon=gioi-tinh:*`],
      ["table-pyramid", "thong-ke/dan-so-phan-theo-nhom-tuoi-va-gioi-tinh/bang?ve=thap"],
      ["release-calendar", "thong-ke/lich-cong-bo"],
      ["indicator", "thong-ke/chi-tieu/dan-so-mat-do-dan-so"],
    ]) {
      await page.goto(`${demo.home}/${path}`);
      await screenshot(page, `${name}-${width}`);
      assert.equal(await page.locator("h1").count(), 1, `one first heading: ${name}`);
      assert.deepEqual(await axeFaults(page), [], name);
      assert.equal(await sidewaysPx(page), 0, name);
    }
    assert.deepEqual(faults, []);
    await close();
  });
}
