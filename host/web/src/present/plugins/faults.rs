use dinh_portal::PluginRoomLine;
use dinh_render::view::FormsPart;

use crate::present::setting::Setting;

/// What failed last, on which site and why.
pub(super) fn faults(setting: &Setting<'_>, it: &PluginRoomLine) -> FormsPart {
    let line = &it.line;
    let mut texts = vec![setting.texts(
        "plugins.calls",
        &[
            ("calls", &line.calls.to_string()),
            ("failures", &line.failures.to_string()),
        ],
    )];
    let traps = line
        .exports
        .iter()
        .filter_map(|it| Some((&it.export, it.last_trap.as_ref()?)));
    texts.extend(traps.map(|(export, it)| {
        let words = [
            ("export", export.as_str()),
            ("at", it.at.as_str()),
            ("site", it.site.as_str()),
            ("why", it.reason.as_str()),
        ];
        setting.texts("plugins.trap", &words)
    }));
    texts.extend(line.breakers.iter().map(|it| {
        let key = match it.state.as_str() {
            "closed" => "plugins.breaker_closed",
            "open" => "plugins.breaker_open",
            _ => "plugins.breaker_parked",
        };
        let words = [
            ("export", it.export.as_str()),
            ("site", it.site.as_str()),
            ("why", it.last_failure.as_str()),
        ];
        setting.texts(key, &words)
    }));
    texts.extend(line.refusals.iter().map(|it| {
        let count = it.count.to_string();
        let words = [
            ("limit", it.limit.as_str()),
            ("site", it.site.as_str()),
            ("count", count.as_str()),
            ("at", it.last_at.as_str()),
        ];
        setting.texts("plugins.refusal", &words)
    }));
    let given_up = line.jobs.iter().filter(|it| it.given_up > 0);
    texts.extend(given_up.map(|it| {
        let count = it.given_up.to_string();
        setting.texts("plugins.given_up", &[("count", &count), ("site", &it.site)])
    }));
    FormsPart {
        heading: Some(setting.text("plugins.faults").to_owned()),
        texts,
        ..FormsPart::default()
    }
}
