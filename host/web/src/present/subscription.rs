use dinh_portal::{SubscriptionAbout, SubscriptionShown};
use dinh_render::view::{Fact, FactValue, FormsField, FormsForm, FormsPage, FormsPart, Link, Page};

use super::setting::Setting;
use super::sign_in::{hidden, whole, with_form};
use crate::handlers::{ABOUT, ADDRESS, AGREED, FILTER};
use crate::links::{self, Param};
use crate::routes::SUBSCRIBE;

/// Parameters of a list that choose none of its entries.
const NO_FILTER: [&str; 4] = ["q", "sort", "per_page", "page"];

/// What came of a form that was sent.
#[derive(Debug, Default)]
pub(crate) struct Told {
    /// The address as it was typed.
    pub(crate) address: String,
    /// Whether the box was ticked.
    pub(crate) is_agreed: bool,
    pub(crate) is_taken: bool,
    pub(crate) wrong_address: bool,
    pub(crate) not_agreed: bool,
    /// Too many were sent; when there may be another.
    pub(crate) wait_minutes: Option<u32>,
}

/// The way to the form from a list with its filter, or from an entry.
pub(crate) fn link(setting: &Setting<'_>, key: &'static str, path: &str, asked: &[Param]) -> Link {
    let filter = asked
        .iter()
        .filter(|(name, _)| !NO_FILTER.contains(&name.as_str()));
    let filter = filter.map(|(name, value)| (format!("{FILTER}{name}"), value.clone()));
    let about = (ABOUT.to_owned(), path.trim_start_matches('/').to_owned());
    let params: Vec<Param> = std::iter::once(about).chain(filter).collect();
    Link::new(setting.text(key), links::with_params(SUBSCRIBE, &params))
}

/// What whoever subscribes agrees to, word by word.
pub(crate) fn consent(setting: &Setting<'_>) -> String {
    setting.text("subscribe.consent").to_owned()
}

/// The form, with what came of it.
pub(crate) fn form(
    setting: &Setting<'_>,
    about: &SubscriptionAbout,
    told: &Told,
) -> Page<FormsPage> {
    let text = |key| setting.text(key).to_owned();
    let link = FactValue::link(&about.label, about.path.clone());
    let mut facts = vec![Fact::values(setting.text("subscribe.about"), vec![link])];
    if !about.filter_words.is_empty() {
        let words = about.filter_words.iter().map(FactValue::text);
        facts.push(Fact::values(
            setting.text("subscribe.filter"),
            words.collect(),
        ));
    }
    let mut part = FormsPart {
        facts,
        ..FormsPart::default()
    };
    if told.is_taken {
        part.texts = vec![text("subscribe.sent_help")];
    } else {
        part.texts = vec![text("subscribe.how"), consent(setting)];
        part.form = Some(fields(setting, about, told));
    }
    let mut page = whole(setting, text("subscribe.title"), vec![part]);
    page.body.said = told.is_taken.then(|| text("subscribe.sent"));
    if let Some(minutes) = told.wait_minutes {
        let minutes = minutes.to_string();
        let fault = setting.texts("subscribe.too_often", &[("minutes", &minutes)]);
        page.body.faults.push(fault);
    }
    page
}

fn fields(setting: &Setting<'_>, about: &SubscriptionAbout, told: &Told) -> FormsForm {
    let text = |key| setting.text(key).to_owned();
    let fault = |is_there: bool, key| is_there.then(|| text(key)).into_iter().collect();
    let address = FormsField {
        name: ADDRESS.to_owned(),
        kind: "email",
        label: text("subscribe.address"),
        autocomplete: "email",
        required: true,
        typed: told.address.clone(),
        faults: fault(told.wrong_address, "subscribe.wrong_address"),
        ..FormsField::default()
    };
    let agreed = FormsField {
        name: AGREED.to_owned(),
        kind: "check",
        label: text("subscribe.agree"),
        required: true,
        typed: if told.is_agreed { "1" } else { "" }.to_owned(),
        faults: fault(told.not_agreed, "subscribe.not_agreed"),
        ..FormsField::default()
    };
    let mut carried = vec![hidden(ABOUT, about.path.trim_start_matches('/'))];
    let filter = about.filter.iter();
    carried.extend(filter.map(|(name, value)| hidden(&format!("{FILTER}{name}"), value)));
    FormsForm {
        action: SUBSCRIBE.to_owned(),
        asks: false,
        long: false,
        button: text("subscribe.button"),
        hidden: carried,
        fields: vec![address.described(), agreed.described()],
    }
}

/// What a link would confirm.
pub(crate) fn to_confirm(
    setting: &Setting<'_>,
    path: &str,
    shown: &SubscriptionShown,
) -> Page<FormsPage> {
    let button = button(setting, path, "subscribe.confirm");
    let part = FormsPart {
        texts: vec![setting.text("subscribe.confirm_help").to_owned()],
        facts: facts(setting, shown),
        ..with_form(button)
    };
    whole(
        setting,
        setting.text("subscribe.confirm_title").to_owned(),
        vec![part],
    )
}

/// A link that confirms nothing any more.
pub(crate) fn not_confirmed(setting: &Setting<'_>) -> Page<FormsPage> {
    let title = setting.text("subscribe.confirm_title").to_owned();
    let mut page = whole(setting, title, Vec::new());
    page.body
        .faults
        .push(setting.text("subscribe.too_late").to_owned());
    page
}

/// A subscription, for whoever holds its link.
pub(crate) fn held(
    setting: &Setting<'_>,
    path: &str,
    shown: &SubscriptionShown,
    is_new: bool,
) -> Page<FormsPage> {
    let state = match shown.is_confirmed {
        true => "subscribe.confirmed",
        false => "subscribe.unconfirmed",
    };
    let mut facts = facts(setting, shown);
    facts.push(Fact::text(
        setting.text("subscribe.state"),
        setting.text(state).to_owned(),
    ));
    let part = FormsPart {
        texts: vec![setting.text("subscribe.end_help").to_owned()],
        facts,
        ..with_form(button(setting, path, "subscribe.end"))
    };
    let mut page = whole(
        setting,
        setting.text("subscribe.own_title").to_owned(),
        vec![part],
    );
    page.body.said = is_new.then(|| setting.text("subscribe.is_confirmed").to_owned());
    page
}

/// One that has ended.
pub(crate) fn ended(setting: &Setting<'_>) -> Page<FormsPage> {
    let part = FormsPart {
        texts: vec![setting.text("subscribe.ended_help").to_owned()],
        ..FormsPart::default()
    };
    let mut page = whole(
        setting,
        setting.text("subscribe.own_title").to_owned(),
        vec![part],
    );
    page.body.said = Some(setting.text("subscribe.ended").to_owned());
    page
}

fn facts(setting: &Setting<'_>, shown: &SubscriptionShown) -> Vec<Fact> {
    let about = match (&shown.about, &shown.path) {
        (Some(about), Some(path)) => FactValue::link(about, path.clone()),
        _ => FactValue::text(setting.text("subscribe.about_gone")),
    };
    vec![Fact::values(setting.text("subscribe.about"), vec![about])]
}

fn button(setting: &Setting<'_>, path: &str, key: &'static str) -> FormsForm {
    FormsForm {
        action: path.to_owned(),
        asks: false,
        long: false,
        button: setting.text(key).to_owned(),
        hidden: Vec::new(),
        fields: Vec::new(),
    }
}
