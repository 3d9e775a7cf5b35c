use dinh_portal::shown::RowShown;
use dinh_render::view::{Link, Row};

use super::fact::{badge, facts, left};
use super::setting::Setting;

/// Rows of a list; those of another site name it and lead there.
pub(super) fn rows(setting: &Setting<'_>, shown: &[RowShown]) -> Vec<Row> {
    shown.iter().map(|shown| row(setting, shown)).collect()
}

fn row(setting: &Setting<'_>, shown: &RowShown) -> Row {
    let elsewhere = shown.way.host.as_ref().zip(shown.site.as_ref());
    Row {
        title: shown.title.clone(),
        href: setting.href(&shown.way),
        facts: facts(&shown.facts),
        badge: shown.badge.as_ref().map(badge),
        left: shown.left.as_ref().map(|it| left(setting, it)),
        summary: shown.summary.clone().filter(|summary| !summary.is_empty()),
        site: elsewhere.map(|(host, name)| Link::new(name, setting.options.origin(host) + "/")),
    }
}
