use super::{Router, Way, captures};
use crate::routes::routes;

fn found(pattern: &'static str, path: &str) -> Option<Vec<String>> {
    let captures = captures(pattern, path)?;
    Some(
        captures
            .into_iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect(),
    )
}

#[test]
fn a_pattern_fits_whole_paths_only() {
    assert_eq!(found("/", "/"), Some(vec![]));
    assert_eq!(found("/tim-kiem", "/tim-kiem"), Some(vec![]));
    for path in [
        "/tim-kiem/",
        "/tim-kiem/x",
        "/tim",
        "/",
        "tim-kiem",
        "/TIM-KIEM",
    ] {
        assert_eq!(found("/tim-kiem", path), None, "{path}");
    }
}

#[test]
fn places_hold_one_segment_or_the_rest() {
    let file = "/tep/{id}/{name}";
    assert_eq!(
        found(file, "/tep/a/b.pdf"),
        Some(vec!["id=a".into(), "name=b.pdf".into()])
    );
    for path in ["/tep/a", "/tep/a/", "/tep//b", "/tep/a/b/c", "/tep"] {
        assert_eq!(found(file, path), None, "{path}");
    }
    assert_eq!(
        found("/{*path}", "/van-ban/x/y"),
        Some(vec!["path=van-ban/x/y".into()])
    );
    assert_eq!(found("/{*path}", "/"), Some(vec!["path=".into()]));
    assert_eq!(found("/giao-dien/{*path}", "/giao-dien"), None);
}

#[test]
fn the_hosts_own_words_below_a_section_come_before_what_the_section_has() {
    let router = Router::new(routes());
    for word in dinh_domain::declaration::FIXED_WORDS {
        let (_, captures) = router.on_site(&format!("/van-ban/{word}")).unwrap();
        assert_eq!(captures, [("section", "van-ban".to_owned())], "{word}");
    }
}

#[test]
fn probes_and_assets_need_no_site_and_everything_else_does() {
    let router = Router::new(routes());
    for path in ["/healthz", "/readyz", "/giao-dien/dinh/0/dinh.css"] {
        assert!(matches!(router.way(path), Way::Anywhere(..)), "{path}");
        assert!(router.on_site(path).is_none(), "{path}");
    }
    for path in [
        "/",
        "/tim-kiem",
        "/so-do-cong",
        "/tep/a/b",
        "/robots.txt",
        "/van-ban/x",
        "/healthz/x",
    ] {
        assert!(!matches!(router.way(path), Way::Anywhere(..)), "{path}");
        assert!(router.on_site(path).is_some(), "{path}");
    }
}

#[test]
fn pages_are_kept_and_files_are_not() {
    let router = Router::new(routes());
    for path in ["/", "/tim-kiem", "/so-do-cong", "/van-ban", "/van-ban/x"] {
        assert!(matches!(router.way(path), Way::Kept(_)), "{path}");
    }
    for path in ["/tep/a/b", "/robots.txt", "/.well-known/security.txt"] {
        assert!(matches!(router.way(path), Way::OnSite), "{path}");
    }
}
