//! Every way by which an entry could be come across, and which routes they try.

use std::io::{Cursor, Read};

use dinh_tests::{TestPortal, Visited, encoded};

use super::stage::Staged;

/// A way of readers: its name in the table, the host, the path.
pub(super) type Way = (&'static str, String, String);

/// Which ways try a route; each is tried with every entry, or says where else it is tried.
pub(super) const ROUTES: [(&str, &str); 77] = [
    ("/healthz", "none: shows no entry"),
    ("/readyz", "none: shows no entry"),
    ("/giao-dien/{*path}", "none: files of the theme"),
    ("/", "home"),
    ("/tim-kiem", "search, search-above"),
    ("/tim-kiem/goi-y", "completions"),
    ("/so-do-cong", "site-map"),
    ("/tep/{id}/{name}", "file"),
    ("/sitemap.xml", "sitemap"),
    (
        "/kiem-tra-ban-luu",
        "none: compares a hash that who asks must know (outputs::copy)",
    ),
    ("/eli/{*path}", "eli"),
    ("/robots.txt", "none: shows no entry"),
    ("/.well-known/security.txt", "none: shows no entry"),
    ("/opensearch.xml", "none: shows no entry"),
    (
        "/dcat.jsonld",
        "none: entries with a table; a document has none (machine::catalogue)",
    ),
    ("/api/v1/sites", "none: shows no entry"),
    ("/api/v1/collections", "none: shows no entry"),
    ("/api/v1/collections/{plugin}/{collection}", "api-list"),
    (
        "/api/v1/collections/{plugin}/{collection}/{id}",
        "api-entry",
    ),
    ("/api/v1/search", "api-search"),
    ("/api/v1/openapi.json", "none: shows no entry"),
    ("/dang-nhap", "none: shows no entry (people::signing_in)"),
    ("/dang-xuat", "none: shows no entry (people::signing_in)"),
    (
        "/quan-tri/tiep-tuc",
        "none: a session is taken over (people::elsewhere)",
    ),
    (
        "/loi-moi/{token}",
        "none: shows no entry (people::invitations)",
    ),
    (
        "/theo-doi",
        "none: the state of what has a code (submission::sent)",
    ),
    (
        "/theo-doi/{token}",
        "none: what its sender has the secret of (submission::sent)",
    ),
    (
        "/theo-doi/{token}/du-lieu.json",
        "none: what its sender has the secret of (submission::sent)",
    ),
    ("/thu-thach", "none: shows no entry (submission::rates)"),
    (
        "/nhan-tin",
        "none: the title of a public entry whose address is given (mail::subscribing)",
    ),
    (
        "/nhan-tin/xac-nhan/{token}",
        "none: what its subscriber has the secret of (mail::subscribing)",
    ),
    (
        "/nhan-tin/bo/{token}",
        "none: what its subscriber has the secret of (mail::subscribing)",
    ),
    (
        "/quan-tri/muc/{id}/nguoi-gui",
        "none: what citizens sent alone has it (submission::private)",
    ),
    (
        "/quan-tri/tai-khoan",
        "none: one's own account (people::signing_in)",
    ),
    ("/quan-tri", "room"),
    ("/quan-tri/nhieu-muc", "many"),
    ("/quan-tri/muc/{id}", "page, steps"),
    ("/quan-tri/muc/{id}/sua", "write"),
    (
        "/quan-tri/muc/{id}/bang",
        "none: the same place as `write`; a document has no table (statistics::upload)",
    ),
    ("/quan-tri/muc/{id}/xem-truoc", "preview"),
    ("/quan-tri/muc/{id}/ban/{number}", "revision"),
    ("/quan-tri/muc/{id}/tep/{file}/{name}", "file"),
    ("/quan-tri/muc/{id}/giao", "assign"),
    (
        "/quan-tri/nhap/{site}/{plugin}/{collection}",
        "none: new entries, and texts behind those that its sender may write (desk::batch)",
    ),
    (
        "/quan-tri/nhap/{site}/{plugin}/{collection}/{file}",
        "none: headings alone (desk::batch)",
    ),
    (
        "/quan-tri/muc/{id}/nhap/{collection}",
        "none: about what takes sendings alone (consultation::paper)",
    ),
    ("/quan-tri/soan", "none: shows no entry (desk::form)"),
    (
        "/quan-tri/soan/{site}/{plugin}/{collection}",
        "none: a new entry (desk::form)",
    ),
    ("/quan-tri/con-nguoi", "none: people (people::room)"),
    ("/quan-tri/con-nguoi/moi", "none: people (people::room)"),
    (
        "/quan-tri/con-nguoi/{id}",
        "none: people (people::room, people::hand_over)",
    ),
    ("/quan-tri/nhat-ky", "none: the same lines (audit::room)"),
    ("/quan-tri/nhat-ky/xuat.csv", "audit"),
    (
        "/quan-tri/to-chuc",
        "none: organisations (organisations::room)",
    ),
    (
        "/quan-tri/to-chuc/moi",
        "none: organisations (organisations::room)",
    ),
    (
        "/quan-tri/to-chuc/{id}",
        "none: organisations (organisations::room)",
    ),
    (
        "/quan-tri/uy-quyen",
        "none: one's own delegations (people::delegation)",
    ),
    ("/quan-tri/chuyen-muc", "none: sections (site::rooms)"),
    (
        "/quan-tri/chuyen-muc/{site}/{plugin}",
        "none: sections, and how many entries are public (site::rooms)",
    ),
    (
        "/quan-tri/trang-chu/{site}",
        "none: blocks of the home page (home::order)",
    ),
    ("/quan-tri/phan-mo-rong", "none: plugins (site::rooms)"),
    ("/quan-tri/phan-mo-rong/{id}", "none: plugins (site::rooms)"),
    ("/{section}/feed.atom", "feed"),
    (
        "/{section}/calendar.ics",
        "none: dates of what a list shows, by the list's own query (machine::calendar)",
    ),
    ("/{section}/export.csv", "csv"),
    ("/{section}/export.ods", "ods"),
    (
        "/{section}/tong-hop.csv",
        "none: counts and sums of a list (science::totals)",
    ),
    (
        "/{section}/{collection}/tong-hop.csv",
        "none: the same of a further collection (science::totals)",
    ),
    (
        "/{section}/{collection}/feed.atom",
        "none: the same of a further collection (several::found)",
    ),
    (
        "/{section}/{collection}/calendar.ics",
        "none: the same of a further collection (machine::calendar)",
    ),
    (
        "/{section}/{collection}/export.csv",
        "none: the same of a further collection (several::found)",
    ),
    (
        "/{section}/{collection}/export.ods",
        "none: the same of a further collection (several::found)",
    ),
    (
        "/{section}/{slug}/bang/{file}",
        "none: answers as the entry does; a document has no table (statistics::table)",
    ),
    (
        "/{section}/{collection}/{slug}/bang/{file}",
        "none: the same of a further collection",
    ),
    (
        "/{section}/{slug}/phien-ban/{number}/bang/{file}",
        "none: the same of a version (statistics::revision)",
    ),
    (
        "/{section}/{collection}/{slug}/phien-ban/{number}/bang/{file}",
        "none: the same of a further collection",
    ),
    (
        "/{*path}",
        "list, entry, print, copy, akn, bibtex, ris, replaced",
    ),
];

/// Every way of readers to an entry.
pub(super) fn ways(entry: &Staged) -> Vec<Way> {
    let number = encoded(&entry.number);
    let (mark, _) = entry.marks();
    let (id, slug, file) = (&entry.id, &entry.slug, &entry.file);
    let collection = "/api/v1/collections/legal-documents/document";
    let here = |name, path: String| (name, entry.host.to_owned(), path);
    vec![
        here("home", "/".to_owned()),
        here("list", format!("/van-ban?number={number}")),
        here("feed", format!("/van-ban/feed.atom?number={number}")),
        here("csv", format!("/van-ban/export.csv?number={number}")),
        here("ods", format!("/van-ban/export.ods?number={number}")),
        here("entry", format!("/van-ban/{slug}")),
        here("print", format!("/van-ban/{slug}/ban-in")),
        here("copy", format!("/van-ban/{slug}/ban-luu")),
        here("akn", format!("/van-ban/{slug}/akn.xml")),
        here("bibtex", format!("/van-ban/{slug}/trich-dan.bib")),
        here("ris", format!("/van-ban/{slug}/trich-dan.ris")),
        here("eli", format!("/eli/{}", eli(entry))),
        here("file", format!("/tep/{file}/toan-van.odt")),
        here("search", format!("/tim-kiem?q={mark}")),
        here("completions", format!("/tim-kiem/goi-y?q={number}")),
        here("sitemap", "/sitemap.xml?phan=1".to_owned()),
        here("site-map", "/so-do-cong".to_owned()),
        here("replaced", "/van-ban/van-ban-thay-the".to_owned()),
        here("api-list", format!("{collection}?number={number}")),
        here("api-entry", format!("{collection}/{id}")),
        here("api-search", format!("/api/v1/search?q={mark}")),
        (
            "search-above",
            "localhost".to_owned(),
            format!("/tim-kiem?q={mark}"),
        ),
    ]
}

fn eli(entry: &Staged) -> String {
    let number = entry
        .number
        .replace('/', "-")
        .to_lowercase()
        .replace('đ', "d");
    format!("vn/uy-ban-nhan-dan-huyen-yen-the/quyet-dinh/2026/{number}")
}

/// Whether an answer shows the entry: a word of its text that was not asked for, or its address.
pub(super) fn shows(entry: &Staged, path: &str, answer: &Visited) -> bool {
    let text = words(path, answer);
    let (_, second) = entry.marks();
    let there = answer.answer().header("location").unwrap_or_default();
    let is_asked = path.contains(entry.slug.as_str());
    text.contains(&second)
        || text.contains(&entry.behind())
        || !is_asked && text.contains(&format!("/van-ban/{}", entry.slug))
        || !is_asked && there.contains(entry.slug.as_str())
        || path.starts_with("/tep/") && answer.status() == 200
}

/// Whether an answer shows what nobody has approved.
pub(super) fn shows_behind(entry: &Staged, path: &str, answer: &Visited) -> bool {
    words(path, answer).contains(&entry.behind())
}

/// The words of an answer; those of a spreadsheet stand in its archive.
fn words(path: &str, answer: &Visited) -> String {
    if !path.contains("export.ods") || answer.status() != 200 {
        return answer.text();
    }
    let bytes = Cursor::new(answer.answer().body.clone());
    let mut archive = zip::ZipArchive::new(bytes).unwrap();
    let mut content = String::new();
    let mut file = archive.by_name("content.xml").unwrap();
    file.read_to_string(&mut content).unwrap();
    content
}

/// Every route has its line.
#[test]
fn a_route_that_nobody_has_thought_about_fails() {
    let known: Vec<&str> = ROUTES.iter().map(|(route, _)| *route).collect();
    let mut missing = dinh_web::patterns();
    missing.retain(|it| !known.contains(it));
    let mut gone = known.clone();
    gone.retain(|it| !dinh_web::patterns().contains(it));
    assert!(missing.is_empty(), "add these to the matrix: {missing:?}");
    assert!(gone.is_empty(), "no such routes: {gone:?}");
}

/// The answers of readers, one word for each way that shows the entry.
pub(super) async fn seen(portal: &TestPortal, entry: &Staged, cookie: &str) -> Vec<&'static str> {
    let mut seen = Vec::new();
    for (name, host, path) in ways(entry) {
        let headers = [("Cookie", cookie)];
        let headers = if cookie.is_empty() {
            &[][..]
        } else {
            &headers[..]
        };
        let answer = portal.visitor().get_with(&host, &path, headers).await;
        let what = format!("{name} of {} {}", entry.site, entry.state);
        assert!(answer.status() < 500, "{what}: {}", answer.status());
        assert!(
            !shows_behind(entry, &path, &answer),
            "{what} shows what nobody approved"
        );
        if shows(entry, &path, &answer) {
            seen.push(name);
        }
    }
    seen
}
