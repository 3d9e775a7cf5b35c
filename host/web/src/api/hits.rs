use dinh_portal::shown::HitsTold;
use serde_json::{Value, json};

use crate::links;
use crate::present::Setting;

/// What a search found.
pub(crate) fn told(setting: &Setting<'_>, found: &HitsTold) -> Value {
    let hits = found.hits.iter().map(|hit| {
        json!({
            "id": hit.id,
            "key": hit.key,
            "collection": hit.collection,
            "site": hit.site,
            "url": links::absolute(setting.options, &setting.visit.site.host, &hit.way),
            "title": hit.title,
            "snippet": hit.snippet,
            "score": hit.score,
        })
    });
    json!({ "total": found.total, "hits": hits.collect::<Vec<Value>>() })
}
