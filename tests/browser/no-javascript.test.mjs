// What a citizen comes for works without a line of JavaScript.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { documentLinks, launchBrowser, openPage, screenshot, startDemo } from "./lib.mjs";

// More stops than a form of the portal has; without the bound a lost focus would loop for ever.
const TAB_STOPS_MAX = 60;

let demo, browser;
before(async () => {
  demo = await startDemo();
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

const openWithoutScript = () => openPage(browser, { javaScriptEnabled: false });

/** Walks on with the Tab key to the next button that submits the form, and presses Enter. */
async function submitByKeyboard(page, form) {
  const buttons = form.locator('button:not([type="button"]):not([type="reset"]), input[type="submit"]');
  for (let stop = 0; stop < TAB_STOPS_MAX; stop += 1) {
    if (await buttons.evaluateAll((all) => all.includes(document.activeElement))) {
      await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
      return;
    }
    await page.keyboard.press("Tab");
  }
  assert.fail(`no button of the form was reached within ${TAB_STOPS_MAX} stops of the Tab key`);
}

/** The choices that a form offers under a name: of a select, or of radio buttons and check boxes. */
function choices(form, name) {
  return form.locator(`select[name="${name}"] option, input[name="${name}"]`).evaluateAll((all) =>
    all.map((choice) => choice.value).filter(Boolean),
  );
}

async function choose(form, name, value) {
  const select = form.locator(`select[name="${name}"]`);
  const control = (await select.count()) ? select : form.locator(`input[name="${name}"][value="${value}"]`);
  // Filters that are rarely used are folded away.
  const folded = form.locator(`details:not([open]):has([name="${name}"])`);
  if (await folded.count()) await folded.locator("summary").press("Enter");
  if (await select.count()) await control.selectOption(value);
  else await control.check();
  await control.focus();
}

test("the list is filtered by kind with the keyboard, and two kinds share no document", async () => {
  const { page, faults, close } = await openWithoutScript();
  const found = [];
  await page.goto(`${demo.home}/van-ban`);
  const form = page.locator('form:has([name="kind"])').first();
  const kinds = (await choices(form, "kind")).slice(0, 2);
  assert.equal(kinds.length, 2, "the form offers at least two kinds");
  for (const kind of kinds) {
    await page.goto(`${demo.home}/van-ban`);
    await choose(form, "kind", kind);
    await submitByKeyboard(page, form);
    const address = new URL(page.url());
    assert.equal(address.pathname, "/van-ban");
    assert.equal(address.searchParams.get("kind"), kind);
    found.push(await documentLinks(page));
    assert.notEqual(found.at(-1).length, 0, `no document of the kind ${kind}, though the filter offers it`);
  }
  await screenshot(page, "filtered");
  const [one, other] = found;
  assert.deepEqual(one.filter((link) => other.includes(link)), []);
  assert.deepEqual(faults, []);
  await close();
});

test("words without tone marks find documents from the search field of the home page", async () => {
  const { page, faults, close } = await openWithoutScript();
  await page.goto(`${demo.home}/`);
  const field = page.locator('form[action$="/tim-kiem"] input[name="q"]').first();
  await field.fill("quyet dinh");
  await Promise.all([page.waitForEvent("load"), field.press("Enter")]);
  const address = new URL(page.url());
  assert.equal(address.pathname, "/tim-kiem");
  assert.equal(address.searchParams.get("q"), "quyet dinh");
  assert.notEqual((await documentLinks(page)).length, 0, "nothing was found");
  assert.match((await page.locator("main").innerText()).normalize("NFC"), /quyết định/i);
  assert.deepEqual(faults, []);
  await close();
});

test("a document is opened from the list, and its file comes as a PDF or an OpenDocument", async () => {
  const { page, context, faults, close } = await openWithoutScript();
  await page.goto(`${demo.home}/van-ban`);
  const [link] = await documentLinks(page);
  await page.locator(`main a[href="${new URL(link).pathname}"]`).first().press("Enter");
  await page.waitForURL(link);
  assert.match((await page.locator("h1").innerText()).trim(), /\S/);

  const file = page.locator('main a[href*="/tep/"]').first();
  const address = new URL(await file.getAttribute("href"), page.url());
  const response = await context.request.get(address.href);
  assert.equal(response.status(), 200);
  const body = await response.body();
  const [type, beginning] = [response.headers()["content-type"], body.subarray(0, 4).toString("latin1")];
  if (type.startsWith("application/pdf")) assert.equal(beginning, "%PDF");
  else {
    assert.match(type, /^application\/vnd\.oasis\.opendocument\./);
    assert.equal(beginning, "PK\u0003\u0004");
  }
  assert.deepEqual(faults, []);
  await close();
});
