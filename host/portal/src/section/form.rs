//! Forms that a plugin declares: the host shows, checks and takes them, the plugin's code decides.

use std::sync::Arc;

use dinh_domain::declaration::{FormFault, FormField, FormFieldKind, Route, RouteKind, read_form};
use dinh_runtime::{Budget, CallError, Fault, Outcome, Submission, Submitted};
use serde_json::{Map, Value};

use super::computed::{Place, call, code_here};
use super::{Here, route_at};
use crate::failure::Failure;
use crate::host_calls::GuestHost;
use crate::portal::Portal;
use crate::shown::{Answer, Computed, FormFieldShown, FormHint, FormShown};
use crate::submission::{PostedForm, Taking, form_at};
use crate::values::Keeping;
use crate::visit::Visit;

/// How often a sending is tried anew because another one changed what it had read.
const TRIES_MAX: usize = 3;
/// The sending could not be taken as it was (RFC 9110).
const UNPROCESSABLE: u16 = 422;
/// Not now.
const UNAVAILABLE: u16 = 503;
const LATER: &str = "Nội dung chưa được tiếp nhận vì có sự cố. Những gì đã viết vẫn còn dưới đây; xin gửi lại sau ít phút.";
const LOOK_AGAIN: &str =
    "Nội dung chưa được tiếp nhận. Xin xem lại những mục được đánh dấu dưới đây.";

/// What a form takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormTakes {
    /// Fields alone.
    Fields,
    /// Files too.
    Files,
}

/// What became of a sending.
enum Sent {
    Answer(Answer),
    Refused(Vec<Fault>),
    /// Told to the operator.
    Failed,
}

impl Portal {
    /// What the form at a path of a host takes; none where there is no form.
    pub async fn form_takes(&self, host: &str, path: &str) -> Option<FormTakes> {
        let directory = self.directory().await.ok()?;
        let (site, _) = directory.site_at(host)?;
        let (mount, rest) = path.trim_start_matches('/').split_once('/')?;
        let modules = directory.enabled_modules(&site.id);
        let module = modules.into_iter().find(|it| it.mount.as_str() == mount)?;
        let plugin = self.plugins().get(&module.plugin)?;
        if let Some(at) = form_at(plugin, rest) {
            return Some(match at.form.takes_files(at.collection) {
                true => FormTakes::Files,
                false => FormTakes::Fields,
            });
        }
        let (route, _) = route_at(plugin, rest)?;
        (route.kind == RouteKind::Form).then_some(FormTakes::Fields)
    }

    /// Takes what was sent to a path below a section of the visited site; none where no form is
    /// there. The caller has made sure that it comes from this site's own page, and says whether
    /// whoever sends it may, with a solved puzzle or without, or in how many seconds.
    pub async fn submit(
        &self,
        visit: &Visit,
        path: &str,
        posted: PostedForm,
        turn: &(dyn Fn(Taking) -> Result<(), u32> + Sync),
    ) -> Result<Option<Answer>, Failure> {
        visit.passing();
        let Some((here, rest, _)) = self.here(visit, path) else {
            return Ok(None);
        };
        if let Some(at) = form_at(here.plugin, rest) {
            let answer = self.send_submission(&here, &at, posted, turn);
            return answer.await.map(Some);
        }
        let Some((route, params)) = route_at(here.plugin, rest) else {
            return Ok(None);
        };
        if route.kind != RouteKind::Form {
            return Ok(None);
        }
        let Some(place) = self.place(&here, route, params).await? else {
            return Ok(Some(Answer::NotFound));
        };
        let (values, faults) = read_form(&route.fields, &posted.fields).map_err(|name| {
            let detail =
                format!("Biểu mẫu không có mục “{name}”, hoặc mục này được gửi nhiều lần.");
            Failure::BadRequest { detail }
        })?;
        if !faults.is_empty() {
            let faults = faults.into_iter();
            let faults = faults.map(|(name, it)| (name.to_owned(), words(it)));
            let form = shown(&here, route, &values, faults.collect(), LOOK_AGAIN);
            let again = self.again(&here, route, place, form, UNPROCESSABLE);
            return again.await.map(Some);
        }
        let answer = match self.sent(&here, route, &place, &values).await? {
            Sent::Answer(answer) => answer,
            Sent::Refused(faults) => {
                let words = faults.into_iter().map(|it| told(&here, it)).collect();
                let form = shown(&here, route, &values, words, LOOK_AGAIN);
                self.again(&here, route, place, form, UNPROCESSABLE).await?
            }
            Sent::Failed => {
                let form = shown(&here, route, &values, Vec::new(), LATER);
                self.again(&here, route, place, form, UNAVAILABLE).await?
            }
        };
        Ok(Some(answer))
    }

    /// Gives it to the plugin, and makes what that wrote last when the answer can be shown.
    async fn sent(
        &self,
        here: &Here<'_>,
        route: &Route,
        place: &Place,
        values: &Map<String, Value>,
    ) -> Result<Sent, Failure> {
        let failed = |reason: &str| {
            self.tell(here, &route.name, reason);
            Ok(Sent::Failed)
        };
        for _ in 0..TRIES_MAX {
            let submission = Submission {
                form: route.name.clone(),
                params: place.params.clone(),
                values: Value::Object(values.clone()).to_string(),
                locale: here.visit.language.clone(),
                viewer: None,
            };
            let (visit, plugin) = (here.visit.clone(), here.section.plugin.clone());
            let host = Arc::new(GuestHost::writing(self.clone(), visit, plugin));
            let call = call(here, Budget::SUBMIT, host.clone());
            let Ok(code) = code_here(here) else {
                return Ok(Sent::Failed);
            };
            let outcome = match code.submit(call, submission).await {
                Ok(Submitted::Taken(outcome)) => outcome,
                Ok(Submitted::Refused(faults)) => return Ok(Sent::Refused(faults)),
                Err(CallError::Parked { .. }) => return Ok(Sent::Failed),
                Err(error) => return failed(&error.to_string()),
            };
            let answer = match outcome {
                Outcome::Redirect(path) => Answer::Redirect(path),
                Outcome::View(view) => match self.view(here, view, place.clone()).await {
                    Ok(computed) => Answer::Computed(Box::new(computed)),
                    Err(reason) => return failed(&reason),
                },
                Outcome::NotFound | Outcome::Data { .. } => {
                    return failed("a form is answered with a view, a redirect or faults");
                }
            };
            match self.keep_writes(&host, None).await? {
                Keeping::Kept => return Ok(Sent::Answer(answer)),
                Keeping::TooMuch => return failed("it keeps or enqueues more than it may"),
                Keeping::Changed | Keeping::Lost => {}
            }
        }
        failed("other sendings changed what it had read, again and again")
    }

    /// The form once more, below what the plugin's page says where that can be shown.
    async fn again(
        &self,
        here: &Here<'_>,
        route: &Route,
        place: Place,
        form: FormShown,
        status: u16,
    ) -> Result<Answer, Failure> {
        let html = match self.ask_page(here, route, &place, &[]).await {
            Ok(Outcome::View(view)) => match self.view(here, view, place.clone()).await {
                Ok(computed) => computed.html,
                Err(_) => None,
            },
            _ => None,
        };
        Ok(Answer::Computed(Box::new(Computed {
            section: here.section.clone(),
            title: place.title,
            status,
            html,
            back: place.back,
            form: Some(form),
        })))
    }
}

/// A form to be filled; none where the route is a page.
pub(super) fn empty(here: &Here<'_>, route: &Route) -> Option<FormShown> {
    let is_form = route.kind == RouteKind::Form;
    is_form.then(|| shown(here, route, &Map::new(), Vec::new(), ""))
}

/// `words` are what is wrong, by field; those of no field stand above the form.
fn shown(
    here: &Here<'_>,
    route: &Route,
    typed: &Map<String, Value>,
    words: Vec<(String, String)>,
    summary: &str,
) -> FormShown {
    let of = |name: &str| {
        let own = words.iter().filter(|(field, _)| field == name);
        own.map(|(_, words)| words.clone()).collect::<Vec<_>>()
    };
    let is_field = |name: &str| route.fields.iter().any(|field| field.name == name);
    let others = words.iter().filter(|(field, _)| !is_field(field));
    let mut summary: Vec<String> = (!summary.is_empty())
        .then(|| summary.to_owned())
        .into_iter()
        .collect();
    summary.extend(others.map(|(_, words)| words.clone()));
    let button = route.button.as_deref().unwrap_or_default();
    FormShown {
        button: here.plugin.text(&here.visit.language, button),
        faults: summary,
        lead: Vec::new(),
        hidden: Vec::new(),
        wants_proof: false,
        fields: route
            .fields
            .iter()
            .map(|field| field_shown(here, field, typed.get(&field.name), of(&field.name)))
            .collect(),
    }
}

fn field_shown(
    here: &Here<'_>,
    field: &FormField,
    typed: Option<&Value>,
    faults: Vec<String>,
) -> FormFieldShown {
    let text = |key: &str| here.plugin.text(&here.visit.language, key);
    let choices = field.choices.iter();
    FormFieldShown {
        name: field.name.clone(),
        kind: field.kind,
        hint: FormHint::None,
        label: text(&field.label),
        help: field.help.as_deref().map(text),
        required: field.required,
        max_chars: (field.kind != FormFieldKind::Flag).then(|| field.chars_max()),
        choices: choices
            .map(|it| (it.value.clone(), text(&it.label)))
            .collect(),
        typed: typed.and_then(Value::as_str).unwrap_or_default().to_owned(),
        ticked: typed.and_then(Value::as_bool) == Some(true),
        files: None,
        faults,
    }
}

/// A fault of the plugin in its own words, with the field that it is about.
fn told(here: &Here<'_>, fault: Fault) -> (String, String) {
    let args: Vec<(String, String)> = fault
        .args
        .into_iter()
        .map(|(name, value)| {
            let text = value.as_str().map(str::to_owned);
            (name, text.unwrap_or_else(|| value.to_string()))
        })
        .collect();
    let args: Vec<(&str, &str)> = args
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let key = &fault.message_key;
    let words = here.plugin.locales.format(&here.visit.language, key, &args);
    let field = fault.path.trim_start_matches('/').to_owned();
    (field, words.unwrap_or_else(|| key.clone()))
}

fn words(fault: FormFault) -> String {
    match fault {
        FormFault::Missing => "Xin điền mục này.".to_owned(),
        FormFault::TooLong(chars) => format!("Mục này dài quá {chars} ký tự; xin viết ngắn hơn."),
        FormFault::NotAChoice => "Xin chọn một trong những mục có sẵn.".to_owned(),
        FormFault::Control => "Mục này có ký tự điều khiển; xin gõ lại.".to_owned(),
    }
}
