use http::header::{HeaderValue, USER_AGENT};
use http::{HeaderMap, Method};

use super::is_person;

fn named(name: &'static str) -> HeaderMap {
    HeaderMap::from_iter([(USER_AGENT, HeaderValue::from_static(name))])
}

#[test]
fn browsers_of_people_count_and_machines_do_not() {
    for name in [
        "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 coc_coc_browser/130.0 Chrome/124.0 Safari/537.36",
        "Mozilla/5.0 (Linux; Android 13; CUBOT P80) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36",
        "Lynx/2.9.0",
    ] {
        assert!(is_person(&Method::GET, &named(name)), "{name}");
        assert!(!is_person(&Method::HEAD, &named(name)), "{name}");
    }
    for name in [
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; coccocbot-web/1.0)",
        "Mozilla/5.0 (X11) AppleWebKit/537.36 HeadlessChrome/130.0 Safari/537.36",
        "curl/8.9.1",
        "python-requests/2.32",
        " ",
        "",
    ] {
        assert!(!is_person(&Method::GET, &named(name)), "{name}");
    }
    assert!(!is_person(&Method::GET, &HeaderMap::new()));
    let mut prefetched = named("Mozilla/5.0 Firefox/145.0");
    prefetched.insert("sec-purpose", HeaderValue::from_static("prefetch"));
    assert!(!is_person(&Method::GET, &prefetched));
}
