use proptest::{prop_assert, prop_assert_eq, proptest};

use super::{Marker, PIECE_BYTES, READ_BYTES_MAX, Snippet, WINDOW_BYTES, mark, window};
use crate::analysis::words;

/// Every word as rare as the next.
fn marker(question: &str) -> Marker {
    let words: Vec<String> = words(question)
        .into_iter()
        .map(|word| word.folded)
        .collect();
    let pairs = words
        .windows(2)
        .map(|pair| (pair[0].clone(), pair[1].clone()))
        .collect();
    Marker::new(
        words.iter().map(|word| (word.clone(), 1.0)).collect(),
        pairs,
    )
}

fn shown(snippet: &Snippet) -> String {
    let part = |(text, marked): &(String, bool)| {
        if *marked {
            format!("[{text}]")
        } else {
            text.clone()
        }
    };
    snippet.parts.iter().map(part).collect()
}

#[test]
fn neighbours_are_marked_as_one_run_in_the_words_of_the_text() {
    let text = "Quy hoạch SỬ DỤNG  ĐẤT đến năm 2030";
    assert_eq!(
        shown(&mark(text, &marker("su dung dat"))),
        "Quy hoạch [SỬ DỤNG  ĐẤT] đến năm 2030"
    );
    let decomposed = "su\u{309}\u{31b} dụng";
    assert_eq!(
        shown(&mark(decomposed, &marker("su dung"))),
        format!("[{decomposed}]")
    );
    assert_eq!(
        shown(&mark("Nghị định 06/2014/NĐ-CP", &marker("6/2014/nd-cp"))),
        "Nghị định [06/2014/NĐ-CP]"
    );
}

#[test]
fn common_words_are_marked_only_beside_what_they_were_asked_beside() {
    let weights = vec![("cua".to_owned(), 0.1), ("huyen".to_owned(), 2.0)];
    let marker = Marker::new(weights, vec![("cua".to_owned(), "huyen".to_owned())]);
    let text = "của xã và của huyện, của dân";
    assert_eq!(
        shown(&mark(text, &marker)),
        "của xã và [của huyện], của dân"
    );
}

#[test]
fn the_window_is_where_most_of_the_question_stands_together() {
    let text = format!(
        "Đất đai. {}Việc quy hoạch sử dụng đất của huyện được công bố. {}",
        "Điều khoản khác. ".repeat(400),
        "Hết phần này. ".repeat(400)
    );
    let found = shown(&window(&text, &marker("quy hoach su dung dat")));
    assert!(found.contains("[quy hoạch sử dụng đất]"), "{found}");
    assert!(found.starts_with('…') && found.ends_with('…'), "{found}");
    assert!(found.len() < WINDOW_BYTES + 20, "{}", found.len());
}

#[test]
fn a_window_over_the_border_of_two_pieces_is_seen_whole() {
    for shift in 0..40 {
        let before = "x ".repeat(PIECE_BYTES / 2 - 20 + shift / 2) + &"y".repeat(shift % 2);
        let text = format!("{before} thuế {before} thuế nhập khẩu hàng hoá {before}");
        let found = shown(&window(&text, &marker("thue nhap khau hang hoa")));
        assert!(
            found.contains("[thuế nhập khẩu hàng hoá]"),
            "{shift}: {found}"
        );
    }
}

#[test]
fn a_text_without_the_words_shows_its_beginning() {
    let text = "Phần mở đầu ".repeat(100);
    let found = shown(&window(&text, &marker("khác hẳn")));
    assert!(found.starts_with("Phần mở đầu"), "{found}");
    assert!(found.ends_with('…'), "{found}");
    assert_eq!(window("", &marker("đất")), Snippet::default());
}

#[test]
fn only_the_beginning_of_a_text_of_megabytes_is_read() {
    let text = "lời nói đầu ".repeat(READ_BYTES_MAX / 8) + "kết luận";
    let found = shown(&window(&text, &marker("ket luan")));
    assert!(found.starts_with("lời nói đầu"), "{found}");
    let endless = "ă".repeat(READ_BYTES_MAX);
    assert!(shown(&window(&endless, &marker("ă"))).len() <= WINDOW_BYTES + 10);
}

proptest! {
    #[test]
    fn any_text_can_be_marked_and_cut(text in ".{0,900}", question in ".{0,20}") {
        let marker = marker(&question);
        let whole: String = mark(&text, &marker).parts.into_iter().map(|(part, _)| part).collect();
        prop_assert_eq!(&whole, &text);
        let part: String = window(&text, &marker).parts.into_iter().map(|(part, _)| part).collect();
        prop_assert!(text.contains(part.trim_start_matches('…').trim_end_matches('…')));
    }
}
