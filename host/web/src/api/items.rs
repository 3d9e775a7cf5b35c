use dinh_portal::shown::{Item, ItemValue, Items};
use serde_json::{Map, Value, json};

use super::list_address;
use crate::links;
use crate::present::Setting;

/// Some entries of a list, with the address of the next ones.
pub(crate) fn told(setting: &Setting<'_>, items: &Items) -> Value {
    let list = list_address(setting, &items.collection);
    let told = items.items.iter().map(|it| item(setting, &list, it));
    json!({
        "collection": items.collection,
        "total": items.total,
        "items": told.collect::<Vec<Value>>(),
        "cursor": items.next,
        "next": next(setting, items),
    })
}

/// Where to go on; none at the end.
pub(crate) fn next(setting: &Setting<'_>, items: &Items) -> Option<String> {
    let cursor = items.next.clone()?;
    let mut params = items.asked.clone();
    params.push(("limit".to_owned(), items.limit.to_string()));
    params.push(("cursor".to_owned(), cursor));
    let list = list_address(setting, &items.collection);
    Some(links::with_params(&list, &params))
}

fn item(setting: &Setting<'_>, list: &str, item: &Item) -> Value {
    let values = item.values.iter().map(|(name, value)| {
        let value = match value {
            ItemValue::None => Value::Null,
            ItemValue::Text(text) => json!(text),
            ItemValue::Texts(texts) => json!(texts),
            ItemValue::Integer(number) => json!(number),
        };
        (name.clone(), value)
    });
    json!({
        "id": item.id,
        "key": item.key,
        "site": item.site,
        "url": links::absolute(setting.options, &setting.visit.site.host, &item.way),
        "self": format!("{list}/{}", item.id),
        "title": item.title,
        "summary": item.summary,
        "language": item.language,
        "published_at": item.published,
        "updated_at": item.updated,
        "values": values.collect::<Map<String, Value>>(),
    })
}
