use dinh_portal::{OpenOrganisation, PastLine};
use dinh_render::view::{Crumb, FormsField, FormsPage, FormsPart, Page};

use super::organisations::{path, sentences};
use super::person::{Forms, Outcome, tell};
use super::setting::Setting;
use super::sign_in::{whole, with_form};
use crate::asked::Asked;
use crate::routes::ORGANISATIONS;

/// What a fact may be about, by the word that is sent, with its words.
pub(crate) const ABOUT: [(&str, &str); 6] = [
    ("name", "tree.name"),
    ("kind", "tree.kind"),
    ("code", "tree.code"),
    ("head", "tree.head"),
    ("deputies", "tree.deputies"),
    ("officer", "tree.officer"),
];
/// How it may end.
pub(crate) const ENDS: [(&str, &str); 3] = [
    ("merged", "tree.merged"),
    ("split", "tree.split"),
    ("abolished", "tree.abolished"),
];
/// Fields of successors.
pub(crate) const SUCCESSORS: [&str; 4] = ["ke-tuc-1", "ke-tuc-2", "ke-tuc-3", "ke-tuc-4"];

/// An organisation as it stood on a day, with its past, and forms for who may change it.
pub(crate) fn page(
    setting: &Setting<'_>,
    asked: &Asked,
    open: &OpenOrganisation,
    outcome: &Outcome,
) -> Page<FormsPage> {
    let forms = Forms {
        setting,
        asked,
        outcome,
        action: path(&open.line.id),
    };
    let day = open.day.to_vietnamese();
    let mut texts = vec![setting.texts("tree.stood", &[("day", &day)])];
    texts.extend(sentences(setting, open));
    let mut parts = vec![
        FormsPart {
            texts,
            ..FormsPart::default()
        },
        past(setting, &open.past),
    ];
    let is_open = open.line.end.is_none() && open.line.since.is_some();
    if open.is_yours && is_open {
        parts.extend([fact(&forms), parent(&forms, open), end(&forms, open)]);
    }
    if open.is_yours && open.line.since.is_none() {
        parts.push(found(&forms, None));
    }
    dressed(setting, open.line.name.clone(), parts, outcome)
}

/// To record a new organisation.
pub(crate) fn new(
    setting: &Setting<'_>,
    asked: &Asked,
    others: &[(String, String)],
    outcome: &Outcome,
) -> Page<FormsPage> {
    let forms = Forms {
        setting,
        asked,
        outcome,
        action: format!("{ORGANISATIONS}/moi"),
    };
    let part = found(&forms, Some(others));
    let title = setting.text("tree.found").to_owned();
    dressed(setting, title, vec![part], outcome)
}

fn dressed(
    setting: &Setting<'_>,
    title: String,
    parts: Vec<FormsPart>,
    outcome: &Outcome,
) -> Page<FormsPage> {
    let mut page = whole(setting, title, parts);
    let crumb = Crumb {
        label: setting.text("tree.title").to_owned(),
        href: Some(ORGANISATIONS.to_owned()),
    };
    page.frame.breadcrumb.insert(0, crumb);
    page.frame.breadcrumb.insert(0, super::desk::crumb(setting));
    tell(setting, &mut page, outcome);
    page
}

fn past(setting: &Setting<'_>, lines: &[PastLine]) -> FormsPart {
    let texts = lines.iter().map(|it| {
        let key = match it.about {
            "founded" => "tree.founded",
            "ended" => "tree.successors",
            "parent" => "tree.parent",
            about => {
                let found = ABOUT.iter().find(|(known, _)| *known == about);
                found.map_or("tree.name", |(_, key)| key)
            }
        };
        let (day, label) = (it.on.to_vietnamese(), setting.texts(key, &[]));
        let words = [
            ("day", day.as_str()),
            ("about", label.as_str()),
            ("value", it.value.as_str()),
            ("act", it.act.as_str()),
        ];
        let key = match it.act.as_str() {
            "" => "tree.past",
            _ => "tree.past_act",
        };
        setting.texts(key, &words)
    });
    FormsPart {
        heading: Some(setting.text("tree.history").to_owned()),
        texts: texts.collect(),
        ..FormsPart::default()
    }
}

/// The day and the deciding act; their fields are named after the form.
fn when(forms: &Forms<'_>, form: &str) -> [FormsField; 2] {
    let (day, act) = (format!("{form}-ngay"), format!("{form}-van-ban"));
    [
        forms.required((&day, "date", "tree.on")),
        FormsField {
            help: Some(forms.setting.text("tree.act_help").to_owned()),
            ..forms.field((&act, "text", "tree.act"))
        },
    ]
}

fn fact(forms: &Forms<'_>) -> FormsPart {
    let choices = ABOUT.map(|(word, key)| (word.to_owned(), forms.setting.texts(key, &[])));
    let mut fields = vec![
        forms.select(("dieu", "tree.about"), choices),
        FormsField {
            help: Some(forms.setting.text("tree.value_help").to_owned()),
            ..forms.field(("gia-tri", "text", "tree.value"))
        },
    ];
    fields.extend(when(forms, "dieu"));
    part(forms, ("tree.fact", "fact", "tree.fact_text"), fields)
}

fn parent(forms: &Forms<'_>, open: &OpenOrganisation) -> FormsPart {
    let choices = open.others.iter();
    let choices = choices.map(|(id, name)| (id.to_string(), name.clone()));
    let mut above = forms.select(("cap-tren", "tree.parent"), choices);
    above.required = false;
    let mut fields = vec![above];
    fields.extend(when(forms, "cap-tren"));
    part(forms, ("tree.move", "parent", "tree.move_text"), fields)
}

fn end(forms: &Forms<'_>, open: &OpenOrganisation) -> FormsPart {
    let ends = ENDS.map(|(word, key)| (word.to_owned(), forms.setting.texts(key, &[])));
    let mut fields = vec![forms.select(("cach", "tree.how"), ends)];
    fields.extend(SUCCESSORS.iter().map(|name| {
        let choices = open.others.iter();
        let choices = choices.map(|(id, name)| (id.to_string(), name.clone()));
        let mut field = forms.select((name, "tree.successor"), choices);
        let number = name.rsplit('-').next().unwrap_or_default();
        field.label = format!("{} {number}", field.label);
        field.required = false;
        field
    }));
    fields.extend(when(forms, "cach"));
    part(forms, ("tree.end", "end", "tree.end_text"), fields)
}

/// To say when it began; of a new one its id and what stands above it, too.
fn found(forms: &Forms<'_>, others: Option<&[(String, String)]>) -> FormsPart {
    let mut fields = Vec::new();
    if let Some(others) = others {
        fields.push(FormsField {
            help: Some(forms.setting.text("tree.id_help").to_owned()),
            ..forms.required(("ma", "text", "tree.id"))
        });
        let mut above = forms.select(("thuoc", "tree.parent"), others.to_vec());
        above.required = false;
        fields.push(above);
    }
    fields.extend([
        FormsField {
            help: Some(forms.setting.text("tree.kind_help").to_owned()),
            ..forms.required(("loai", "text", "tree.kind"))
        },
        forms.required(("ten", "text", "tree.name")),
        forms.field(("ma-so", "text", "tree.code")),
    ]);
    fields.extend(when(forms, "lap"));
    part(forms, ("tree.found", "found", "tree.found_text"), fields)
}

fn part(
    forms: &Forms<'_>,
    (button, wanted, text): (&str, &str, &str),
    fields: Vec<FormsField>,
) -> FormsPart {
    let form = forms.form(button, wanted, Vec::new(), fields);
    FormsPart {
        heading: Some(form.button.clone()),
        texts: vec![forms.setting.texts(text, &[])],
        ..with_form(form)
    }
}
