//! What a plugin says of itself and proves: README, compliance, cases, fixtures.

use dinh_domain::body::{self, Unknown};
use dinh_domain::dates::LocalDate;
use dinh_domain::declaration::{Declaration, PluginFiles, one_file};
use dinh_domain::entry::Body;
use dinh_domain::table::layout::Layout;
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use super::Finding;
use crate::demo::cases;
use crate::demo::fixture::{ATTACH, collection_of};

const README: &str = "README.md";
const COMPLIANCE: &str = "compliance.toml";

pub(super) fn check(files: &PluginFiles) -> Vec<Finding> {
    let mut found = Vec::new();
    let readme = files.get(README).is_some_and(|bytes| !bytes.is_empty());
    if !readme {
        let message = "the file is missing: say what the section is, which clause demands it and who keeps it";
        found.push(Finding::new(README, None, message));
    }
    compliance(files, &mut found);
    all_cases(files, &mut found);
    fixtures(files, &mut found);
    found
}

/// `compliance.toml`: what the regulation asks of the section, and what is done about it.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::plugin::vendor) struct Compliance {
    #[serde(default)]
    duty: Vec<Duty>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Duty {
    /// The clause: `Đ7.1.b`.
    #[schemars(with = "String")]
    clause: Spanned<String>,
    /// What is asked.
    demand: String,
    state: State,
    /// Why it is so.
    #[serde(default)]
    reason: String,
    /// Name of the case that shows it.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    case: Option<Spanned<String>>,
}

#[derive(PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum State {
    Met,
    NotYet,
    Exempt,
}

fn compliance(files: &PluginFiles, found: &mut Vec<Finding>) {
    let Some(bytes) = files.get(COMPLIANCE) else {
        let message = "the file is missing: write a [[duty]] with clause, demand, state and reason for everything that the regulation asks of this section";
        return found.push(Finding::new(COMPLIANCE, None, message));
    };
    let mut faults = Vec::new();
    let read: Option<Compliance> = one_file(COMPLIANCE, bytes, &mut faults);
    found.extend(faults.iter().map(|it| Finding::read(&it.to_string())));
    let source = String::from_utf8_lossy(bytes);
    let line = |at: usize| source[..at].matches('\n').count() + 1;
    for duty in read.into_iter().flat_map(|it| it.duty) {
        let clause = duty.clause.get_ref();
        let at = Some(line(duty.clause.span().start));
        let mut fault = |line, message: String| found.push(Finding::new(COMPLIANCE, line, message));
        if duty.demand.trim().is_empty() {
            fault(
                at,
                format!("{clause}: `demand` is empty: say what is asked"),
            );
        }
        if duty.reason.trim().is_empty() {
            fault(at, format!("{clause}: say in `reason` why it is so"));
        }
        match &duty.case {
            Some(case) => {
                let path = format!("cases/{}.case", case.get_ref());
                if !files.contains_key(&path) {
                    let at = Some(line(case.span().start));
                    fault(
                        at,
                        format!("{clause}: there is no case {path}: write it or name another"),
                    );
                }
            }
            None if duty.state == State::Met => {
                fault(
                    at,
                    format!(
                        "{clause}: what is met is proved: name in `case` the case that shows it"
                    ),
                );
            }
            None => {}
        }
    }
}

fn all_cases(files: &PluginFiles, found: &mut Vec<Finding>) {
    let own = files.iter();
    let own: Vec<_> = own.filter(|(path, _)| path.starts_with("cases/")).collect();
    if own.is_empty() {
        let message = "there is no case: an update that breaks the section is found by cases alone; write cases/list.case with a request, a line ---- and the expected answer";
        found.push(Finding::new("cases", None, message));
    }
    for (path, bytes) in own {
        if !path.ends_with(".case") {
            found.push(Finding::new(path, None, "a case's name ends in .case"));
            continue;
        }
        if let Some((line, message)) = cases::fault_of(&String::from_utf8_lossy(bytes)) {
            found.push(Finding::new(path, line, message));
        }
    }
}

/// `fixtures/<site>.toml`: entries of the first collection, or of the one that an entry names by `collection`, for tests and the demo.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::plugin::vendor) struct Fixtures {
    #[schemars(with = "Vec<serde_json::Map<String, serde_json::Value>>")]
    entry: Vec<Spanned<Body>>,
}

fn fixtures(files: &PluginFiles, found: &mut Vec<Finding>) {
    let declared = Declaration::parse(files).ok();
    let own = files
        .iter()
        .filter(|(path, _)| path.starts_with("fixtures/") && path.ends_with(".toml"));
    for (path, bytes) in own {
        let mut faults = Vec::new();
        let read: Option<Fixtures> = one_file(path, bytes, &mut faults);
        found.extend(faults.iter().map(|it| Finding::read(&it.to_string())));
        let source = String::from_utf8_lossy(bytes);
        for entry in read.into_iter().flat_map(|it| it.entry) {
            let at = source[..entry.span().start].matches('\n').count() + 1;
            for message in entry_faults(declared.as_ref(), entry.into_inner()) {
                let at = line_of(&source, at, &message);
                found.push(Finding::new(path, Some(at), message));
            }
        }
    }
}

/// The line below the entry's that gives the field that is named.
fn line_of(source: &str, entry: usize, message: &str) -> usize {
    let field = message.split('`').nth(1).unwrap_or_default();
    let below = (1..).zip(source.lines()).skip(entry);
    let mut own = below.take_while(|(_, line)| !line.starts_with("[["));
    let gives = |line: &str| {
        line.split_once('=')
            .is_some_and(|(key, _)| key.trim() == field)
    };
    own.find(|(_, line)| gives(line))
        .map_or(entry, |(at, _)| at)
}

fn entry_faults(declared: Option<&Declaration>, mut entry: Body) -> Vec<String> {
    let posted = entry.shift_remove("posted_on");
    let posted = posted.as_ref().and_then(serde_json::Value::as_str);
    entry.shift_remove(ATTACH);
    let mut told = Vec::new();
    if posted.is_none_or(|posted| LocalDate::parse(posted).is_err()) {
        told.push(
            "the entry needs `posted_on`, the day of publication as \"YYYY-MM-DD\"".to_owned(),
        );
    }
    let Some(declared) = declared else {
        return told;
    };
    let collection = match collection_of(declared, &mut entry) {
        Ok((_, collection)) => collection,
        Err(why) => {
            told.push(why);
            return told;
        }
    };
    let mut entry = entry;
    let mut made = file_fields(collection);
    for name in table_fields(collection) {
        let Some(given) = entry.shift_remove(&name) else {
            continue;
        };
        let layout = given.get("layout").cloned().unwrap_or_default();
        match serde_json::from_value::<Layout>(layout) {
            Ok(_) if given.get("csv").is_some_and(serde_json::Value::is_string) => made.push(name),
            Ok(_) => told.push(format!("field `{name}` must have its rows as `csv`")),
            Err(error) => told.push(format!("field `{name}`: layout: {error}")),
        }
    }
    let checked = body::check(declared, collection, entry, Unknown::Refuse);
    let faults = match checked {
        // Files are made from the entry, tables from their rows when they are posted.
        Ok(body) => {
            let mut faults = body::unmet_gates(collection, &body, &made);
            faults.retain(|it| !made.contains(&it.path));
            faults
        }
        Err(faults) => faults,
    };
    told.extend(faults.iter().map(|fault| {
        let mut words = words(&fault.message_key).to_owned();
        for (name, value) in &fault.args {
            words = words.replace(&format!("{{{name}}}"), value);
        }
        format!("field `{}` {words}", fault.path)
    }));
    told
}

/// What is wrong with a value, for vendors.
fn words(key: &str) -> &str {
    match key {
        "fault.required" => "is missing, and the collection asks for it",
        "fault.needed-for" => "is missing: the entry has {for}, which needs it",
        "fault.confidential" => "must be empty: its collection says empty_when",
        "fault.unknown-field" => "is not in the collection: add it there, or remove it here",
        "fault.integer" => "must be a whole number",
        "fault.text" => "must be a text",
        "fault.list" => "must be a list",
        "fault.too-long" => "has {count} characters, at most {max} are allowed",
        "fault.too-many" => "has {count} items, at most {max} are allowed",
        "fault.date" => "must be a day as \"YYYY-MM-DD\", not {given}",
        "fault.choice" => "must be the id of a value of its list, not {given}",
        "fault.relation" => "must be a list of { kind, target }",
        other => other,
    }
}

fn table_fields(collection: &dinh_domain::declaration::Collection) -> Vec<String> {
    let fields = collection.schema.iter();
    let tables =
        fields.filter(|(_, it)| matches!(it.kind, dinh_domain::declaration::FieldKind::Table {}));
    tables.map(|(name, _)| name.clone()).collect()
}

fn file_fields(collection: &dinh_domain::declaration::Collection) -> Vec<String> {
    let fields = collection.schema.iter();
    let files = fields
        .filter(|(_, it)| matches!(it.kind, dinh_domain::declaration::FieldKind::Files { .. }));
    files.map(|(name, _)| name.clone()).collect()
}
