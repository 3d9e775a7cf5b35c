//! What must hold before a document is stored, beyond its schema.

#[cfg(test)]
mod tests;

use dinh_sdk::{Draft, Fault, Host, Object};

use crate::dates::Day;
use crate::document::{COLLECTION, Document};
use crate::effect::{self, Reading};
use crate::fold::code_key;
use crate::number::{self, Class, MAX_CHARS, Number, NumberFault};
use crate::relations;

/// How far the year in a number may lie from the year of issue: numbers given in the last days
/// of December are signed in January, and the other way round.
const YEARS_APART: i32 = 1;

/// Everything that is wrong, or the body completed by the day of effect that the text names.
pub fn validate(draft: &Draft, host: &impl Host) -> Result<Option<Object>, Vec<Fault>> {
    let document = Document::new(&draft.body);
    let mut faults = number_faults(document);
    faults.extend(date_faults(document));
    let reading = text_reading(document);
    let contradiction = reading
        .as_ref()
        .and_then(|reading| effect_fault(document, reading));
    faults.extend(contradiction.filter(|_| !is_amended(draft, host)));
    faults.extend(relations::own_faults(document));
    if faults.is_empty() {
        faults.extend(relations::order_faults(document, &draft.site, host));
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    Ok(reading.and_then(|reading| completed(&draft.body, document, &reading)))
}

fn number_faults(document: Document<'_>) -> Vec<Fault> {
    let Some(written) = document.number() else {
        return Vec::new();
    };
    let fault = |key| Fault::new("/number", key).with("number", written);
    match number::parse(written) {
        Ok(number) => year_fault(&number, document).into_iter().collect(),
        Err(NumberFault::NoDigit) => vec![fault("fault.number.no_digit")],
        Err(NumberFault::TooLong(chars)) => {
            let start: String = written.chars().take(40).collect();
            let fault = Fault::new("/number", "fault.number.too_long").with("number", start);
            vec![
                fault
                    .with("chars", chars.to_string())
                    .with("max", MAX_CHARS.to_string()),
            ]
        }
        Err(NumberFault::Year(year)) => vec![fault("fault.number.year").with("year", year)],
    }
}

/// The year in the number of a normative document is that of its issue.
fn year_fault(number: &Number, document: Document<'_>) -> Option<Fault> {
    let issued = document.day("issued_on")?;
    let year = number.year?;
    let bound = matches!(
        number.class,
        Class::Normative | Class::Joint | Class::Legislature
    );
    let apart = (issued.year() - year).abs() > YEARS_APART;
    let fault = || Fault::new("/number", "fault.number.other_year").with("year", year.to_string());
    (bound && apart).then(|| {
        fault()
            .with("number", document.number().unwrap_or_default())
            .with("issued", issued.in_words())
    })
}

fn date_faults(document: Document<'_>) -> Vec<Fault> {
    let issued = document.day("issued_on");
    let effective = document.day("effective_on");
    let expires = document.day("expires_on");
    let order = |key, path, earlier: Option<Day>, later: Option<Day>| {
        let (earlier, later) = (earlier?, later?);
        let fault = || {
            Fault::new(path, key)
                .with("earlier", earlier.in_words())
                .with("later", later.in_words())
        };
        (later < earlier).then(fault)
    };
    let faults = [
        order(
            "fault.dates.effective_before_issued",
            "/effective_on",
            issued,
            effective,
        ),
        order(
            "fault.dates.expires_before_effective",
            "/expires_on",
            effective,
            expires,
        ),
        order(
            "fault.dates.expires_before_issued",
            "/expires_on",
            issued.filter(|_| effective.is_none()),
            expires,
        ),
    ];
    faults.into_iter().flatten().collect()
}

fn text_reading(document: Document<'_>) -> Option<Reading> {
    let own_key = document.number().map(code_key).unwrap_or_default();
    let clauses = effect::clauses(document.blocks(), &own_key);
    effect::reading(&clauses, document.day("issued_on"))
}

/// The field contradicts the text, and the text leaves no choice.
fn effect_fault(document: Document<'_>, reading: &Reading) -> Option<Fault> {
    let field = document.day("effective_on")?;
    let contradicts = reading.certain && !reading.days.contains(&field);
    let fault =
        || Fault::new("/effective_on", "fault.effect.mismatch").with("field", field.in_words());
    contradicts.then(|| {
        fault()
            .with("text", reading.on.in_words())
            .with("words", reading.words.as_str())
    })
}

/// Another document amends this one, so that it may start on another day than its own words say
/// (the Penal Code of 2015 was put off that way).
fn is_amended(draft: &Draft, host: &impl Host) -> bool {
    let Some(id) = draft.id.as_deref() else {
        return false;
    };
    let links = host
        .links(COLLECTION, &[id], Some("relations"))
        .unwrap_or_default();
    links
        .iter()
        .any(|link| !link.outgoing && link.kind == "amends")
}

/// The body with the day that the text names, where the field was empty and the day is possible.
fn completed(body: &Object, document: Document<'_>, reading: &Reading) -> Option<Object> {
    let missing = document.day("effective_on").is_none();
    let not_before_issue = document
        .day("issued_on")
        .is_none_or(|issued| issued <= reading.on);
    let not_after_end = document
        .day("expires_on")
        .is_none_or(|end| reading.on <= end);
    if !(missing && reading.certain && not_before_issue && not_after_end) {
        return None;
    }
    let mut body = body.clone();
    body.insert("effective_on".to_owned(), reading.on.to_string().into());
    Some(body)
}
