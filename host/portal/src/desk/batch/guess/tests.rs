use dinh_domain::table::layout::Given;

use super::{BatchField, Names, bare};

fn field(name: &str, label: &str) -> BatchField {
    BatchField {
        name: name.to_owned(),
        label: label.to_owned(),
        guide: String::new(),
        is_needed: false,
    }
}

fn names() -> Names {
    let fields = [
        field("code", "Mã số"),
        field("name", "Tên"),
        field("starts", "Bắt đầu"),
        field("budget", "Kinh phí (triệu đồng)"),
        field("ma", "Mã"),
        field("mà", "Má"),
    ];
    Names::of(&fields, None, &[])
}

fn guess(headings: &[&str]) -> Vec<String> {
    let headings: Vec<String> = headings.iter().map(|it| (*it).to_owned()).collect();
    names().guess(&headings)
}

#[test]
fn headings_are_known_by_label_and_name_with_tone_marks_or_not() {
    assert_eq!(
        guess(&["MÃ  SỐ", "name", "Bat dau", "Kinh phí", "STT", ""]),
        ["code", "name", "starts", "budget", "", ""]
    );
}

#[test]
fn what_may_be_two_fields_or_stands_twice_is_not_guessed_again() {
    assert_eq!(guess(&["ma"]), ["ma"], "the field's own name");
    assert_eq!(guess(&["MA."]), [""], "two fields without tone marks");
    assert_eq!(guess(&["Tên", "ten"]), ["name", ""]);
}

#[test]
fn headings_are_found_below_the_title_of_a_register() {
    let text = |it: &str| match it {
        "" => Given::Empty,
        it => Given::Text(it.to_owned()),
    };
    let row = |cells: &[&str]| cells.iter().map(|it| text(it)).collect::<Vec<_>>();
    let rows = [
        row(&["SỔ THEO DÕI", "", "Năm 2024"]),
        row(&[""]),
        row(&["STT", "Mã số", "Tên"]),
        row(&["1", "KN-1", "Nuôi gà"]),
    ];
    assert_eq!(names().heading_row(&rows), 2);
    assert_eq!(names().heading_row(&rows[3..]), 0);
    assert_eq!(names().heading_row(&[]), 0);
}

#[test]
fn brackets_and_signs_are_no_part_of_a_heading() {
    assert_eq!(bare("Kinh phí (triệu đồng)"), "kinh phi");
    assert_eq!(bare("Đơn vị chủ trì:"), "don vi chu tri");
}
