//! Pages of forms.

use super::pages::{page, text_of};
use super::samples;
use crate::view::{FormsField, FormsForm, FormsPage, FormsPart, HiddenField};

#[test]
fn a_page_of_forms_lists_what_is_wrong_above_and_says_it_beside() {
    let field = FormsField {
        name: "mat-khau".to_owned(),
        kind: "password",
        label: "Mật khẩu".to_owned(),
        help: Some("Ít nhất 14 ký tự.".to_owned()),
        autocomplete: "new-password",
        required: true,
        faults: vec!["Mật khẩu <ngắn>.".to_owned()],
        ..FormsField::default()
    };
    let form = FormsForm {
        long: false,
        asks: false,
        action: "/dang-nhap".to_owned(),
        button: "Đăng nhập".to_owned(),
        hidden: vec![HiddenField {
            name: "ve".to_owned(),
            value: "/a\"b".to_owned(),
        }],
        fields: vec![field.described()],
    };
    let part = FormsPart {
        facts: Vec::new(),
        heading: Some("Phần".to_owned()),
        texts: vec!["Một đoạn.".to_owned()],
        code: Some("ABCD EFGH".to_owned()),
        form: Some(form),
    };
    let body = FormsPage {
        title: "Đăng nhập".to_owned(),
        said: Some("Đã xong.".to_owned()),
        faults: vec!["Có chỗ cần sửa:".to_owned()],
        parts: vec![part],
    };
    let html = page("forms", samples::frame("Đăng nhập"), body);
    for expected in [
        "role=\"alert\"",
        "<a href=\"#truong-mat-khau\">Mật khẩu</a>",
        "aria-describedby=\"giup-mat-khau loi-mat-khau\"",
        "aria-invalid=\"true\"",
        "type=\"password\"",
        "autocomplete=\"new-password\"",
        "Mật khẩu &lt;ngắn&gt;.",
    ] {
        assert!(html.contains(expected), "{expected}:\n{html}");
    }
    assert!(
        text_of(&html).contains("Mật khẩu (bắt buộc) Ít nhất 14 ký tự."),
        "{html}"
    );
}
