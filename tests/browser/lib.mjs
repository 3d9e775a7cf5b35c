// The harness of the browser tests: a demo of its own for each test file, a browser, and what to look at.
// CHROME_PATH names another browser; CARGO_TARGET_DIR says where the program, the bundle and screenshots lie.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { setTimeout as pause } from "node:timers/promises";
import { chromium } from "playwright-core";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const target = resolve(root, process.env.CARGO_TARGET_DIR ?? "target");

// A debug build compiles the plugins and makes the demo's documents at its first start.
const READY_SECONDS_MAX = 180;
// The program drains for 30 s at most.
const STOP_SECONDS_MAX = 35;
const LOG_LINES_KEPT = 60;

/** Width of a small phone, and of a desktop: WCAG 2.2 asks for both without sideways scrolling. */
export const WIDTHS_PX = [320, 1280];

/** Starts the demo in a new data folder; `origin("dong-son")` is the address of a sub-site. */
export async function startDemo() {
  const program = join(target, "debug", "dinh");
  assert.ok(existsSync(program), `${program} is missing; run: cargo build --workspace --bins`);
  const data = mkdtempSync(join(tmpdir(), "dinh-browser-"));
  const port = await freePort();
  const demo = spawn(program, ["demo"], {
    cwd: data,
    env: {
      ...process.env,
      DINH_DATA: data,
      DINH_LISTEN: `127.0.0.1:${port}`,
      DINH_BUNDLE: process.env.DINH_BUNDLE ?? join(target, "bundle"),
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const log = [];
  for (const stream of [demo.stdout, demo.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      log.push(...text.split("\n").filter(Boolean));
      log.splice(0, Math.max(0, log.length - LOG_LINES_KEPT));
    });
  }
  const kill = () => demo.kill("SIGKILL");
  process.once("exit", kill);
  const ended = new Promise((done) => demo.once("exit", done));
  const stop = async () => {
    demo.kill("SIGTERM");
    const late = setTimeout(kill, STOP_SECONDS_MAX * 1000);
    await ended;
    clearTimeout(late);
    process.off("exit", kill);
    rmSync(data, { recursive: true, force: true });
  };

  const home = `http://localhost:${port}`;
  try {
    await ready(`http://127.0.0.1:${port}/readyz`, demo);
  } catch (error) {
    await stop();
    throw new Error(`${error.message}\nLast words of the demo:\n${log.join("\n")}`);
  }
  /** Runs a command beside the server, on its data. */
  const run = (args) => {
    const env = { ...process.env, DINH_DATA: data, DINH_BUNDLE: process.env.DINH_BUNDLE ?? join(target, "bundle") };
    const done = spawnSync(program, args, { cwd: data, env, encoding: "utf8" });
    assert.equal(done.status, 0, `${done.stdout}${done.stderr}`);
  };
  return { home, data, origin: (slug) => `http://${slug}.localhost:${port}`, run, stop };
}

async function ready(address, demo) {
  const deadline = Date.now() + READY_SECONDS_MAX * 1000;
  while (Date.now() < deadline) {
    if (demo.exitCode !== null) throw new Error(`the demo ended with ${demo.exitCode}`);
    const answer = await fetch(address).catch(() => null);
    if (answer?.ok) return;
    await pause(200);
  }
  throw new Error(`the demo was not ready within ${READY_SECONDS_MAX} s`);
}

function freePort() {
  return new Promise((done, failed) => {
    const probe = createServer();
    probe.once("error", failed);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

/** Launches Chromium with a new profile. */
export function launchBrowser() {
  return chromium.launch({
    executablePath: chromiumProgram(),
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

function chromiumProgram() {
  const names = process.env.CHROME_PATH ? [process.env.CHROME_PATH] : ["chromium", "chromium-browser", "google-chrome"];
  for (const name of names) {
    const found = spawnSync("sh", ["-c", 'command -v "$0"', name], { encoding: "utf8" });
    if (found.status === 0) return found.stdout.trim();
  }
  throw new Error(`no browser found (looked for ${names.join(", ")}); run: make setup, or set CHROME_PATH`);
}

/**
 * Opens a page in a context of its own (no cookies, empty cache) and keeps what no page of ours may do:
 * `faults` fills with script errors, console errors and requests to other hosts.
 */
export async function openPage(browser, { width = 1280, javaScriptEnabled = true } = {}) {
  const context = await browser.newContext({
    viewport: { width, height: 800 },
    locale: "vi-VN",
    javaScriptEnabled,
  });
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(`script error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" && !isOwnStatus(message, page)) faults.push(`console: ${message.text()}`);
  });
  page.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    const local = hostname === "localhost" || hostname.endsWith(".localhost");
    if (protocol.startsWith("http") && !local) faults.push(`request to another host: ${request.url()}`);
  });
  return { page, context, faults, close: () => context.close() };
}

// Chromium logs the status of an error page itself; a test that visits one asked for it.
function isOwnStatus(message, page) {
  return message.text().startsWith("Failed to load resource") && message.location().url === page.url();
}

const axeSource = createRequire(import.meta.url)("axe-core").source;

/** Every fault that axe finds on the page, one line each; the rule on target size (WCAG 2.2) is on. */
export async function axeFaults(page) {
  // Through the debugger, so that the page's Content-Security-Policy stays as it is.
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run(document, { rules: { "target-size": { enabled: true } } }),
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target: selector, html }) => `${id}: ${help} at ${selector.join(" ")}\n    ${html}`),
  );
}

/** By how many pixels the page is wider than the window: 0, or a reader has to scroll sideways. */
export function sidewaysPx(page) {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
}

/** Keeps a picture of the whole page in target/screenshots, to be looked at. */
export async function screenshot(page, name) {
  const folder = join(target, "screenshots");
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

/** Addresses of the documents linked in the page's main part, in order and once each. */
export async function documentLinks(page) {
  const links = await page.locator("main a[href]").evaluateAll((anchors) => anchors.map((anchor) => anchor.href));
  // A document's slug begins with its number; what else lies below the section begins with a letter.
  return [...new Set(links.filter((link) => /^\/van-ban\/\d[^/]*$/.test(new URL(link).pathname)))];
}

/** Everybody's password in the demo (`dinh demo` says so at its start). */
export const DEMO_PASSWORD = "Dinh-lang-2014!";

/** Signs somebody of the demo in, and is back where that was asked for: at the desk. */
export async function signIn(page, demo, name, password = DEMO_PASSWORD) {
  await page.goto(`${demo.home}/quan-tri`);
  assert.match(new URL(page.url()).pathname, /dang-nhap/);
  await page.locator('input[name="ten"]').fill(name);
  await page.locator('input[name="mat-khau"]').fill(password);
  await page.locator('main form button[type="submit"]').first().click();
  assert.equal(new URL(page.url()).pathname, "/quan-tri", "signed in, back where it was asked for");
}
