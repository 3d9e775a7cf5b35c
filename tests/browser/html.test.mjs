// The HTML is what the standard says it is: the W3C's own checker reads the pages.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { after, before, test } from "node:test";
import { documentLinks, launchBrowser, openPage, startDemo } from "./lib.mjs";

const checker = createRequire(import.meta.url).resolve("vnu-jar/build/dist/vnu.jar");
const REPORT_BYTES_MAX = 16 * 1024 * 1024;

let demo, browser, folder;
before(async () => {
  demo = await startDemo();
  browser = await launchBrowser();
  folder = mkdtempSync(join(tmpdir(), "dinh-html-"));
});
after(async () => {
  await browser?.close();
  await demo?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

test("home, list, document, search and error pages are valid HTML", async () => {
  const { page, close } = await openPage(browser);
  await page.goto(`${demo.home}/van-ban`);
  const [document] = await documentLinks(page);
  const pages = {
    home: `${demo.home}/`,
    list: `${demo.home}/van-ban`,
    detail: document,
    search: `${demo.home}/tim-kiem?q=quyet+dinh`,
    print: `${document}/ban-in`,
    verify: `${demo.home}/kiem-tra-ban-luu`,
    "site-map": `${demo.home}/so-do-cong`,
    "not-found": `${demo.home}/khong-co-trang-nay`,
    commune: `${demo.origin("dong-son")}/`,
  };
  const files = [];
  for (const [name, address] of Object.entries(pages)) {
    const file = join(folder, `${name}.html`);
    writeFileSync(file, await (await page.goto(address)).text());
    files.push(file);
  }
  await close();
  const report = spawnSync("java", ["-jar", checker, "--format", "json", "--exit-zero-always", "--stdout", ...files], {
    encoding: "utf8",
    maxBuffer: REPORT_BYTES_MAX,
  });
  assert.equal(report.status, 0, report.stderr);
  const faults = JSON.parse(report.stdout)
    .messages.filter(({ type }) => type !== "info")
    .map(({ url, lastLine, message, extract }) => `${basename(url)}:${lastLine} ${message}\n    ${extract?.trim()}`);
  assert.deepEqual(faults, []);
});
