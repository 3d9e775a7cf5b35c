//! The entry that a form is about: whether it takes anything now, which of its parts may be named, and what of it goes
//! with what is sent.

use dinh_domain::dates::{LocalDate, LocalTime};
use dinh_domain::declaration::{FieldKind, FormChoice, FormField, FormFieldKind};
use dinh_domain::entry::Body;
use dinh_domain::submission::{Read, masked};
use dinh_domain::{declaration, index, outline, rows, vietnamese};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::FormAt;
use crate::failure::Failure;
use crate::portal::Portal;
use crate::section::{Here, label};
use crate::shown::Way;

/// Longest name of a part that a form offers, in characters.
const PART_CHARS_MAX: usize = 120;

/// The entry that a form is about, as its page shows it.
pub(super) struct About {
    pub(super) entry: dinh_domain::entry::Entry,
    pub(super) way: Way,
}

impl Portal {
    /// The entry that the path names; none where it names none, an error where it is not there.
    pub(super) async fn about(
        &self,
        here: &Here<'_>,
        at: &FormAt<'_>,
    ) -> Result<Result<Option<About>, ()>, Failure> {
        let Some(slug) = at.slug else {
            return Ok(Ok(None));
        };
        let Some(entry) = self.entry_here(here, slug).await? else {
            return Ok(Err(()));
        };
        let way = Way {
            label: entry.title.clone(),
            path: format!("/{}/{slug}", here.section.path),
            host: None,
        };
        Ok(Ok(Some(About { entry, way })))
    }
}

/// Whether a form takes anything at the moment of the visit.
pub(crate) fn is_open(here: &Here<'_>, form: &declaration::Submission, body: &Body) -> bool {
    form.open_when.iter().all(|(field, wanted)| {
        let (value, _) = index::effective_choice(here.collection, body, field, here.visit.local);
        value.as_deref() == Some(wanted)
    })
}

/// Whether a form took something at any minute of a day.
pub(super) fn was_open_on(
    here: &Here<'_>,
    form: &declaration::Submission,
    body: &Body,
    day: LocalDate,
) -> bool {
    form.open_when.iter().all(|(field, wanted)| {
        let mut at = Some(LocalTime::from(day));
        while let Some(now) = at.filter(|it| it.date() == day) {
            let (value, next) = index::effective_choice(here.collection, body, field, now);
            if value.as_deref() == Some(wanted) {
                return true;
            }
            at = next;
        }
        false
    })
}

/// Why nothing is taken, with the portal's own time: readers' clocks differ.
pub(super) fn closed(here: &Here<'_>, at: &FormAt<'_>) -> Vec<String> {
    let words = at.form.closed.as_deref();
    let words = words.map(|key| here.plugin.text(&here.visit.language, key));
    let now = here.visit.now;
    let (date, time) = (
        now.date_in(&here.visit.zone()),
        now.time_in(&here.visit.zone()),
    );
    let clock = format!(
        "Giờ của máy chủ khi ông/bà mở trang này: {time} ngày {}.",
        date.to_vietnamese()
    );
    words.into_iter().chain([clock]).collect()
}

/// The fields that a form asks, with the parts of the other entry that may be named.
pub(super) fn fields(
    here: &Here<'_>,
    at: &FormAt<'_>,
    about: Option<&About>,
    language: &str,
) -> Vec<FormField> {
    let declaration = &here.plugin.declaration;
    let mut fields = at.form.form_fields(declaration, at.collection, language);
    if let (Some(points), Some(about)) = (&at.form.points, about)
        && let Some(field) = fields.iter_mut().find(|it| it.name == points.field)
    {
        field.kind = FormFieldKind::Choice;
        field.choices = part_choices(here, points, about, language);
    }
    fields
}

/// The parts of the other entry that may be named, the whole of it first.
pub(super) fn part_choices(
    here: &Here<'_>,
    points: &declaration::Points,
    about: &About,
    language: &str,
) -> Vec<FormChoice> {
    let whole = here.plugin.text(language, &points.whole);
    let whole = FormChoice {
        value: whole.clone(),
        label: whole,
    };
    let parts = points.from.iter();
    let parts = parts.flat_map(|name| parts_of(here, &about.entry.body, name));
    let parts = parts.map(|(value, words)| FormChoice {
        label: match words.is_empty() {
            true => value.clone(),
            false => cut(&format!("{value}. {words}"), PART_CHARS_MAX),
        },
        value,
    });
    std::iter::once(whole).chain(parts).collect()
}

/// The parts of a field that can be named: the innermost units of a structured text that stand for themselves
/// (`Điều 4`), or the rows of a table (`Câu hỏi 2`); each with its words.
fn parts_of(here: &Here<'_>, body: &Body, name: &str) -> Vec<(String, String)> {
    let (Some(field), Some(value)) = (here.collection.schema.get(name), body.get(name)) else {
        return Vec::new();
    };
    match &field.kind {
        FieldKind::Outline { levels, .. } => {
            let blocks = outline::blocks(value).into_iter();
            let parts = blocks.filter(|it| levels.is_unit(&it.level));
            let parts = parts.map(|it| {
                let of = label(here, levels.level(&it.level), &it.number);
                (of.trim_end_matches('.').to_owned(), it.heading)
            });
            parts.collect()
        }
        FieldKind::Rows { columns, .. } => {
            let of = here.plugin.text(&here.visit.language, &field.label);
            let rows = rows::rows(value).zip(1..);
            let rows = rows.map(|(row, number)| {
                let words = rows::cells(columns, row).next().map(|(_, text)| text);
                (format!("{of} {number}"), words.unwrap_or_default())
            });
            rows.collect()
        }
        _ => Vec::new(),
    }
}

/// Fills what nobody is asked for: the other's code, and the sender's name as far as they want to be named.
pub(super) fn fill(at: &FormAt<'_>, about: Option<&About>, read: &mut Read) {
    let form = at.form;
    if let (Some(field), Some(about)) = (&form.about, about)
        && let Some(code) = about.entry.body.get(&field.from)
    {
        read.body.insert(field.field.clone(), code.clone());
    }
    if let Some(signed) = &form.signed {
        let text = |body: &Body, name: &str| {
            let value = body.get(name).and_then(Value::as_str);
            value.unwrap_or_default().to_owned()
        };
        let name = text(&read.private, &signed.name);
        let shown = match text(&read.body, &signed.choice).as_str() {
            declaration::SHOWN => name,
            declaration::MASKED => masked(&name),
            _ => String::new(),
        };
        if !shown.is_empty() {
            read.body.insert(signed.field.clone(), Value::String(shown));
        }
    }
}

/// What sendings of the same words about the same part have in common, whatever their case, marks, blanks and punctuation.
pub(super) fn alike(at: &FormAt<'_>, body: &Body) -> Option<String> {
    let words = body.get(at.form.alike.as_ref()?)?.as_str()?;
    let folded = vietnamese::fold(words);
    let words = folded.split(|it: char| !it.is_alphanumeric());
    let words: Vec<&str> = words.filter(|it| !it.is_empty()).collect();
    // What is said of one part is not said of another.
    let part = at
        .form
        .points
        .as_ref()
        .and_then(|it| body.get(&it.field)?.as_str());
    let hash = Sha256::digest(format!("{}\n{}", words.join(" "), part.unwrap_or_default()));
    Some(hash.iter().take(16).map(|it| format!("{it:02x}")).collect())
}

/// A text of at most so many characters, cut after a word.
pub(super) fn cut(text: &str, max: usize) -> String {
    if text.chars().count() <= max {
        return text.to_owned();
    }
    let head: String = text.chars().take(max).collect();
    let whole = head
        .rsplit_once(' ')
        .map_or(head.as_str(), |(words, _)| words);
    format!("{whole}…")
}
