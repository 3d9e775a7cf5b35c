mod meaning;

use dinh_domain::dates::LocalDate;
use proptest::{prop_assert, prop_assert_eq, proptest};

use crate::sample::{ask, collection, document, found, index, scope, site};
use crate::{Document, Index, LIMIT_MAX, QUERY_CHARS_MAX, Request};

fn numbered(id: &str, kind: &str, code: &str, about: &str) -> Document {
    Document {
        lead: Some(about.to_owned()),
        titles: vec![about.to_owned()],
        codes: vec![code.to_owned()],
        ..document(id, &format!("{kind} {code}"))
    }
}

fn decisions() -> Index {
    index(vec![
        numbered(
            "a",
            "Quyết định",
            "06/2014/QĐ-UBND",
            "Ban hành quy chế tiếp công dân",
        ),
        numbered(
            "b",
            "Quyết định",
            "60/2014/QĐ-UBND",
            "Phê duyệt quy hoạch xã Đồng Sơn",
        ),
        numbered(
            "c",
            "Quyết định",
            "06/2015/QĐ-UBND",
            "Sửa đổi Quyết định số 06/2014/QĐ-UBND",
        ),
        numbered("d", "Nghị quyết", "06/2014/NQ-HĐND", "Về dự toán ngân sách"),
        numbered(
            "e",
            "Thông tư",
            "24/2023/TT-BTC",
            "Hướng dẫn chế độ kế toán",
        ),
        numbered(
            "f",
            "Nghị định",
            "24/2023/NĐ-CP",
            "Quy định mức lương cơ sở",
        ),
    ])
}

#[test]
fn a_number_in_any_spelling_and_place_finds_its_document_first() {
    let index = decisions();
    for question in [
        "06/2014/QĐ-UBND",
        "6/2014/qd-ubnd",
        "06 2014 qd ubnd",
        "6/2014/QĐUBND",
        "quyết định số 06/2014/QĐ-UBND của huyện Yên Thế",
        "06/2014/QÐ-UBND",
        "qd ubnd 06 nam 2014",
        "06/QĐ-UBND năm 2014",
    ] {
        let hits = found(&index, question);
        assert_eq!(
            hits.first().map(String::as_str),
            Some("a"),
            "{question}: {hits:?}"
        );
    }
    assert_eq!(
        found(&index, "06/2014/QĐ-UBND")[1],
        "c",
        "the one that mentions it comes next"
    );
}

#[test]
fn a_number_alone_filters_and_its_beginning_is_enough() {
    let index = decisions();
    for question in ["số 06", "so 6", "Số 006"] {
        let mut hits = found(&index, question);
        hits.sort_unstable();
        assert_eq!(hits, ["a", "c", "d"], "{question}");
    }
    assert_eq!(found(&index, "so 24 nam 2023").len(), 2);
    let mut hits = found(&index, "06/2014");
    hits.truncate(2);
    hits.sort_unstable();
    assert_eq!(hits, ["a", "d"]);
    assert_eq!(found(&index, "06/2014/QĐ")[0], "a");
    assert_eq!(found(&index, "06/2014/NQ")[0], "d");
}

#[test]
fn kind_number_and_year_bring_that_kind_first() {
    let index = decisions();
    for (question, first) in [
        ("Thông tư 24 năm 2023", "e"),
        ("nghi dinh so 24 nam 2023", "f"),
        ("nghị định 24 ban hành ngày 14 tháng 5 năm 2023", "f"),
        ("TT 24/2023", "e"),
        ("NĐ 24 2023", "f"),
        ("nghị quyết 06", "d"),
    ] {
        let hits = found(&index, question);
        assert_eq!(
            hits.first().map(String::as_str),
            Some(first),
            "{question}: {hits:?}"
        );
    }
}

#[test]
fn words_without_marks_find_all_and_marks_put_the_word_meant_first() {
    let mut documents = vec![document("meant", "Giá trị của má")];
    documents.extend((0..20).map(|at| document(&format!("other{at}"), "mà ma mã mạ mả")));
    let index = index(documents);
    assert_eq!(ask(&index, "ma").total, 21);
    assert_eq!(found(&index, "má")[0], "meant");
    assert_eq!(found(&index, "MÁ")[0], "meant");
    assert_eq!(found(&index, "ma\u{301}")[0], "meant");
}

#[test]
fn a_document_with_the_marks_as_typed_comes_before_every_one_without() {
    let mut documents: Vec<Document> = (0..5)
        .map(|at| document(&format!("other{at}"), "Bàn đạt bàn đạt bàn đạt"))
        .collect();
    let mut meant = document("meant", "Bản tin");
    meant.body = vec!["Chuyện dài ".repeat(300) + "bán đất ở cuối"];
    documents.push(meant);
    let index = index(documents);
    assert_eq!(found(&index, "bán đất")[0], "meant");
    assert_eq!(found(&index, "bàn đạt")[5], "meant");
    assert_ne!(found(&index, "ban dat")[0], "meant", "the title says it");
}

#[test]
fn spelling_of_tones_case_and_composition_makes_no_difference() {
    let index = index(vec![document("one", "Công trình thủy lợi xã Đồng Sơn")]);
    for question in [
        "thuỷ lợi",
        "THỦY LỢI",
        "thuy loi",
        "thu\u{309}y lơ\u{323}i",
        "dong son",
        "ĐỒNG SƠN",
    ] {
        assert_eq!(found(&index, question), ["one"], "{question}");
    }
}

#[test]
fn short_questions_need_all_words_and_long_ones_most() {
    let index = index(vec![
        document("all", "Quy hoạch sử dụng đất huyện Yên Thế"),
        document("some", "Quy hoạch giao thông"),
    ]);
    assert_eq!(found(&index, "quy hoach dat"), ["all"]);
    assert_eq!(found(&index, "quy hoach su dung dat 2030"), ["all"]);
    assert_eq!(
        found(&index, "quy hoach"),
        ["some", "all"],
        "the shorter title says it more"
    );
}

#[test]
fn titles_count_more_than_bodies_and_the_newer_wins_a_tie() {
    let dated = |id: &str, day: &str| Document {
        date: LocalDate::parse(day).ok(),
        ..document(id, "Thông báo tuyển dụng")
    };
    let mut body = document("body", "Bản tin");
    body.body = vec!["thông báo tuyển dụng".to_owned()];
    let index = index(vec![
        body,
        dated("older", "2015-12-31"),
        dated("newer", "2016-01-01"),
        document("undated", "Thông báo tuyển dụng"),
    ]);
    assert_eq!(
        found(&index, "tuyen dung"),
        ["newer", "older", "undated", "body"]
    );
}

#[test]
fn counts_leave_out_the_filter_of_their_own_name() {
    let made = |id: &str, place: &str, kind: &str, year: &str| Document {
        site: site(place),
        facets: vec![
            ("kind".to_owned(), kind.to_owned()),
            ("year".to_owned(), year.to_owned()),
        ],
        ..document(id, "thông báo")
    };
    let index = index(vec![
        made("a", "yen-the", "x", "2014"),
        made("b", "yen-the", "y", "2014"),
        made("c", "dong-son", "x", "2015"),
    ]);
    let all = scope(&["yen-the", "dong-son"]);
    let facet = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let request = Request {
        q: "thong bao".to_owned(),
        site: Some(site("yen-the")),
        facets: vec![facet("kind", "x"), facet("kind", "z")],
        limit: 10,
        ..Request::default()
    };
    let answer = index.search(&all, &request).unwrap();
    assert_eq!(answer.total, 1);
    assert_eq!(answer.hits[0].id.as_str(), "a");
    assert_eq!(answer.sites, [(site("dong-son"), 1), (site("yen-the"), 1)]);
    assert_eq!(answer.collections, [(collection("notices/notice"), 1)]);
    let counted = |name: &str, value: &str, count| (name.to_owned(), value.to_owned(), count);
    assert_eq!(
        answer.facets,
        [
            counted("kind", "x", 1),
            counted("kind", "y", 1),
            counted("year", "2014", 1)
        ]
    );

    let elsewhere = Request {
        collection: Some(collection("other/thing")),
        ..request
    };
    let answer = index.search(&all, &elsewhere).unwrap();
    assert_eq!(answer.total, 0);
    assert_eq!(answer.collections, [(collection("notices/notice"), 1)]);
}

#[test]
fn pages_follow_each_other_and_limits_hold() {
    let index = index(
        (0..130)
            .map(|at| document(&format!("d{at}"), "thông báo"))
            .collect(),
    );
    let page = |limit, offset| {
        let q = "thông báo".to_owned();
        let request = Request {
            q,
            limit,
            offset,
            ..Request::default()
        };
        index.search(&scope(&["yen-the"]), &request).unwrap()
    };
    let mut seen: Vec<String> = (0..13)
        .flat_map(|at| page(10, at * 10).hits)
        .map(|hit| hit.id.to_string())
        .collect();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 130);
    assert_eq!(page(usize::MAX, 0).hits.len(), LIMIT_MAX);
    assert!(page(10, usize::MAX).hits.is_empty());
    let counted = page(0, 0);
    assert_eq!(
        (counted.total, counted.hits.len(), counted.sites[0].1),
        (130, 0, 130)
    );
}

#[test]
fn a_hit_brings_what_a_page_shows() {
    let mut made = document("one", "Lịch tiếp công dân");
    made.key = Some("row-1".to_owned());
    made.body = vec!["Chủ tịch tiếp công dân vào ngày 15.".to_owned()];
    let answer = ask(&index(vec![made]), "tiep cong dan");
    let hit = &answer.hits[0];
    assert_eq!(hit.key.as_deref(), Some("row-1"));
    assert_eq!(hit.url_path, "/thong-bao/one");
    assert!(hit.score > 0.0);
    let marked = |parts: &[(String, bool)]| {
        parts
            .iter()
            .map(|(text, m)| {
                if *m {
                    format!("[{text}]")
                } else {
                    text.clone()
                }
            })
            .collect()
    };
    let (title, snippet): (String, String) =
        (marked(&hit.title_marked.parts), marked(&hit.snippet.parts));
    assert_eq!(title, "Lịch [tiếp công dân]");
    assert_eq!(snippet, "Chủ tịch [tiếp công dân] vào ngày 15.");
}

#[test]
fn signs_alone_ask_for_nothing_and_an_endless_question_is_cut() {
    let index = decisions();
    for question in ["", "   ", "\"'()[]{}:^~*?\\/+-!&|", "\u{301}\u{301}", "\0"] {
        assert_eq!(ask(&index, question).total, 0, "{question:?}");
    }
    let endless = "quyết định ".repeat(QUERY_CHARS_MAX) + "06/2014/QĐ-UBND";
    assert!(ask(&index, &endless).total > 0);
    let table = (0..500)
        .map(|at| at.to_string())
        .collect::<Vec<_>>()
        .join(" ");
    ask(&index, &table);
}

proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(200))]

    #[test]
    fn any_question_is_answered(question in "\\PC{0,80}|[0-9/ĐđQqsốo \\-\u{300}-\u{323}]{0,40}|.{0,60}") {
        static INDEX: std::sync::LazyLock<Index> = std::sync::LazyLock::new(decisions);
        let answer = ask(&INDEX, &question);
        prop_assert_eq!(answer.hits.len() as u64, answer.total.min(10));
        for hit in answer.hits {
            prop_assert!(hit.score.is_finite());
            let title: String = hit.title_marked.parts.into_iter().map(|(text, _)| text).collect();
            prop_assert_eq!(title, hit.title);
        }
    }
}
