//! The form that entries are written with.

use super::pages::page;
use super::samples;
use crate::view::{
    ChangePart, EntryFormField, EntryFormFound, EntryFormItem, EntryFormPage, Fact, FactValue,
    FieldChange, Link, MeanwhileShown, PluginFormChoice, RevisionPage, RevisionRow,
};

fn field(kind: &'static str, id: &str) -> EntryFormField {
    EntryFormField {
        name: format!("f.{id}"),
        id: id.to_owned(),
        kind,
        keyboard: "text",
        rows: 6,
        label: format!("Ô {id}"),
        needed: true,
        max_chars: Some(500),
        ..EntryFormField::default()
    }
}

fn fields() -> Vec<EntryFormField> {
    let choice = PluginFormChoice {
        value: "a".to_owned(),
        label: "Loại <a>".to_owned(),
        selected: true,
    };
    let edge = EntryFormItem {
        number: 1,
        typed: "06/2014".to_owned(),
        choices: vec![choice.clone()],
        find: "tim:edges:0".to_owned(),
        looked: true,
        found: vec![EntryFormFound {
            value: "lay:edges:0:06/2014".to_owned(),
            label: "Quyết định 06/2014".to_owned(),
        }],
        faults: vec!["Sai ở dòng này".to_owned()],
        ..EntryFormItem::default()
    };
    let file = EntryFormItem {
        number: 1,
        typed: "a.pdf".to_owned(),
        file: "f1".to_owned(),
        gone: true,
        ..EntryFormItem::default()
    };
    vec![
        EntryFormField {
            typed: "31/02/2014".to_owned(),
            help: Some("Ngày/tháng/năm".to_owned()),
            faults: vec!["Không phải ngày".to_owned()],
            ..field("line", "date")
        },
        EntryFormField {
            typed: "<b>\nHai".to_owned(),
            max_chars: None,
            ..field("text", "text")
        },
        EntryFormField {
            choices: vec![choice],
            ..field("choice", "choice")
        },
        EntryFormField {
            items: vec![EntryFormItem::default()],
            more: Some("them:lines".to_owned()),
            ..field("lines", "lines")
        },
        EntryFormField {
            items: vec![edge],
            ..field("edges", "edges")
        },
        EntryFormField {
            items: vec![file],
            accept: "application/pdf".to_owned(),
            ..field("files", "files")
        },
    ]
}

#[test]
fn the_form_has_an_input_for_every_kind_and_says_what_is_wrong_beside_it() {
    let fact = |label: &str| Fact::text(label, "Lời khác".to_owned());
    let body = EntryFormPage {
        title: "Soạn mới".to_owned(),
        facts: vec![fact("Trang")],
        faults: vec!["Có chỗ cần sửa".to_owned()],
        meanwhile: Some(MeanwhileShown {
            text: "An đã lưu bản khác".to_owned(),
            taken: Some("Phần kia".to_owned()),
            both: vec![fact("Trích yếu")],
        }),
        save_help: "Lưu chưa phải là gửi duyệt".into(),
        action: "/quan-tri/muc/x/sua".to_owned(),
        hidden: Vec::new(),
        alike: Some("Trả lời như vậy cho cả 3".to_owned()),
        alike_ticked: true,
        fields: fields()
            .into_iter()
            .map(EntryFormField::described)
            .collect(),
        back: Link::new("Quay lại", "/quan-tri"),
    };
    let html = page("entry-form", samples::frame("Soạn mới"), body);
    for expected in [
        "enctype=\"multipart/form-data\"",
        "<a href=\"#truong-date\">Ô date</a>",
        "aria-describedby=\"giup-date loi-date\"",
        "value=\"31/02/2014\"",
        "\n&lt;b&gt;\nHai</textarea>",
        "<option value=\"a\" selected>Loại &lt;a&gt;</option>",
        "name=\"viec\" value=\"them:lines\" formaction=\"#truong-lines\"",
        "name=\"f.edges.target\" value=\"06/2014\"",
        "value=\"lay:edges:0:06/2014\"",
        "Sai ở dòng này",
        "name=\"f.files.gone\" value=\"f1\" checked",
        "name=\"f.files.new\" accept=\"application/pdf\" multiple",
        "(đã nhận, chưa lưu)",
        "An đã lưu bản khác",
    ] {
        assert!(html.contains(expected), "{expected}:\n{html}");
    }
    // Enter in any input presses the first button of the form.
    let (_, form) = html.split_once("class=\"plugin-form entry-form\"").unwrap();
    let (_, first) = form.split_once("<button").unwrap();
    let wanted = " type=\"submit\" name=\"viec\" value=\"luu\"";
    assert!(first.starts_with(wanted), "{first}");
}

#[test]
fn a_revision_shows_what_is_gone_and_what_is_new() {
    let part = |text: &str, gone, new| ChangePart {
        text: text.to_owned(),
        gone,
        new,
    };
    let body = RevisionPage {
        title: "Bản 2".to_owned(),
        facts: Vec::new(),
        against: Some("Khác gì so với bản 1".to_owned()),
        changes: vec![FieldChange {
            label: "Trích yếu".to_owned(),
            parts: vec![
                part("Về ", false, false),
                part("cũ", true, false),
                part("<mới>", false, true),
            ],
        }],
        text: Vec::new(),
        revisions: vec![RevisionRow {
            link: Link::new("Bản 2", "/quan-tri/muc/x/ban/2"),
            at: FactValue::text("hôm nay"),
            who: "Lan".to_owned(),
            current: true,
        }],
        restore: Some("/quan-tri/muc/x/ban/2".to_owned()),
        newest: "r3".to_owned(),
        faults: Vec::new(),
        back: Link::new("Quay lại", "/quan-tri"),
    };
    let html = page("revision", samples::frame("Bản 2"), body);
    for expected in [
        "Về <del>cũ</del><ins>&lt;mới&gt;</ins>",
        "name=\"ban\" value=\"r3\"",
        "aria-current=\"page\"",
    ] {
        assert!(html.contains(expected), "{expected}:\n{html}");
    }
}
