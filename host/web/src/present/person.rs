use dinh_domain::people::Role;
use dinh_portal::{AccountState, Colleague, OpenPerson, Place, RoleLine};
use dinh_render::view::{FormsField, FormsForm, FormsPage, FormsPart, HiddenField, Page};

use super::people::{path, role};
use super::rooms::{field, select};
use super::setting::Setting;
use super::sign_in::{hidden, whole, with_form};
use crate::asked::Asked;
use crate::routes::PEOPLE;

/// Field that says what is wanted.
pub(crate) const WANTED: &str = "viec";
/// Field that names a role at an organisation: `role@organisation`.
pub(crate) const GRANT: &str = "vai-tro-dang-giu";

/// Colleagues that are offered in a list, at most: a page of ten thousand lines helps nobody.
const COLLEAGUES_LISTED_MAX: usize = 100;

/// What came of what was sent.
#[derive(Default)]
pub(crate) struct Outcome {
    /// What was done.
    pub(crate) said: Option<String>,
    /// A link to hand over.
    pub(crate) link: Option<String>,
    /// What is wrong: a field's name, or nothing for the whole; and why.
    pub(crate) wrong: Vec<(&'static str, String)>,
}

/// A person's page.
pub(crate) fn page(
    setting: &Setting<'_>,
    asked: &Asked,
    it: &OpenPerson,
    outcome: &Outcome,
) -> Page<FormsPage> {
    let form = Forms {
        setting,
        asked,
        outcome,
        action: path(it.line.id.as_str()),
    };
    let mut parts = vec![about(setting, it)];
    parts.extend(form.roles(it));
    parts.extend(form.give(it));
    parts.extend(super::delegation::parts(&form, &it.delegations));
    if !it.lendable.is_empty() && it.line.state != AccountState::Disabled {
        parts.push(super::delegation::lend(&form, &it.lendable, &it.deputies));
    }
    if it.is_yours {
        parts.extend(form.work(it));
        parts.extend(form.account(it));
    }
    dressed(setting, it.line.full_name.clone(), parts, outcome)
}

/// An invitation to write.
pub(crate) fn invite(
    setting: &Setting<'_>,
    asked: &Asked,
    (roles, places): (&[Role], &[Place]),
    outcome: &Outcome,
) -> Page<FormsPage> {
    let form = Forms {
        setting,
        asked,
        outcome,
        action: crate::routes::INVITE.to_owned(),
    };
    let fields = vec![
        form.required(("ho-ten", "text", "office.full_name")),
        FormsField {
            help: Some(setting.text("office.name_help").to_owned()),
            ..form.required(("ten", "text", "people.name"))
        },
        form.field(("thu-dien-tu", "email", "office.email")),
        form.role(roles),
        form.place(places),
    ];
    let form = form.form("office.invite", "invite", Vec::new(), fields);
    let part = FormsPart {
        texts: vec![setting.text("office.invite_text").to_owned()],
        ..with_form(form)
    };
    dressed(
        setting,
        setting.text("office.invite").to_owned(),
        vec![part],
        outcome,
    )
}

/// A page within the room of people, with what was done, a link to hand over, and what is wrong.
pub(super) fn dressed(
    setting: &Setting<'_>,
    title: String,
    mut parts: Vec<FormsPart>,
    outcome: &Outcome,
) -> Page<FormsPage> {
    if let Some(link) = &outcome.link {
        let part = FormsPart {
            heading: Some(setting.text("office.link").to_owned()),
            texts: vec![setting.text("office.link_text").to_owned()],
            code: Some(link.clone()),
            ..FormsPart::default()
        };
        parts.insert(0, part);
    }
    let mut page = whole(setting, title, parts);
    let crumb = dinh_render::view::Crumb {
        label: setting.text("office.people").to_owned(),
        href: Some(PEOPLE.to_owned()),
    };
    page.frame.breadcrumb.insert(0, crumb);
    page.frame.breadcrumb.insert(0, super::desk::crumb(setting));
    tell(setting, &mut page, outcome);
    page
}

/// Says what was done and what is wrong: above the page where its field is not on it.
pub(super) fn tell(setting: &Setting<'_>, page: &mut Page<FormsPage>, outcome: &Outcome) {
    let body = &mut page.body;
    body.said.clone_from(&outcome.said);
    let forms = body.parts.iter().filter_map(|it| it.form.as_ref());
    let names = forms.flat_map(|it| &it.fields).map(|it| it.name.as_str());
    let names: Vec<&str> = names.collect();
    let (beside, above): (Vec<_>, Vec<_>) = outcome
        .wrong
        .iter()
        .partition(|(field, _)| names.contains(field));
    let listed = setting.text("people.faults").to_owned();
    let above = above.into_iter().map(|(_, told)| told.clone());
    let faults = above.chain((!beside.is_empty()).then_some(listed));
    body.faults = faults.collect();
}

fn about(setting: &Setting<'_>, it: &OpenPerson) -> FormsPart {
    let line = &it.line;
    let state = super::people::marks(setting, line);
    let state: Vec<String> = state.into_iter().map(|it| it.text).collect();
    let seen = super::people::seen(setting, line);
    let seen: Vec<String> = seen.values.into_iter().map(|it| it.text).collect();
    let factor = match line.has_totp {
        true => "office.totp_on",
        false => "office.totp_off",
    };
    let devices = it.devices.to_string();
    let mut texts = vec![
        setting.texts(
            "office.about",
            &[("name", &line.name), ("state", &state.join(", "))],
        ),
        setting.texts(
            "office.about_use",
            &[("seen", &seen.join(" ")), ("devices", &devices)],
        ),
        setting.text(factor).to_owned(),
    ];
    if !line.email.is_empty() {
        texts.push(setting.texts("office.about_email", &[("email", &line.email)]));
    }
    FormsPart {
        texts,
        ..FormsPart::default()
    }
}

/// Forms of one page, with what was typed and what is wrong.
pub(super) struct Forms<'a> {
    pub(super) setting: &'a Setting<'a>,
    pub(super) asked: &'a Asked,
    pub(super) outcome: &'a Outcome,
    pub(super) action: String,
}

impl Forms<'_> {
    /// What was typed is there again where something is wrong with it.
    pub(super) fn typed(&self, name: &str) -> &str {
        match self.outcome.wrong.is_empty() {
            false => self.asked.field(name),
            true => "",
        }
    }

    pub(super) fn faults(&self, name: &str) -> Vec<String> {
        let wrong = self.outcome.wrong.iter();
        let here = wrong.filter(|(field, _)| *field == name);
        here.map(|(_, told)| told.clone()).collect()
    }

    pub(super) fn field(&self, it: (&str, &'static str, &str)) -> FormsField {
        FormsField {
            faults: self.faults(it.0),
            ..field(self.setting, it, self.typed(it.0))
        }
    }

    pub(super) fn required(&self, it: (&str, &'static str, &str)) -> FormsField {
        FormsField {
            required: true,
            ..self.field(it)
        }
    }

    pub(super) fn select(
        &self,
        it: (&str, &str),
        choices: impl IntoIterator<Item = (String, String)>,
    ) -> FormsField {
        FormsField {
            required: true,
            faults: self.faults(it.0),
            ..select(self.setting, it, choices, self.typed(it.0))
        }
    }

    /// One of some colleagues; of more than anybody looks through, the name to sign in with is typed.
    pub(super) fn colleague(
        &self,
        it: (&str, &'static str),
        colleagues: &[Colleague],
    ) -> FormsField {
        if colleagues.len() > COLLEAGUES_LISTED_MAX {
            let (name, label) = it;
            return FormsField {
                help: Some(self.setting.text("office.colleague_help").to_owned()),
                ..self.required((name, "text", label))
            };
        }
        let choices = colleagues.iter();
        let choices =
            choices.map(|it| (it.name.clone(), format!("{} ({})", it.full_name, it.name)));
        self.select(it, choices)
    }

    fn role(&self, roles: &[Role]) -> FormsField {
        let choices = roles.iter();
        let choices = choices.map(|it| (it.as_str().to_owned(), it.name().to_owned()));
        FormsField {
            help: Some(self.setting.text("office.role_help").to_owned()),
            ..self.select(("vai-tro", "office.role"), choices)
        }
    }

    fn place(&self, places: &[Place]) -> FormsField {
        let choices = places.iter();
        let choices = choices.map(|it| (it.id.to_string(), it.name.clone()));
        self.select(("to-chuc", "office.at"), choices)
    }

    pub(super) fn form(
        &self,
        button: &str,
        wanted: &str,
        mut extra: Vec<HiddenField>,
        fields: Vec<FormsField>,
    ) -> FormsForm {
        extra.insert(0, hidden(WANTED, wanted));
        FormsForm {
            long: false,
            asks: false,
            action: self.action.clone(),
            button: self.setting.texts(button, &[]),
            hidden: extra,
            fields: fields.into_iter().map(FormsField::described).collect(),
        }
    }

    fn roles(&self, it: &OpenPerson) -> Vec<FormsPart> {
        let mut parts: Vec<FormsPart> = it.line.roles.iter().map(|it| self.held(it)).collect();
        if parts.is_empty() {
            let texts = vec![self.setting.text("office.no_role").to_owned()];
            parts.push(FormsPart {
                texts,
                ..FormsPart::default()
            });
        }
        if it.line.elsewhere > 0 {
            let count = it.line.elsewhere.to_string();
            let text = self.setting.texts("office.elsewhere", &[("count", &count)]);
            parts.push(FormsPart {
                texts: vec![text],
                ..FormsPart::default()
            });
        }
        if let Some(first) = parts.first_mut() {
            first.heading = Some(self.setting.text("office.roles").to_owned());
        }
        parts
    }

    fn held(&self, it: &RoleLine) -> FormsPart {
        let grant = format!("{}@{}", it.grant.role.as_str(), it.grant.organisation);
        let extra = vec![hidden(GRANT, &grant)];
        let mut form = self.form("office.take_role", "take-role", extra, Vec::new());
        let role_name = it.grant.role.name();
        let words = [("role", role_name), ("at", it.organisation.as_str())];
        form.button = self.setting.texts("office.take_role", &words);
        FormsPart {
            texts: vec![role(self.setting, it)],
            form: it.is_yours.then_some(form),
            ..FormsPart::default()
        }
    }

    fn give(&self, it: &OpenPerson) -> Option<FormsPart> {
        if it.roles.is_empty() {
            return None;
        }
        let fields = vec![
            self.role(&it.roles),
            self.place(&it.places),
            self.field(("tu-ngay", "date", "office.from")),
            self.field(("den-ngay", "date", "office.until")),
        ];
        let form = self.form("office.give_role", "give-role", Vec::new(), fields);
        Some(FormsPart {
            heading: Some(form.button.clone()),
            ..with_form(form)
        })
    }

    fn work(&self, it: &OpenPerson) -> Option<FormsPart> {
        if it.successors.is_empty() {
            return None;
        }
        let fields = vec![
            self.colleague(("nguoi-nhan", "office.successor"), &it.successors),
            self.field(("vo-hieu", "check", "office.and_disable")),
        ];
        let form = self.form("office.hand_over", "hand-over", Vec::new(), fields);
        let count = it.work.to_string();
        Some(FormsPart {
            heading: Some(self.setting.text("office.work").to_owned()),
            texts: vec![self.setting.texts("office.work_text", &[("count", &count)])],
            ..with_form(form)
        })
    }

    fn account(&self, it: &OpenPerson) -> Vec<FormsPart> {
        let part = |text: &str, button: &str, wanted: &str| FormsPart {
            texts: vec![self.setting.texts(text, &[])],
            ..with_form(self.form(button, wanted, Vec::new(), Vec::new()))
        };
        let mut parts = Vec::new();
        if it.devices > 0 {
            parts.push(part(
                "office.sign_out_text",
                "people.sign_out_everywhere",
                "sign-out",
            ));
        }
        parts.push(part("office.reset_text", "office.reset", "reset"));
        if it.line.state != AccountState::Disabled {
            parts.push(part("office.disable_text", "office.disable", "disable"));
        }
        if it.line.state == AccountState::Disabled || it.line.locked_until.is_some() {
            parts.push(part("office.enable_text", "office.enable", "enable"));
        }
        if let Some(first) = parts.first_mut() {
            first.heading = Some(self.setting.text("office.account").to_owned());
        }
        parts
    }
}
