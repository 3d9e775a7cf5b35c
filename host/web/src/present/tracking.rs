use dinh_domain::dates::Instant;
use dinh_portal::{MAIL_SEAL, Tracked, TrackedBriefly};
use dinh_render::view::{Fact, FactValue, FormsField, FormsForm, FormsPage, FormsPart, Page};

use super::setting::Setting;
use super::sign_in::{hidden, whole, with_form};
use crate::handlers::{CODE, CONFIRM, TAKE_BACK, TRACKING_ACT};
use crate::routes::TRACKING;

/// Below a secret link: everything that is kept, as a file.
pub(crate) const DATA: &str = "du-lieu.json";

/// To look a code up, and what was found.
pub(crate) fn by_code(
    setting: &Setting<'_>,
    typed: &str,
    found: Option<Option<TrackedBriefly>>,
) -> Page<FormsPage> {
    let text = |key| setting.text(key).to_owned();
    let mut faults = Vec::new();
    let mut parts = Vec::new();
    match found {
        None => {}
        Some(None) => faults.push(text("send.code_unknown")),
        Some(Some(it)) => parts.push(FormsPart {
            heading: Some(setting.texts("send.of_code", &[("code", &it.code)])),
            facts: vec![
                Fact::text(setting.text("send.state"), it.state),
                when(setting, "send.since", it.since),
                when(setting, "send.sent_at", it.sent_at),
            ],
            texts: vec![text("send.brief")],
            ..FormsPart::default()
        }),
    }
    let field = FormsField {
        name: CODE.to_owned(),
        kind: "text",
        label: text("send.code"),
        help: Some(text("send.code_help")),
        autocomplete: "off",
        required: true,
        typed: typed.to_owned(),
        faults: faults.clone(),
        ..FormsField::default()
    };
    let form = FormsForm {
        action: TRACKING.to_owned(),
        asks: true,
        long: false,
        button: text("send.look_up"),
        hidden: Vec::new(),
        fields: vec![field.described()],
    };
    parts.insert(0, with_form(form));
    let mut page = whole(setting, text("send.track"), parts);
    page.body.faults = faults;
    page
}

/// What somebody sent, for who holds its link.
pub(crate) fn page(
    setting: &Setting<'_>,
    (path, seal): (&str, &str),
    it: &Tracked,
    is_new: bool,
) -> Page<FormsPage> {
    let text = |key| setting.text(key).to_owned();
    let receipt = FormsPart {
        heading: Some(text("send.receipt")),
        texts: vec![text("send.keep_link")],
        code: Some(it.code.clone()),
        ..FormsPart::default()
    };
    let mut parts = vec![receipt, state_of(setting, it), steps(setting, it)];
    parts.push(FormsPart {
        heading: Some(text("send.text")),
        facts: it.text.iter().map(fact).collect(),
        ..FormsPart::default()
    });
    if it.may_confirm_mail {
        parts.insert(1, confirm_mail(setting, path, seal));
    }
    parts.push(private(setting, path, it));
    parts.extend(it.may_take_back.then(|| take_back(setting, path)));
    let mut page = whole(setting, it.title.clone(), parts);
    page.body.said = is_new.then(|| text("send.taken"));
    page
}

fn state_of(setting: &Setting<'_>, it: &Tracked) -> FormsPart {
    let mut facts = vec![
        Fact::text(setting.text("send.state"), it.state.clone()),
        when(setting, "send.sent_at", it.sent_at),
    ];
    let ways = [("send.about", &it.about), ("send.public", &it.public)];
    for (key, way) in ways {
        if let Some(way) = way {
            let link = setting.link(way);
            let value = FactValue::link(&link.label, link.href);
            facts.push(Fact::values(setting.text(key), vec![value]));
        }
    }
    FormsPart {
        heading: Some(setting.text("send.progress").to_owned()),
        facts,
        ..FormsPart::default()
    }
}

fn steps(setting: &Setting<'_>, it: &Tracked) -> FormsPart {
    let zone = setting.visit.zone();
    let facts = it.steps.iter().map(|step| {
        let mut values = vec![FactValue::time(&step.at.rfc3339_in(&zone))];
        if !step.reason.is_empty() {
            values.push(FactValue::text(format!("– {}", step.reason)));
        }
        Fact::values(&step.what, values)
    });
    FormsPart {
        heading: Some(setting.text("send.steps").to_owned()),
        facts: facts.collect(),
        ..FormsPart::default()
    }
}

/// What only the office reads, and the way to take it away.
fn private(setting: &Setting<'_>, path: &str, it: &Tracked) -> FormsPart {
    let text = |key| setting.text(key).to_owned();
    let mut facts: Vec<Fact> = it.private.iter().map(fact).collect();
    let link = FactValue::link(setting.text("send.data_file"), format!("{path}/{DATA}"));
    facts.push(Fact::values(setting.text("send.data"), vec![link]));
    let mut texts = vec![match it.is_erased {
        true => text("send.erased"),
        false => text("send.private_help"),
    }];
    if it.is_mail_confirmed {
        texts.push(text("send.mail_confirmed"));
    }
    if !it.consent.is_empty() {
        texts.push(text("send.agreed"));
        texts.extend(it.consent.lines().map(str::to_owned));
    }
    FormsPart {
        heading: Some(text("send.private")),
        texts,
        facts,
        ..FormsPart::default()
    }
}

/// Behind a button, since mail servers open every link that they see.
fn confirm_mail(setting: &Setting<'_>, path: &str, seal: &str) -> FormsPart {
    let text = |key| setting.text(key).to_owned();
    let form = FormsForm {
        action: path.to_owned(),
        asks: false,
        long: false,
        button: text("send.confirm_mail"),
        hidden: vec![hidden(TRACKING_ACT, CONFIRM), hidden(MAIL_SEAL, seal)],
        fields: Vec::new(),
    };
    FormsPart {
        heading: Some(text("send.confirm_mail_title")),
        texts: vec![text("send.confirm_mail_help")],
        ..with_form(form)
    }
}

fn take_back(setting: &Setting<'_>, path: &str) -> FormsPart {
    let text = |key| setting.text(key).to_owned();
    let form = FormsForm {
        action: path.to_owned(),
        asks: false,
        long: false,
        button: text("send.take_back"),
        hidden: vec![hidden(TRACKING_ACT, TAKE_BACK)],
        fields: Vec::new(),
    };
    FormsPart {
        heading: Some(text("send.take_back_title")),
        texts: vec![text("send.take_back_help")],
        ..with_form(form)
    }
}

pub(super) fn fact((label, value): &(String, String)) -> Fact {
    Fact::text(label.clone(), value.clone())
}

pub(super) fn when(setting: &Setting<'_>, key: &str, at: Instant) -> Fact {
    let time = FactValue::time(&at.rfc3339_in(&setting.visit.zone()));
    Fact::values(setting.text(key), vec![time])
}
