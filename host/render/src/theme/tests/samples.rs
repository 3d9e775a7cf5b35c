//! Plausible pages of every kind.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::json;

use crate::view::{
    Article, Badge, Block, BlockKind, Chip, CitationShown, Contact, CountedLink, Credit, Crumb,
    DetailPage, DublinCore, DublinCoreElement, ErrorKind, ErrorPage, Facet, FacetItem, Fact,
    FactValue, FileLink, Filter, FilterOption, Frame, HiddenField, HomeBlock, HomePage, Link,
    ListPage, MenuItem, Notice, Paging, PluginPage, Relation, RelationGroup, Row, SearchHit,
    SearchPage, Site, SiteMapGroup, SiteMapPage, Snippet, SortLink, Tone, TotalsLine, TotalsPage,
    TotalsTable,
};
use crate::{Locales, PluginTemplates};

pub(super) fn frame(title: &str) -> Frame {
    let site = Site {
        name: "Cổng thông tin điện tử huyện Yên Thế".into(),
        authority: "Ủy ban nhân dân huyện Yên Thế".into(),
        upper_authority: Some("Tỉnh Bắc Giang".into()),
        home: "/".into(),
        search: "/tim-kiem".into(),
        search_description: "/opensearch.xml".into(),
        site_map: "/so-do-cong".into(),
        contact: Contact {
            name: "Văn phòng HĐND và UBND huyện Yên Thế".into(),
            address: "Thị trấn Phồn Xương, huyện Yên Thế, tỉnh Bắc Giang".into(),
            phone: "(0204) 3 876 000".into(),
            fax: "(0204) 3 876 001".into(),
            email: "ubndyenthe@example.gov.vn".into(),
            responsible: "Ông Nguyễn Văn A, Phó Chủ tịch UBND huyện".into(),
        },
    };
    let item = |label: &str, href: &str, current| MenuItem {
        label: label.into(),
        href: href.into(),
        current,
    };
    Frame {
        description: Some("Văn bản do huyện Yên Thế ban hành.".into()),
        canonical: Some("https://yenthe.example.gov.vn/van-ban".into()),
        menu: vec![
            item("Giới thiệu", "/gioi-thieu", false),
            item("Tin tức", "/tin-tuc", false),
            item("Văn bản", "/van-ban", title != "Trang chủ"),
            item("Dịch vụ công trực tuyến", "/dich-vu-cong", false),
            item("Hỏi đáp", "/hoi-dap", false),
        ],
        breadcrumb: vec![
            Crumb {
                label: "Văn bản".into(),
                href: Some("/van-ban".into()),
            },
            Crumb {
                label: title.into(),
                href: None,
            },
        ],
        ..Frame::new(Arc::new(site), title)
    }
}

fn row(number: u32, badge: &str, tone: Tone) -> Row {
    Row {
        title: format!("Quyết định {number}/2014/QĐ-UBND"),
        href: format!("/van-ban/quyet-dinh-{number}-2014-qd-ubnd"),
        facts: vec![
            Fact::text("Loại văn bản", "Quyết định"),
            Fact::text("Cơ quan ban hành", "UBND huyện Yên Thế"),
            Fact::date("Ngày ban hành", "2014-10-03"),
            Fact::date("Ngày có hiệu lực", "2014-10-13"),
        ],
        badge: Some(Badge { label: badge.into(), tone }),
        left: None,
        summary: Some("Ban hành Quy định về quản lý, vận hành và cung cấp thông tin trên Cổng thông tin điện tử huyện Yên Thế, tỉnh Bắc Giang".into()),
        site: None,
    }
}

fn rows() -> Vec<Row> {
    let mut rows = vec![
        row(12, "Còn hiệu lực", Tone::Good),
        row(7, "Hết hiệu lực một phần", Tone::Warn),
        row(3, "Hết hiệu lực toàn bộ", Tone::Bad),
        row(2, "Chưa xác định", Tone::Plain),
    ];
    rows[1].site = Some(Link::new("Xã Đồng Sơn", "http://dong-son.localhost/"));
    rows
}

pub(super) fn home() -> HomePage {
    HomePage {
        intro: vec!["Nơi công bố thông tin chính thức của Ủy ban nhân dân huyện Yên Thế và các xã, thị trấn.".into()],
        has_sections: true,
        blocks: vec![
            HomeBlock { title: "Văn bản".into(), href: "/van-ban".into(), rows: rows(), all: "Xem tất cả Văn bản (22.550)".into(), empty: String::new() },
            HomeBlock { title: "Tin tức".into(), href: "/tin-tuc".into(), rows: Vec::new(), all: String::new(), empty: "Chưa có nội dung nào được đăng.".into() },
        ],
    }
}

fn option(value: &str, label: &str, count: u64, selected: bool) -> FilterOption {
    FilterOption {
        value: value.into(),
        label: label.into(),
        count: Some(count),
        selected,
    }
}

fn filters() -> Vec<Filter> {
    vec![
        Filter::Text {
            name: "q".into(),
            label: "Từ khóa, số ký hiệu".into(),
            value: "cổng \"thông tin\" <b>".into(),
        },
        Filter::Select {
            name: "kind".into(),
            label: "Loại văn bản".into(),
            options: vec![
                option("QD", "Quyết định", 1204, true),
                option("NQ", "Nghị quyết", 87, false),
            ],
        },
        Filter::Select {
            name: "year".into(),
            label: "Năm ban hành".into(),
            options: vec![option("2014", "2014", 40, false)],
        },
        Filter::Checkboxes {
            name: "validity".into(),
            label: "Hiệu lực".into(),
            options: vec![
                option("in-force", "Còn hiệu lực", 30, true),
                option("expired", "Hết hiệu lực toàn bộ", 10, false),
            ],
        },
        Filter::DateRange {
            label: "Ngày ban hành".into(),
            from_name: "from".into(),
            from: "2014-01-01".into(),
            to_name: "to".into(),
            to: String::new(),
        },
    ]
}

pub(super) fn list() -> ListPage {
    ListPage {
        title: "Văn bản".into(),
        intro: Some("Văn bản quy phạm pháp luật và văn bản hành chính do huyện ban hành.".into()),
        notices: Vec::new(),
        browse: Vec::new(),
        by_mail: None,
        action: "/van-ban".into(),
        filters: filters(),
        hidden: vec![HiddenField {
            name: "sort".into(),
            value: "-issued_on".into(),
        }],
        chips: vec![
            Chip {
                label: "Loại văn bản: Quyết định".into(),
                remove: "/van-ban?validity=in-force".into(),
            },
            Chip {
                label: "Hiệu lực: Còn hiệu lực".into(),
                remove: "/van-ban?kind=QD".into(),
            },
        ],
        clear: Some("/van-ban".into()),
        sorts: vec![
            SortLink {
                label: "Mới ban hành trước".into(),
                href: "/van-ban?sort=-issued_on".into(),
                current: true,
            },
            SortLink {
                label: "Cũ trước".into(),
                href: "/van-ban?sort=issued_on".into(),
                current: false,
            },
        ],
        total: 1204,
        rows: rows(),
        paging: Paging::new(5, 20, 1204, |page| format!("/van-ban?kind=QD&page={page}")),
        links: vec![Link::new("Văn bản thay thế theo năm", "/van-ban/thay-the")],
        calendar: None,
        feed: Some(Link::new(
            "Theo dõi văn bản mới (Atom)",
            "/van-ban/feed.atom",
        )),
        csv: Some(Link::new("Tải danh sách (CSV)", "/van-ban/export.csv")),
        ods: Some(Link::new(
            "Tải danh sách (bảng tính)",
            "/van-ban/export.ods",
        )),
    }
}

fn block(kind: BlockKind, anchor: &str, label: &str, text: &str) -> Block {
    Block {
        kind,
        anchor: (!anchor.is_empty()).then(|| anchor.into()),
        label: label.into(),
        text: text.into(),
        said: Vec::new(),
    }
}

fn article() -> Article {
    use BlockKind::{Article as Dieu, Chapter, Clause, Paragraph, Point, Section};
    Article::new(vec![
        block(
            Paragraph,
            "",
            "",
            "Căn cứ Luật Tổ chức Hội đồng nhân dân và Ủy ban nhân dân ngày 26/11/2003;\nTheo đề nghị của Chánh Văn phòng HĐND và UBND huyện,",
        ),
        block(Chapter, "chuong-1", "Chương I", "QUY ĐỊNH CHUNG"),
        block(
            Dieu,
            "dieu-1",
            "Điều 1.",
            "Phạm vi điều chỉnh và đối tượng áp dụng",
        ),
        block(
            Clause,
            "dieu-1-khoan-1",
            "1.",
            "Quy định này quy định về quản lý, vận hành, cung cấp thông tin và bảo đảm kỹ thuật cho hoạt động của Cổng thông tin điện tử huyện Yên Thế.",
        ),
        block(
            Clause,
            "dieu-1-khoan-2",
            "2.",
            "Quy định này áp dụng đối với:",
        ),
        block(
            Point,
            "dieu-1-khoan-2-diem-a",
            "a)",
            "Các phòng, ban, đơn vị thuộc UBND huyện;",
        ),
        block(
            Point,
            "dieu-1-khoan-2-diem-b",
            "b)",
            "Ủy ban nhân dân các xã, thị trấn.",
        ),
        block(Dieu, "dieu-2", "Điều 2.", "Giải thích từ ngữ"),
        block(
            Paragraph,
            "",
            "",
            "Trong Quy định này, các từ ngữ dưới đây được hiểu như sau: 1 < 2 & \"hai\".",
        ),
        block(Chapter, "chuong-2", "Chương II", "CUNG CẤP THÔNG TIN"),
        block(Section, "chuong-2-muc-1", "Mục 1.", "THÔNG TIN CHỦ YẾU"),
        block(Dieu, "dieu-3", "Điều 3.", "Thông tin giới thiệu"),
        block(
            Clause,
            "dieu-3-khoan-1",
            "1.",
            "Thông tin giới thiệu được cập nhật thường xuyên, chính xác.",
        ),
    ])
}

pub(super) fn detail() -> DetailPage {
    let related = |label: &str, href: Option<&str>, note: Option<&str>| Relation {
        label: label.into(),
        href: href.map(Into::into),
        note: note.map(Into::into),
    };
    DetailPage {
        lists: Vec::new(),
        figures: None,
        figure_links: Vec::new(),
        versions: Vec::new(),
        title: "Quyết định 12/2014/QĐ-UBND".into(),
        summary: Some("Ban hành Quy định về quản lý, vận hành và cung cấp thông tin trên Cổng thông tin điện tử huyện Yên Thế, tỉnh Bắc Giang".into()),
        badge: Some(Badge { label: "Còn hiệu lực".into(), tone: Tone::Good }),
        left: None,
        actions: Vec::new(),
        notices: vec![Notice {
            tone: Tone::Warn,
            text: "Văn bản được nhập từ nguồn ngoài và chưa có tệp đính kèm.".into(),
            link: Some(Link::new("Xem nguồn", "https://vbpl.example.vn/1")),
        }],
        facts: vec![
            Fact::text("Số, ký hiệu", "12/2014/QĐ-UBND"),
            Fact::values("Loại văn bản", vec![FactValue::link("Quyết định", "/van-ban?kind=QD")]),
            Fact::text("Cơ quan ban hành", "Ủy ban nhân dân huyện Yên Thế"),
            Fact::date("Ngày ban hành", "2014-10-03"),
            Fact::date("Ngày có hiệu lực", "2014-10-13"),
            Fact::values("Lĩnh vực", vec![FactValue::text("Công nghệ thông tin"), FactValue::text("Thông tin, truyền thông")]),
            Fact::values("Hiệu lực", vec![FactValue::badge("Còn hiệu lực", Tone::Good)]),
        ],
        files: vec![FileLink {
            name: "Quyết định 12/2014/QĐ-UBND (bản ký)".into(),
            href: "/tep/0198/quyet-dinh-12.pdf".into(),
            format: "PDF".into(),
            size: crate::format::file_size(25_088),
            sha256: "ab".repeat(32),
            note: Some("Bản quét, chưa tìm được theo nội dung.".into()),
        }],
        article: Some(article()),
        relations: vec![
            RelationGroup {
                label: "Thay thế".into(),
                items: vec![related("Quyết định 3/2011/QĐ-UBND", Some("/van-ban/quyet-dinh-3-2011"), Some("Ban hành Quy chế hoạt động của trang thông tin điện tử"))],
            },
            RelationGroup {
                label: "Căn cứ ban hành".into(),
                items: vec![related("Nghị định 43/2011/NĐ-CP", None, None)],
            },
        ],
        citation: Some(CitationShown {
            text: "Nguyễn Văn A (2024). Gà đồi <i>Yên Thế</i>. https://yenthe.example/a".into(),
            files: vec![Link::new("BibTeX", "/khoa-hoc/a/trich-dan.bib")],
        }),
        credit: Credit {
            author: "Văn phòng HĐND và UBND huyện".into(),
            source: "Công báo huyện Yên Thế".into(),
            posted: Some(FactValue::time("2014-10-05T08:30:00+07:00")),
            updated: None,
        },
        links: vec![Link::new("Hiệu lực vào một ngày", "/van-ban/quyet-dinh-12/hieu-luc")],
        outputs: vec![Link::new("Bản in", "/van-ban/quyet-dinh-12/ban-in")],
        back: Link::new("Về danh sách văn bản", "/van-ban"),
    }
}

pub(super) fn detail_frame() -> Frame {
    Frame {
        dublin_core: Some(DublinCore {
            title: "Quyết định 12/2014/QĐ-UBND".into(),
            creator: "Văn phòng HĐND và UBND huyện".into(),
            date: "2014-10-03".into(),
            description: "Ban hành Quy định \"quản lý\"".into(),
            publisher: "UBND huyện Yên Thế".into(),
            identifier: "12/2014/QĐ-UBND".into(),
            more: vec![
                (DublinCoreElement::Language, "vi".into()),
                (DublinCoreElement::Subject, String::new()),
            ],
        }),
        json_ld: Some(
            json!({"@context": "https://schema.org", "@type": "Legislation", "name": "</script><script>alert(1)</script>"}),
        ),
        ..frame("Quyết định 12/2014/QĐ-UBND")
    }
}

pub(super) fn search() -> SearchPage {
    let item = |label: &str, count, selected| FacetItem {
        label: label.into(),
        count,
        href: "/tim-kiem?q=x".into(),
        selected,
    };
    SearchPage {
        query: "cổng thông tin".into(),
        action: "/tim-kiem".into(),
        total: 45,
        hits: vec![SearchHit {
            title: Snippet::plain("Quyết định 12/2014/QĐ-UBND"),
            href: "/van-ban/quyet-dinh-12".into(),
            site: "Huyện Yên Thế".into(),
            section: "Văn bản".into(),
            facts: vec![Fact::date("Ngày ban hành", "2014-10-03")],
            badge: None,
            lead: Snippet::plain("Ban hành Quy định về quản lý Cổng thông tin điện tử"),
            snippet: Snippet::from_parts([
                ("cung cấp thông tin trên ".into(), false),
                ("Cổng thông tin".into(), true),
                (" điện tử <huyện>".into(), false),
            ]),
            file: Some("Quyết định 12/2014/QĐ-UBND (bản ký)".into()),
        }],
        facets: vec![
            Facet {
                label: "Cổng thành phần".into(),
                items: vec![
                    item("Huyện Yên Thế", 40, true),
                    item("Xã Đồng Sơn", 5, false),
                ],
            },
            Facet {
                label: "Năm".into(),
                items: vec![item("2014", 45, false)],
            },
        ],
        chips: vec![Chip {
            label: "Cổng thành phần: Huyện Yên Thế".into(),
            remove: "/tim-kiem?q=x".into(),
        }],
        clear: Some("/tim-kiem?q=x".into()),
        paging: Paging::new(1, 20, 45, |page| format!("/tim-kiem?q=x&page={page}")),
        suggestion: Some(Link::new("cổng thông tin", "/tim-kiem?q=c%E1%BB%95ng")),
        readings: vec![CountedLink {
            label: "công thông tin".into(),
            href: "/tim-kiem?q=c%C3%B4ng".into(),
            count: 2,
        }],
        unknown: "cỗng".into(),
        fewer: Vec::new(),
        elsewhere: Vec::new(),
        upper: None,
        sections: vec![Link::new("Văn bản", "/van-ban")],
    }
}

pub(super) fn gone() -> ErrorPage {
    ErrorPage {
        reason: Some("Đăng nhầm bản dự thảo".into()),
        successor: Some(Link::new("Quyết định 13/2014/QĐ-UBND", "/van-ban/13")),
        ..ErrorPage::new(ErrorKind::Gone)
    }
}

pub(super) fn site_map() -> SiteMapPage {
    SiteMapPage {
        groups: vec![SiteMapGroup {
            label: "Văn bản".into(),
            href: Some("/van-ban".into()),
            children: vec![Link::new("Văn bản thay thế theo năm", "/van-ban/thay-the")],
            filters: vec![crate::view::SiteMapFilter {
                label: "Năm".into(),
                values: vec![Link::new("2014 (12)", "/van-ban?year=2014")],
            }],
        }],
    }
}

pub(super) fn plugin_page() -> PluginPage {
    let source = "<p>{{intro}}</p><table><caption>{{year}}</caption><thead><tr><th scope=\"col\">Mới</th><th scope=\"col\">Cũ</th></tr></thead><tbody>{{#each rows}}<tr><td><a href=\"{{url href}}\">{{new}}</a></td><td>{{old}}</td></tr>{{/each}}</tbody></table>";
    let files = BTreeMap::from([(
        "templates/by-year.hbs".to_owned(),
        source.as_bytes().to_vec(),
    )]);
    let templates = PluginTemplates::load("sample", &files, Locales::default()).unwrap();
    let model = json!({"intro": "Năm 2014 có 1 văn bản.", "year": 2014, "rows": [{"href": "/van-ban/12", "new": "12/2014/QĐ-UBND", "old": "3/2011/QĐ-UBND"}]});
    PluginPage {
        title: "Văn bản thay thế năm 2014".into(),
        html: Some(templates.render("by-year", &model, "vi").unwrap()),
        back: Some(Link::new("Về danh sách văn bản", "/van-ban")),
        form: None,
    }
}

pub(super) fn totals() -> TotalsPage {
    let line = |label: &str, depth, numbers: [&str; 2]| TotalsLine {
        label: label.into(),
        href: Some("/khoa-hoc?field=4".into()),
        depth,
        numbers: numbers.map(Into::into).to_vec(),
    };
    TotalsPage {
        title: "Tổng hợp".into(),
        of: "Khoa học".into(),
        notices: Vec::new(),
        chips: Vec::new(),
        clear: None,
        columns: vec!["Số lượng".into(), "Kinh phí".into()],
        whole: vec!["3".into(), "12.500".into()],
        tables: vec![TotalsTable {
            chart: None,
            label: "Lĩnh vực".into(),
            note: None,
            lines: vec![
                line("Khoa học nông nghiệp", 0, ["3", "12.500"]),
                line("Chăn nuôi", 1, ["1", "500"]),
            ],
        }],
        csv: Link::new("CSV", "/khoa-hoc/tong-hop.csv"),
        back: Link::new("Khoa học", "/khoa-hoc"),
    }
}
