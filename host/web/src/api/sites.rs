use dinh_domain::site::{Organisation, Site};
use serde_json::{Value, json};

use super::BASE;
use crate::present::Setting;

/// The sites that answer.
pub(crate) fn told(setting: &Setting<'_>, sites: &[(Site, Organisation)]) -> Value {
    let sites = sites.iter().map(|(site, owner)| {
        let origin = setting.options.origin(&site.host);
        json!({
            "id": site.id,
            "name": site.name,
            "url": format!("{origin}/"),
            "api": format!("{origin}{BASE}"),
            "organisation": {
                "id": owner.id,
                "kind": owner.kind,
                "name": owner.name,
                "parent": owner.parent,
            },
            "time_zone": site.time_zone,
            "visited": site.id == setting.visit.site.id,
        })
    });
    json!({ "sites": sites.collect::<Vec<Value>>() })
}
