use dinh_portal::{CHANNELS, PrivateShown, SendingShown};
use dinh_render::view::{
    Crumb, Fact, FactValue, FormsField, FormsForm, FormsPage, FormsPart, Page,
};

use super::desk::{crumb, entry_path};
use super::setting::Setting;
use super::sign_in::{hidden, whole, with_form};
use super::tracking::{fact, when};
use crate::handlers::{ERASE, READ, SENDER_ACT};

/// What was done on the page.
pub(crate) struct Told {
    pub(crate) faults: Vec<String>,
    /// The ground as it was typed.
    pub(crate) ground: String,
    pub(crate) is_erased: bool,
    pub(crate) is_revealed: bool,
}

/// Path of the page that says who sent an entry.
pub(crate) fn path(entry: &str) -> String {
    format!("{}/nguoi-gui", entry_path(entry))
}

/// Who sent an entry.
pub(crate) fn page(
    setting: &Setting<'_>,
    path: &str,
    (entry, it): (&str, &PrivateShown),
    told: Told,
) -> Page<FormsPage> {
    let text = |key| setting.text(key).to_owned();
    let sending = &it.sending;
    let mut parts = vec![FormsPart {
        facts: facts(setting, sending),
        ..FormsPart::default()
    }];
    let button = |act: &str, key, fields| FormsForm {
        action: path.to_owned(),
        asks: false,
        long: false,
        button: text(key),
        hidden: vec![hidden(SENDER_ACT, act)],
        fields,
    };
    let mut personal = FormsPart {
        heading: Some(text("send.personal")),
        ..FormsPart::default()
    };
    if sending.erased_at.is_some() {
        personal.texts.push(text("send.erased_here"));
    } else if !sending.is_readable {
        personal.texts.push(text("send.unreadable"));
    } else if sending.personal.is_empty() {
        personal.texts.push(text("send.personal_none"));
    } else if told.is_revealed {
        personal.facts = it.personal.iter().map(fact).collect();
        personal.texts.push(text("send.read_recorded"));
    } else {
        personal.texts.push(text("send.read_help"));
        personal.form = Some(button(READ, "send.read", Vec::new()));
    }
    parts.push(personal);
    if !it.consent.is_empty() {
        parts.push(FormsPart {
            heading: Some(text("send.agreed_to")),
            texts: it.consent.lines().map(str::to_owned).collect(),
            ..FormsPart::default()
        });
    }
    if sending.erased_at.is_none() {
        let ground = FormsField {
            name: "ly-do".to_owned(),
            kind: "text",
            label: text("send.ground"),
            help: Some(text("send.ground_help")),
            autocomplete: "off",
            required: true,
            typed: told.ground,
            faults: told.faults.clone(),
            ..FormsField::default()
        };
        parts.push(FormsPart {
            heading: Some(text("send.erase_title")),
            texts: vec![text("send.erase_help")],
            ..with_form(button(ERASE, "send.erase", vec![ground.described()]))
        });
    }
    let title = setting.texts("send.sender_of", &[("title", &it.title)]);
    let mut page = whole(setting, title, parts);
    page.frame.breadcrumb.insert(
        0,
        Crumb {
            label: it.title.clone(),
            href: Some(entry_path(entry)),
        },
    );
    page.frame.breadcrumb.insert(0, crumb(setting));
    page.body.said = told.is_erased.then(|| text("send.erased_now"));
    page.body.faults = told.faults;
    page
}

/// How an entry was sent, as far as it says nothing of a person.
pub(super) fn facts(setting: &Setting<'_>, sending: &SendingShown) -> Vec<Fact> {
    let mut facts = vec![
        Fact::text(setting.text("send.code"), sending.code.clone()),
        when(setting, "send.sent_at", sending.sent_at),
    ];
    if let Some((title, entry)) = &sending.about {
        let link = FactValue::link(title, entry_path(entry.as_str()));
        facts.push(Fact::values(setting.text("send.about"), vec![link]));
    }
    if sending.alike > 0 {
        let count = sending.alike.to_string();
        let told = setting.texts("send.alike_count", &[("count", &count)]);
        facts.push(Fact::text(setting.text("send.alike"), told));
    }
    let key = match sending.is_proved {
        true => "send.proved",
        false => "send.unproved",
    };
    let channel = CHANNELS.iter().find(|(id, _)| *id == sending.channel);
    let came = channel.map_or_else(|| setting.text(key), |(_, name)| name);
    facts.push(Fact::text(setting.text("send.came"), came));
    if let Some(by) = &sending.recorded_by {
        facts.push(Fact::text(setting.text("send.recorded_by"), by.clone()));
    }
    facts.extend(sending.office.iter().map(fact));
    facts.extend(
        sending
            .erased_at
            .map(|at| when(setting, "send.erased_at", at)),
    );
    facts
}
