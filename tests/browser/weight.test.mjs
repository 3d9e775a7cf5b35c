// The first view is light, asks nobody but the portal, and is held by a strict policy.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launchBrowser, openPage, startDemo } from "./lib.mjs";

// A first visit over a slow mobile network in the uplands should show text within seconds.
const FIRST_VIEW_BYTES_MAX = 100_000;

let demo, browser;
before(async () => {
  demo = await startDemo();
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

for (const { name, address } of [
  { name: "district", address: () => demo.home },
  { name: "commune", address: () => demo.origin("dong-son") },
]) {
  test(`the first view of the ${name} is at most 100 kB and asks no other host`, async () => {
    const { page, context, faults, close } = await openPage(browser);
    const debug = await context.newCDPSession(page);
    await debug.send("Network.enable");
    const addresses = new Map();
    const parts = [];
    debug.on("Network.requestWillBeSent", ({ requestId, request }) => addresses.set(requestId, request.url));
    debug.on("Network.loadingFinished", ({ requestId, encodedDataLength }) =>
      parts.push({ address: addresses.get(requestId), bytes: encodedDataLength }),
    );
    await page.goto(`${address()}/`, { waitUntil: "networkidle" });
    const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
    assert.ok(bytes > 1_000, "what was transferred was not seen");
    assert.ok(bytes <= FIRST_VIEW_BYTES_MAX, `${bytes} bytes: ${JSON.stringify(parts, null, 1)}`);
    console.log(`first view of the ${name}: ${bytes} bytes in ${parts.length} parts`);
    assert.deepEqual(faults, []);
    await close();
  });
}

for (const path of ["/", "/van-ban", "/tim-kiem?q=dat", "/khong-co-trang-nay"]) {
  test(`${path} carries a Content-Security-Policy that allows no inline script or style`, async () => {
    const response = await fetch(`${demo.home}${path}`);
    const policy = response.headers.get("content-security-policy");
    assert.ok(policy, "no Content-Security-Policy");
    assert.match(policy, /default-src ('none'|'self')/);
    assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval|unsafe-hashes|\*/);
    const page = await response.text();
    assert.doesNotMatch(page, /<[^>]+\sstyle=/i, "an attribute `style`");
    assert.doesNotMatch(page, /<[^>]+\son[a-z]+=/i, "an inline event handler");
  });
}
