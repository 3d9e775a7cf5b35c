// WCAG 2.2 AA, as far as a machine can see it, on a phone and on a desktop.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { WIDTHS_PX, axeFaults, documentLinks, launchBrowser, openPage, screenshot, sidewaysPx, startDemo } from "./lib.mjs";

let demo, browser;
before(async () => {
  demo = await startDemo();
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

const firstDocument = async (page) => {
  await page.goto(`${demo.home}/van-ban`);
  const [link] = await documentLinks(page);
  assert.ok(link, "the list links no document");
  return link;
};

const pages = [
  { name: "home", address: () => `${demo.home}/`, status: 200 },
  { name: "list", address: () => `${demo.home}/van-ban`, status: 200 },
  { name: "detail", address: firstDocument, status: 200 },
  { name: "search", address: () => `${demo.home}/tim-kiem?q=quyet+dinh`, status: 200 },
  { name: "nothing-found", address: () => `${demo.home}/tim-kiem?q=zzzzzz`, status: 200 },
  { name: "not-found", address: () => `${demo.home}/khong-co-trang-nay`, status: 404 },
  { name: "print", address: async (page) => `${await firstDocument(page)}/ban-in`, status: 200 },
  { name: "verify", address: () => `${demo.home}/kiem-tra-ban-luu?ma=${"0".repeat(64)}`, status: 200 },
  { name: "site-map", address: () => `${demo.home}/so-do-cong`, status: 200 },
  { name: "commune", address: () => `${demo.origin("dong-son")}/`, status: 200 },
];

for (const { name, address, status } of pages) {
  for (const width of WIDTHS_PX) {
    test(`${name} at ${width} px is accessible, fits the window and asks nobody else`, async () => {
      const { page, faults, close } = await openPage(browser, { width });
      const response = await page.goto(await address(page));
      await screenshot(page, `${name}-${width}`);
      assert.equal(response.status(), status);
      assert.equal(await page.locator("html").getAttribute("lang"), "vi");
      assert.equal(await page.locator("h1").count(), 1, "one first heading");
      assert.deepEqual(await axeFaults(page), []);
      assert.equal(await sidewaysPx(page), 0, "the page scrolls sideways");
      assert.deepEqual(faults, []);
      await close();
    });
  }
}

test("the first stop of the keyboard leads to the content", async () => {
  const { page, close } = await openPage(browser);
  await page.goto(`${demo.home}/van-ban`);
  await page.keyboard.press("Tab");
  const [goal, visible] = await page.evaluate(() => {
    const { hash } = document.activeElement;
    const box = document.activeElement.getBoundingClientRect();
    return [hash, box.width > 1 && box.height > 1 && box.top >= 0 && box.left >= 0];
  });
  assert.ok(visible, "the link is seen when it has the focus");
  assert.equal(await page.locator(`main${goal}, main ${goal}`).count(), 1, "it leads into the main part");
  await close();
});
