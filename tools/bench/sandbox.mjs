// What a call of a plugin costs beside the bare engine, and what a plugin costs while nobody calls it.
import { execFileSync } from "node:child_process";

/** Rows of the sandbox, from the example program that measures it. */
export function sandbox(program, guest, bundle) {
  const told = JSON.parse(execFileSync(program, [guest, bundle], { encoding: "utf8" }));
  const row = (name, measured, unit, more = {}) => ({ database: "–", name, measured, unit, ...more });
  const ratio = told.call_us / told.bare_us;
  const watching = told.call_us / told.unwatched_us;
  return [
    row("plugin call, fresh instance, empty page", told.call_us, "µs", { asked: "≤ 60 µs", met: told.call_us <= 60 }),
    row("the same beside the bare engine", told.call_us, "µs", { peer: told.bare_us, ratio, asked: "≤ 1.5 of the bare engine", met: ratio <= 1.5 }),
    row("the same beside no breaker and no figures", told.call_us, "µs", { peer: told.unwatched_us, ratio: watching, asked: "≤ 1.05 of a call without", met: watching <= 1.05 }),
    row("plugin calls, 64 callers", told.calls_per_second, "calls/s"),
    ...told.plugins.flatMap((plugin) => [
      row(`compile ${plugin.plugin} (${plugin.wasm_kib} KiB)`, plugin.compile_ms, "ms"),
      row(`load ${plugin.plugin} compiled`, plugin.cached_load_ms, "ms"),
      row(`resident, idle ${plugin.plugin}`, plugin.idle_mib, "MiB", { asked: "≤ 2 MiB", met: plugin.idle_mib <= 2 }),
    ]),
  ];
}
