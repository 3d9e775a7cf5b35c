use std::collections::BTreeMap;
use std::path::Path;

use dinh_render::Theme;
use poem::Response;

use super::{bad_host, internal, unavailable, unknown_host};
use crate::asked::{Refused, RequestId};

/// The theme as it ships.
pub(crate) fn theme() -> Theme {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../themes/dinh");
    let mut files = BTreeMap::new();
    for part in ["templates", "locales", "assets"] {
        for file in std::fs::read_dir(folder.join(part)).unwrap() {
            let path = file.unwrap().path();
            if path.is_file() {
                let name = path.file_name().unwrap().to_str().unwrap();
                files.insert(format!("{part}/{name}"), std::fs::read(&path).unwrap());
            }
        }
    }
    Theme::load("dinh", files).unwrap()
}

async fn html(response: Response) -> String {
    response.into_body().into_string().await.unwrap()
}

#[tokio::test]
async fn an_unknown_host_is_told_so_in_vietnamese_and_learns_no_site() {
    let theme = theme();
    let response = unknown_host(&theme);
    assert_eq!(response.status(), 404);
    assert_eq!(response.content_type(), Some("text/html; charset=utf-8"));
    let page = html(response).await;
    assert!(
        page.starts_with("<!DOCTYPE html>\n<html lang=\"vi\">"),
        "{page}"
    );
    assert!(
        page.contains("<h1>Không có cổng nào ở tên miền này</h1>"),
        "{page}"
    );
    assert!(!page.contains("href") && !page.contains("src"), "{page}");
    let bad = bad_host(&theme);
    assert_eq!(bad.status(), 400);
    assert!(html(bad).await.contains("<h1>Tên miền không hợp lệ</h1>"));
}

#[tokio::test]
async fn a_failure_without_a_site_names_the_request_and_when_to_come_back() {
    let (theme, id) = (theme(), RequestId::new());
    let response = unavailable(&theme, id);
    assert_eq!(response.status(), 503);
    assert!(response.headers().contains_key("retry-after"));
    assert!(html(response).await.contains(&id.to_string()));
    let response = internal(&theme, id);
    assert_eq!(response.status(), 500);
    assert!(html(response).await.contains(&id.to_string()));
}

#[test]
fn the_theme_has_every_text_that_is_looked_up_by_key() {
    let theme = theme();
    let refused = [
        Refused::PathTooLong,
        Refused::QueryTooLong,
        Refused::TooManyParams,
        Refused::Percent,
        Refused::NotUtf8,
        Refused::Control,
        Refused::Method,
    ];
    let others = [
        "site_state.suspended",
        "site_state.closed",
        "beyond_last_page.text",
        "beyond_last_page.link",
        "lifted_gates.text",
        "other_sites.title",
        "search.title",
        "search.label",
        "site_map.title",
        "error.request_id",
    ];
    let keys = refused.map(Refused::text_key).into_iter().chain(others);
    for key in keys {
        for language in ["vi", "en"] {
            assert_ne!(theme.text(language, key), key, "{language}");
        }
    }
}
