//! Every kind of page, rendered with plausible content.

use super::{outline, samples, theme};
use crate::view::{
    CopyPage, CopyStyle, ErrorKind, ErrorPage, FactValue, Frame, HomePage, Link, ListPage, Page,
    Paging, PrintPage, SearchPage, VerifyPage, VerifyState, View,
};

/// Renders, holds the page to the rules, and writes it to `DINH_PREVIEW` for people and browsers to look at.
pub(super) fn page<V: View>(name: &str, frame: Frame, body: V) -> String {
    let theme = theme();
    let html = theme.render(&Page { frame, body }).unwrap();
    let outline = outline::read(&html);
    // A copy carries its style sheet: it is the one page that asks nobody.
    let allowed: &[&str] = match V::TEMPLATE {
        "copy" => &["<style> with style or script in the page"],
        _ => &[],
    };
    assert_eq!(outline.faults, allowed, "{name}:\n{html}");
    assert!(
        !html.contains("{{") && !html.contains("}}"),
        "a marker was left in {name}"
    );
    if let Some(folder) = std::env::var_os("DINH_PREVIEW") {
        let folder = std::path::PathBuf::from(folder);
        let html = html.replace(theme.asset_base(), "assets");
        std::fs::write(folder.join(format!("{name}.html")), html).unwrap();
    }
    html
}

pub(super) fn text_of(html: &str) -> String {
    let text = outline::read(html).text;
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_home_page_shows_sections_and_what_is_empty() {
    let frame = Frame {
        is_home: true,
        breadcrumb: Vec::new(),
        ..samples::frame("Trang chủ")
    };
    let html = page("home", frame, samples::home());
    assert!(html.contains("<title>Cổng thông tin điện tử huyện Yên Thế</title>"));
    let text = text_of(&html);
    assert!(text.contains("Xem tất cả Văn bản (22.550)"), "{text}");
    assert!(
        text.contains("Tin tức Chưa có nội dung nào được đăng."),
        "{text}"
    );
    assert!(
        text.contains("Người chịu trách nhiệm Ông Nguyễn Văn A"),
        "{text}"
    );
}

#[test]
fn totals_stand_in_a_table_whose_lines_lead_to_their_part_of_the_list() {
    let html = page("totals", samples::frame("Tổng hợp"), samples::totals());
    assert!(
        html.contains("<th scope=\"row\" class=\"depth-1\">"),
        "{html}"
    );
    let text = text_of(&html);
    assert!(text.contains("Khoa học nông nghiệp 3 12.500"), "{text}");
    assert!(text.contains("Tổng cộng 3 12.500"), "{text}");
}

#[test]
fn a_site_without_sections_says_so() {
    let frame = Frame {
        is_home: true,
        ..samples::frame("Trang chủ")
    };
    assert!(
        page("home-empty", frame, HomePage::default()).contains("Hiện chưa có chuyên mục nào.")
    );
}

#[test]
fn a_list_shows_filters_in_effect_and_numbered_pages() {
    let html = page("list", samples::frame("Văn bản"), samples::list());
    let text = text_of(&html);
    assert!(
        text.contains("Có 1.204 kết quả, đang xem từ 81 đến 100."),
        "{text}"
    );
    assert!(
        text.contains(
            "Trang trước Trang 1 … Trang 3 Trang 4 Trang 5 Trang 6 Trang 7 … Trang 61 Trang sau"
        ),
        "{text}"
    );
    assert!(html.contains("<option value=\"QD\" selected>Quyết định (1.204)</option>"));
    assert!(html.contains("value=\"cổng &quot;thông tin&quot; &lt;b&gt;\""));
    assert!(html.contains("<time datetime=\"2014-10-03\">03/10/2014</time>"));
}

#[test]
fn an_empty_filtered_list_offers_to_drop_the_filters() {
    let body = ListPage {
        total: 0,
        rows: Vec::new(),
        paging: Paging::new(1, 20, 0, |_| String::new()),
        ..samples::list()
    };
    let text = text_of(&page("list-empty", samples::frame("Văn bản"), body));
    assert!(
        text.contains(
            "Không có kết quả nào thỏa mãn tất cả điều kiện đã chọn. Bỏ tất cả điều kiện"
        ),
        "{text}"
    );
}

#[test]
fn an_entry_shows_its_text_with_outline_files_relations_and_credit() {
    let html = page("detail", samples::detail_frame(), samples::detail());
    let text = text_of(&html);
    assert!(html.contains("<meta name=\"DC.identifier\" content=\"12/2014/QĐ-UBND\">"));
    assert!(html.contains(
        "<meta name=\"DC.description\" content=\"Ban hành Quy định &quot;quản lý&quot;\">"
    ));
    assert!(!html.contains("DC.subject"), "an empty element is left out");
    assert!(html.contains("<h4 class=\"b-article\" id=\"dieu-1\">"));
    assert!(html.contains("<h5 class=\"b-article\" id=\"dieu-3\">"));
    assert!(text.contains("PDF, 24,5 KB"), "{text}");
    assert!(text.contains("Đăng lúc: 08:30, 05/10/2014"), "{text}");
    assert!(
        text.contains("Căn cứ ban hành Nghị định 43/2011/NĐ-CP"),
        "{text}"
    );
}

#[test]
fn json_in_a_page_cannot_close_its_element() {
    let html = page("detail-json", samples::detail_frame(), samples::detail());
    assert_eq!(html.matches("</script").count(), 1);
    assert!(
        html.contains(
            r#""name":"\u003c/script\u003e\u003cscript\u003ealert(1)\u003c/script\u003e""#
        )
    );
}

#[test]
fn a_search_shows_marked_snippets_and_facets() {
    let html = page(
        "search",
        Frame {
            noindex: true,
            canonical: None,
            ..samples::frame("Tìm kiếm")
        },
        samples::search(),
    );
    assert!(
        html.contains("cung cấp thông tin trên <mark>Cổng thông tin</mark> điện tử &lt;huyện&gt;")
    );
    assert!(html.contains("<meta name=\"robots\" content=\"noindex\">"));
    assert!(text_of(&html).contains("Có 45 kết quả cho “cổng thông tin”, đang xem từ 1 đến 20."));
}

#[test]
fn a_search_without_hits_explains_how_to_search() {
    let body = SearchPage {
        query: "xyz".into(),
        action: "/tim-kiem".into(),
        ..SearchPage::default()
    };
    let text = text_of(&page("search-none", samples::frame("Tìm kiếm"), body));
    assert!(
        text.contains("Không tìm thấy kết quả nào cho “xyz”. Cách tìm"),
        "{text}"
    );
    let body = SearchPage {
        action: "/tim-kiem".into(),
        ..SearchPage::default()
    };
    let text = text_of(&page("search-form", samples::frame("Tìm kiếm"), body));
    assert!(
        text.contains("Cách tìm") && !text.contains("Không tìm thấy"),
        "{text}"
    );
}

#[test]
fn every_error_has_a_page_in_the_theme() {
    for kind in [
        ErrorKind::BadRequest,
        ErrorKind::NotFound,
        ErrorKind::TooMany,
        ErrorKind::Internal,
        ErrorKind::Unavailable,
    ] {
        let title = theme().text("vi", kind.title_key()).to_owned();
        let body = ErrorPage {
            request_id: Some("0198-abc".into()),
            ..ErrorPage::new(kind)
        };
        let frame = Frame {
            breadcrumb: Vec::new(),
            ..samples::frame(&title)
        };
        let html = page(&format!("error-{}", kind.status()), frame, body);
        assert!(html.contains(&format!("Mã {}", kind.status())));
        assert!(html.contains(&format!("<h1>{title}</h1>")));
    }
    let text = text_of(&page(
        "error-410",
        samples::frame("Nội dung đã được rút"),
        samples::gone(),
    ));
    assert!(
        text.contains("Lý do: Đăng nhầm bản dự thảo Nội dung thay thế: Quyết định 13/2014/QĐ-UBND"),
        "{text}"
    );
}

#[test]
fn a_plugins_page_and_the_site_map_stand_in_the_frame() {
    let html = page(
        "plugin",
        samples::frame("Văn bản thay thế"),
        samples::plugin_page(),
    );
    assert!(
        html.contains(
            "<td><a href=\"/van-ban/12\">12/2014/QĐ-UBND</a></td><td>3/2011/QĐ-UBND</td>"
        )
    );
    page(
        "site-map",
        samples::frame("Sơ đồ trang"),
        samples::site_map(),
    );
}

#[test]
fn the_same_page_speaks_english() {
    let frame = Frame {
        lang: "en".into(),
        ..samples::frame("Documents")
    };
    let html = page("list-en", frame, samples::list());
    assert!(html.contains("<html lang=\"en\">") && html.contains("Skip to main content"));
}

#[test]
fn paper_and_copies_hold_the_whole_entry_and_no_menu() {
    let frame = || samples::detail_frame();
    let print = PrintPage {
        detail: samples::detail(),
        address: "https://yenthe.example/van-ban/12".into(),
    };
    let copy = CopyPage {
        detail: samples::detail(),
        address: "https://yenthe.example/van-ban/12".into(),
        hash: "ab".repeat(32),
        verify: "https://yenthe.example/kiem-tra-ban-luu?ma=ab".into(),
        copied: FactValue::time("2026-11-25T10:00:00+07:00"),
        content: serde_json::json!({ "title": "</script>" }),
        style: CopyStyle {
            css: crate::SafeHtml::style("p { margin: 0 }").unwrap(),
            hash: "AAAA".into(),
        },
    };
    for html in [page("print", frame(), print), page("copy", frame(), copy)] {
        assert!(html.contains("<meta name=\"robots\" content=\"noindex\">"));
        assert!(!html.contains("class=\"menu\""));
        let text = text_of(&html);
        assert!(text.contains("https://yenthe.example/van-ban/12"), "{text}");
        assert!(text.contains("Nguồn: "), "{text}");
        assert!(text.contains("Điều"), "{text}");
    }
}

#[test]
fn a_style_sheet_that_could_end_its_element_is_none() {
    assert_eq!(crate::SafeHtml::style("p{}</style><script>"), None);
}

#[test]
fn the_verifying_page_says_each_state_in_words() {
    let shown = |state| {
        let body = VerifyPage {
            action: "/kiem-tra-ban-luu".into(),
            asked: "ab".into(),
            state,
            entry: Some(Link::new("Quyết định 12", "/van-ban/12")),
            published: None,
            ended: None,
            reason: None,
        };
        text_of(&page("verify", samples::frame("Kiểm tra bản lưu"), body))
    };
    assert!(shown(VerifyState::Current).contains("Đúng: đây là nội dung đang được đăng."));
    assert!(shown(VerifyState::Former).contains("nay đã được sửa đổi"));
    assert!(shown(VerifyState::Withdrawn).contains("nay đã được rút"));
    assert!(shown(VerifyState::Unknown).contains("Không có nội dung nào mang mã này"));
    assert!(shown(VerifyState::Malformed).contains("Đây không phải là mã nội dung"));
    assert!(!shown(VerifyState::NotAsked).contains("Đây"));
}
