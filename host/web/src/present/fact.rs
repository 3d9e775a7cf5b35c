use dinh_portal::shown::{self, FactShown, Left, Shown};
use dinh_render::view::{Badge, Fact, FactValue, Tone};

use super::setting::Setting;

/// The labelled values; those without a value are left out.
pub(super) fn facts(shown: &[FactShown]) -> Vec<Fact> {
    shown.iter().filter_map(fact).collect()
}

fn fact(shown: &FactShown) -> Option<Fact> {
    let values = match &shown.value {
        Shown::Text(text) => vec![FactValue::text(text)],
        Shown::Date(date) => vec![FactValue::date(date)],
        Shown::Texts(texts) => texts.iter().map(FactValue::text).collect(),
        Shown::Rows(rows) => rows.iter().map(row).collect(),
        Shown::Badge(badge) => vec![FactValue::badge(&badge.label, tone(&badge.tone))],
    };
    (!values.is_empty()).then(|| Fact::values(&shown.label, values))
}

fn row((name, cells): &(String, Vec<(String, String)>)) -> FactValue {
    let notes = cells.iter().map(|(label, text)| format!("{label}: {text}"));
    FactValue {
        notes: notes.collect(),
        ..FactValue::text(name)
    }
}

pub(super) fn badge(shown: &shown::Badge) -> Badge {
    Badge {
        label: shown.label.clone(),
        tone: tone(&shown.tone),
    }
}

fn tone(name: &str) -> Tone {
    match name {
        "good" => Tone::Good,
        "wait" | "warn" => Tone::Warn,
        "bad" => Tone::Bad,
        _ => Tone::Plain,
    }
}

/// How long something lasts still, in words.
pub(super) fn left(setting: &Setting<'_>, left: &Left) -> String {
    match left {
        Left::Days(days) => setting.texts("left.days", &[("days", &days.to_string())]),
        Left::Tomorrow(time) => setting.texts("left.tomorrow", &[("time", time)]),
        Left::Today(time) => setting.texts("left.today", &[("time", time)]),
        Left::Over(time) => setting.texts("left.over", &[("time", time)]),
    }
}
