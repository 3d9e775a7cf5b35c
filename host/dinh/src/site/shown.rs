//! A site as people read it.

use dinh_domain::site::{Site, SiteState};
use dinh_portal::SiteLine;

use super::module;
use crate::plugin_list::plain;

pub(super) fn word(state: SiteState) -> &'static str {
    match state {
        SiteState::Trial => "on-trial",
        SiteState::Live => "live",
        SiteState::Suspended => "suspended",
        SiteState::Closed => "closed",
    }
}

pub(super) fn shown(it: &SiteLine) -> String {
    let Site {
        id,
        host,
        name,
        time_zone,
        contact,
        ..
    } = &it.site;
    let mut lines = vec![
        format!("{id} {} at {host}", word(it.site.state)),
        format!("    name          {name}"),
        format!(
            "    organisation  {} ({})",
            it.site.organisation, it.organisation_name
        ),
        format!("    time zone     {time_zone}"),
    ];
    let texts = [
        ("leads there", &it.site.aliases.join(" ")),
        ("upper line", &it.site.upper_line),
        ("introduction", &it.site.introduction),
        ("address", &contact.address),
        ("phone", &contact.phone),
        ("fax", &contact.fax),
        ("email", &contact.email),
        ("responsible", &contact.responsible),
    ];
    let given = texts.iter().filter(|(_, text)| !text.is_empty());
    lines.extend(given.map(|(name, text)| format!("    {name:12}  {text}")));
    lines.extend(
        it.modules
            .iter()
            .map(|it| format!("    module        {}", module::shown(it))),
    );
    lines
        .iter()
        .map(|it| plain(it))
        .collect::<Vec<_>>()
        .join("\n")
}
