// Solves a small puzzle while somebody fills in a form, so that the office takes more from this address.
// The form works without it; nothing leaves this site, and nobody is recognised by it.
"use strict";
(() => {
  const form = document.querySelector("form[data-puzzle]");
  if (!form || !globalThis.crypto || !crypto.subtle) return;

  const WAIT_MS = 8000;
  const ROUND = 256;
  let solution = null;

  const zeroBits = (bytes) => {
    let bits = 0;
    for (const byte of bytes) {
      bits += Math.clz32(byte) - 24;
      if (byte !== 0) break;
    }
    return bits;
  };

  const solve = async () => {
    const answer = await fetch(form.dataset.puzzle, { credentials: "omit", cache: "no-store" });
    if (!answer.ok) return;
    const { puzzle, bits } = await answer.json();
    const encoder = new TextEncoder();
    for (let from = 0; ; from += ROUND) {
      const tries = Array.from({ length: ROUND }, async (_, place) => {
        const text = `${puzzle}:${from + place}`;
        const hash = await crypto.subtle.digest("SHA-256", encoder.encode(text));
        return zeroBits(new Uint8Array(hash)) >= bits ? text : null;
      });
      const found = (await Promise.all(tries)).find((text) => text);
      if (found) {
        const field = document.createElement("input");
        field.type = "hidden";
        field.name = "bang-chung";
        field.value = found;
        form.append(field);
        return;
      }
    }
  };

  const begin = () => (solution ??= solve().catch(() => {}));
  const button = form.querySelector("button[type=submit]");
  const words = document.createElement("p");
  words.setAttribute("role", "status");
  form.append(words);
  let sending = false;

  form.addEventListener("focusin", begin, { once: true });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (sending) return;
    sending = true;
    button.setAttribute("aria-disabled", "true");
    words.textContent = form.dataset.sending;
    const late = new Promise((done) => setTimeout(done, WAIT_MS));
    await Promise.race([begin(), late]);
    form.submit();
  });
  // Whoever comes back by the browser's button sends something else, with another puzzle.
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    form.querySelector('input[name="bang-chung"]')?.remove();
    [sending, solution, words.textContent] = [false, null, ""];
    button.removeAttribute("aria-disabled");
    begin();
  });
})();
