use dinh_domain::table::{Cell, Code, Dimension, Mark, Role, Table};

use super::{AROUND_CHARS, Part, Words, compare, compare_parts, compare_tables, words};

fn told(parts: &[Words]) -> String {
    let told = parts.iter().map(|part| match part {
        Words::Same(text) => text.clone(),
        Words::Gone(text) => format!("[-{text}-]"),
        Words::New(text) => format!("[+{text}+]"),
    });
    told.collect()
}

#[test]
fn a_changed_word_is_shown_among_its_neighbours() {
    let parts = words("Quy định về thu phí chợ", "Quy định về mức thu phí chợ");
    assert_eq!(told(&parts), "Quy định về [+mức +]thu phí chợ");
}

#[test]
fn what_did_not_change_is_cut_in_the_middle() {
    let long = "một hai ba ".repeat(200);
    let parts = words(&format!("{long}cũ {long}"), &format!("{long}mới {long}"));
    let told = told(&parts);
    assert!(told.contains("[-cũ-][+mới+]"), "{told}");
    assert!(told.starts_with("[…] ") && told.ends_with(" […]"), "{told}");
    assert!(told.chars().count() < 4 * AROUND_CHARS, "{told}");
}

#[test]
fn fields_that_are_gone_or_new_differ_and_equal_ones_do_not() {
    let field = |label: &str, text: &str| (label.to_owned(), text.to_owned());
    let former = [
        field("Số", "06"),
        field("Người ký", "An"),
        field("Loại", "Luật"),
    ];
    let later = [
        field("Số", "06"),
        field("Loại", "Nghị định"),
        field("Trích yếu", "Về chợ"),
    ];
    let labels = compare(&former, &later);
    let labels: Vec<&str> = labels.iter().map(|(label, _)| label.as_str()).collect();
    assert_eq!(labels, ["Loại", "Trích yếu", "Người ký"]);
}

#[test]
fn two_long_texts_without_a_common_word_are_compared_in_bounded_time() {
    let text = |word: &str| {
        (0..30_000)
            .map(|n| format!("{word}{n}\n"))
            .collect::<String>()
    };
    let begun = std::time::Instant::now();
    let parts = words(&text("a"), &text("b"));
    assert!(parts.len() >= 2);
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
}

fn parts(text: &[(&str, &str)]) -> Vec<Part> {
    let parts = text.iter().map(|(name, text)| Part {
        name: (*name).to_owned(),
        text: (*text).to_owned(),
    });
    parts.collect()
}

#[test]
fn parts_of_the_same_number_are_compared_and_others_are_gone_or_new() {
    let former = parts(&[
        ("Điều 1", "Như cũ"),
        ("Điều 2", "Bỏ đi"),
        ("Điều 3", "Phí chợ"),
    ]);
    let later = parts(&[
        ("Điều 1", "Như cũ"),
        ("Điều 3", "Mức phí chợ"),
        ("Điều 4", "Thêm vào"),
    ]);
    let told_parts = compare_parts(&former, &later);
    assert_eq!(told_parts.same, 1);
    let lines = told_parts.changes.iter();
    let lines: Vec<String> = lines
        .map(|it| format!("{}: {}", it.name, told(&it.words)))
        .collect();
    assert_eq!(
        lines,
        [
            "Điều 2: [-Bỏ đi-]",
            "Điều 3: [-Phí-][+Mức phí+] chợ",
            "Điều 4: [+Thêm vào+]"
        ]
    );
}

#[test]
fn places_are_the_same_by_name_whatever_their_words_and_order() {
    let table = |names: &[(&str, &str, i64)]| {
        let codes = names.iter().map(|(id, label, _)| Code {
            id: (*id).to_owned(),
            label: (*label).to_owned(),
        });
        let dimension = Dimension {
            id: "xa".to_owned(),
            label: "Xã".to_owned(),
            role: Role::Geo,
            codes: codes.collect(),
        };
        let mut table = Table::empty(vec![dimension]).unwrap();
        for (at, (_, _, figure)) in names.iter().enumerate() {
            let scaled = Some(*figure);
            table.set(
                at,
                Cell {
                    scaled,
                    mark: Mark::Plain,
                },
            );
        }
        table
    };
    let former = table(&[("dong-son", "Đông Sơn", 1), ("dong-son-2", "Đồng Sơn", 2)]);
    let later = table(&[("dong-son", "Đồng Sơn", 2), ("dong-son-2", "Đông Sơn", 3)]);
    let changes = compare_tables(&former, &later, "vi").changes;
    let changes: Vec<(&str, String)> = changes
        .iter()
        .map(|it| (it.name.as_str(), told(&it.words)))
        .collect();
    assert_eq!(changes, [("Đông Sơn", "[-1-] → [+3+]".to_owned())]);
}
