//! `dinh plugin list` as people read it.

use dinh_portal::{BreakerLine, CallLine, PluginLine, SandboxLine};

#[cfg(test)]
mod tests;

/// A plugin a paragraph, and at the end the sandbox that they share. What plugins wrote themselves is
/// shown without a character that could move a terminal's cursor.
pub(crate) fn text(plugins: &[PluginLine], sandbox: &SandboxLine) -> String {
    let mut lines = Vec::new();
    for plugin in plugins {
        let (id, version, state) = (&plugin.plugin, &plugin.version, &plugin.state);
        let head = format!("{id:24} {version:10} {state:8} {}", plugin.reason);
        lines.push(plain(head.trim_end()));
        lines.push(plain(&format!("    by       {}", plugin.publisher)));
        lines.push(plain(&format!("    signed   {}", signed(plugin))));
        lines.push(format!("    may      {}", listed(&plugin.capabilities)));
        if let Some(code) = &plugin.code {
            lines.push(format!("    code     {}", source(code)));
        }
        lines.push(format!("    sites    {}", listed(&plugin.sites)));
        if !plugin.webhooks.is_empty() {
            lines.push(format!("    webhooks {}", listed(&plugin.webhooks)));
        }
        let held = plugin.held_on.iter();
        lines.extend(held.map(|it| plain(&format!("    parked   on {}: {}", it.site, it.reason))));
        for export in &plugin.exports {
            calls(&mut lines, export);
        }
        let breakers = plugin.breakers.iter();
        lines.extend(breakers.map(|it| plain(&breaker(it))));
        for it in &plugin.jobs {
            let (site, waiting, given_up) = (&it.site, it.waiting, it.given_up);
            let told = format!("    jobs     on {site}: {waiting} waiting, {given_up} given up");
            lines.push(plain(&told));
        }
        for it in &plugin.refusals {
            let (limit, site, count, at) = (&it.limit, &it.site, it.count, &it.last_at);
            let told = format!("    refused  {limit} on {site}, {count} times, last {at}");
            lines.push(plain(&told));
        }
    }
    lines.push(format!(
        "sandbox: {} of {} slots in use, allocator {}, {} calls waited, {} got none",
        sandbox.in_use, sandbox.slots, sandbox.allocator, sandbox.waited, sandbox.refused
    ));
    let kept = match sandbox.keeps_code {
        true => "",
        false => "; compiled code is not kept",
    };
    lines.push(format!(
        "code: {} from the cache, {} compiled, {} kept files thrown away{kept}",
        sandbox.code_from_cache, sandbox.code_compiled, sandbox.code_thrown_away
    ));
    lines.join("\n")
}

fn signed(plugin: &PluginLine) -> String {
    match (&plugin.publisher_key, &plugin.reviewer_key) {
        (None, _) => "comes with the portal".to_owned(),
        (Some(key), None) => format!("by {key}"),
        (Some(key), Some(reviewer)) => format!("by {key}, reviewed by {reviewer}"),
    }
}

fn source(code: &str) -> &'static str {
    match code {
        "cache" => "compiled before, from the cache",
        _ => "compiled at this start",
    }
}

fn calls(lines: &mut Vec<String>, it: &CallLine) {
    let ms = |value: Option<f64>| value.map_or("–".to_owned(), |value| format!("{value:.2}"));
    let (export, calls, failures) = (&it.export, it.calls, it.failures);
    let mut line = format!("    {export:8} {calls} calls, {failures} failed");
    if calls > 0 {
        line.push_str(&format!(
            "; CPU {} ms (99 %: {}), wall {} ms (99 %: {})",
            ms(it.cpu_p50_ms),
            ms(it.cpu_p99_ms),
            ms(it.wall_p50_ms),
            ms(it.wall_p99_ms)
        ));
    }
    lines.push(line);
    if let Some(trap) = &it.last_trap {
        let told = format!("    stopped  {} on {}: {}", trap.at, trap.site, trap.reason);
        lines.push(plain(&told));
        let frames = trap.backtrace.iter();
        lines.extend(frames.map(|frame| plain(&format!("             {frame}"))));
    }
}

fn breaker(it: &BreakerLine) -> String {
    let until = it.until.as_ref().map(|at| format!(" until {at}"));
    let (site, export, state) = (&it.site, &it.export, &it.state);
    let until = until.unwrap_or_default();
    format!(
        "    breaker  {export} on {site} {state}{until}; last: {}",
        it.last_failure
    )
}

fn listed(words: &[String]) -> String {
    match words {
        [] => "–".to_owned(),
        words => words.join(" "),
    }
}

/// Without a character that could move a terminal's cursor.
pub(crate) fn plain(text: &str) -> String {
    let shown = text.chars().flat_map(|it| {
        let is_plain = !it.is_control();
        let kept = is_plain.then_some(it);
        let escaped = (!is_plain).then(|| it.escape_default());
        kept.into_iter().chain(escaped.into_iter().flatten())
    });
    shown.collect()
}
