//! What is sent about an entry, what the office answers, and what waits for it.

use super::super::{
    Collection, Declaration, DetailList, FieldKind, IndexType, MASKED, OFFICE, PrivateKind, SHOWN,
    Submission,
};
use super::kind_of;

/// Parts of `[submission]` that speak of the entry that its path names.
pub(super) fn submission(
    declaration: &Declaration,
    collection: &Collection,
    it: &Submission,
    fault: &mut impl FnMut(String),
) {
    let speaks = !it.open_when.is_empty() || it.about.is_some() || it.points.is_some();
    if speaks && !it.is_about() {
        fault(
            "submission: `open_when`, `about` and `points` need a path that begins with `{slug}/`"
                .to_owned(),
        );
        return;
    }
    let Some(first) = declaration.collections.values().next() else {
        return;
    };
    opening(declaration, first, it, fault);
    parts(first, collection, it, fault);
    signed(declaration, collection, it, fault);
}

/// When it is taken.
fn opening(
    declaration: &Declaration,
    first: &Collection,
    it: &Submission,
    fault: &mut impl FnMut(String),
) {
    for (name, value) in &it.open_when {
        let field = first.schema.get(name);
        let list = field.and_then(|field| declaration.list_of(field));
        let is_choice = matches!(kind_of(first, name), Some(FieldKind::Choice { .. }));
        if !is_choice || list.is_some_and(|list| list.get(value).is_none()) {
            fault(format!(
                "submission.open_when: `{name}` is no choice field of the first collection with a value `{value}`"
            ));
        }
    }
    if it.open_when.is_empty() != it.closed.is_none() {
        fault("submission: `open_when` and `closed` go together".to_owned());
    }
}

fn is_asked(it: &Submission, name: &str) -> bool {
    it.fields.iter().any(|field| field.name == name)
}

/// What is kept of the other entry, and which of its parts may be named.
fn parts(
    first: &Collection,
    collection: &Collection,
    it: &Submission,
    fault: &mut impl FnMut(String),
) {
    if let Some(about) = &it.about {
        let is_code =
            |of: &Collection, name: &str| matches!(kind_of(of, name), Some(FieldKind::Code { .. }));
        if !is_code(collection, &about.field) || is_asked(it, &about.field) {
            fault(format!(
                "submission.about: `{}` is to be a code field of this collection that nobody is asked for",
                about.field
            ));
        }
        if !is_code(first, &about.from) {
            fault(format!(
                "submission.about: `{}` is no code field of the first collection",
                about.from
            ));
        }
    }
    if let Some(points) = &it.points {
        if !is_line(collection, &points.field) || !is_asked(it, &points.field) {
            fault(format!(
                "submission.points: `{}` is to be a text field of one line that is asked for",
                points.field
            ));
        }
        let is_parted = |name: &&String| {
            let kind = kind_of(first, name);
            !matches!(
                kind,
                Some(FieldKind::Outline { .. } | FieldKind::Rows { .. })
            )
        };
        if let Some(name) = points.from.iter().find(is_parted) {
            fault(format!(
                "submission.points: `{name}` is no structured text and no rows of the first collection"
            ));
        }
    }
    if let Some(name) = &it.received {
        let is_date = matches!(kind_of(collection, name), Some(FieldKind::Date { .. }));
        if !is_date || is_asked(it, name) || !it.is_about() {
            fault(format!(
                "submission.received: `{name}` is to be a date field that nobody is asked for, of a form about an entry"
            ));
        }
    }
    if let Some(name) = &it.alike
        && !(matches!(kind_of(collection, name), Some(FieldKind::Text { .. }))
            && is_asked(it, name))
    {
        fault(format!(
            "submission.alike: `{name}` is no text field that is asked for"
        ));
    }
}

/// How a sender is named.
fn signed(
    declaration: &Declaration,
    collection: &Collection,
    it: &Submission,
    fault: &mut impl FnMut(String),
) {
    let Some(signed) = &it.signed else { return };
    if !is_line(collection, &signed.field) || is_asked(it, &signed.field) {
        fault(format!(
            "submission.signed: `{}` is to be a text field of one line that nobody is asked for",
            signed.field
        ));
    }
    let named = collection.private.get(&signed.name);
    if named.is_none_or(|it| it.kind != PrivateKind::Name) {
        fault(format!(
            "submission.signed: `{}` is no private field of the kind `name`",
            signed.name
        ));
    }
    let field = collection.schema.get(&signed.choice);
    let list = field.and_then(|field| declaration.list_of(field));
    let has = |value: &str| list.is_some_and(|list| list.get(value).is_some());
    if ![SHOWN, MASKED, OFFICE].into_iter().all(has) || !is_asked(it, &signed.choice) {
        fault(format!(
            "submission.signed: `{}` is to be a choice that is asked for, of `{SHOWN}`, `{MASKED}` and `{OFFICE}`",
            signed.choice
        ));
    }
}

/// `[answer]`, `[hold]` and the lists on an entry's page.
pub(super) fn collection(
    declaration: &Declaration,
    collection: &Collection,
    fault: &mut impl FnMut(String),
) {
    answer(collection, fault);
    hold(declaration, collection, fault);
    for list in &collection.view.detail.lists {
        one_list(declaration, collection, list, fault);
    }
}

fn answer(collection: &Collection, fault: &mut impl FnMut(String)) {
    if let Some(answer) = &collection.answer {
        let asked = collection.submission.iter().flat_map(|it| &it.fields);
        let asked: Vec<&str> = asked.map(|it| it.name.as_str()).collect();
        if asked.is_empty() {
            fault("[answer]: nothing is sent to this collection: add [submission]".to_owned());
        }
        let is_wrong = |name: &&String| {
            !collection.schema.contains_key(*name) || asked.contains(&name.as_str())
        };
        if let Some(name) = answer.fields.iter().find(is_wrong) {
            fault(format!(
                "answer.fields: `{name}` is no field of [schema] that the office alone fills"
            ));
        }
        if let Some(name) = answer
            .required
            .iter()
            .find(|it| !answer.fields.contains(it))
        {
            fault(format!("answer.required: `{name}` is not in answer.fields"));
        }
        if answer.required.is_empty() {
            fault(
                "answer.required: name at least one field: without it nothing is an answer"
                    .to_owned(),
            );
        }
        let flow = crate::workflow::named(&collection.workflow.id);
        if flow.is_some_and(|flow| flow.answers.is_empty()) {
            fault("[answer]: choose the workflow `moderation`".to_owned());
        }
    }
}

fn hold(declaration: &Declaration, collection: &Collection, fault: &mut impl FnMut(String)) {
    if let Some(hold) = &collection.hold {
        if !collection.schema.contains_key(&hold.field) {
            fault(format!("hold.field: there is no field `{}`", hold.field));
        }
        let other = declaration.collections.get(&hold.answers);
        let answers = other.is_some_and(|it| {
            it.answer.is_some() && it.submission.as_ref().is_some_and(Submission::is_about)
        });
        if !answers || collection.path.is_some() {
            fault(format!(
                "hold.answers: `{}` is to be a collection with [answer] whose entries are sent about those of the first one",
                hold.answers
            ));
        }
    }
}

fn one_list(
    declaration: &Declaration,
    collection: &Collection,
    list: &DetailList,
    fault: &mut impl FnMut(String),
) {
    let Some(other) = declaration.collections.get(&list.collection) else {
        fault(format!(
            "view.detail.lists: there is no collection `{}`",
            list.collection
        ));
        return;
    };
    let filtered = |name: &str, kind: IndexType| {
        other.index.get(name).is_some_and(|it| it.kind == kind)
            && other.view.list.filters.iter().any(|it| it == name)
    };
    if !filtered(&list.index, IndexType::Code) {
        fault(format!(
            "view.detail.lists: `{}` is no code index among the filters of `{}`",
            list.index, list.collection
        ));
    }
    if let Some(points) = &list.points
        && !filtered(points, IndexType::Text)
    {
        fault(format!(
            "view.detail.lists: `{points}` is no text index among the filters of `{}`",
            list.collection
        ));
    }
    if !matches!(kind_of(collection, &list.is), Some(FieldKind::Code { .. })) {
        fault(format!(
            "view.detail.lists: `{}` is no code field of this collection",
            list.is
        ));
    }
}

fn is_line(collection: &Collection, name: &str) -> bool {
    let kind = kind_of(collection, name);
    matches!(
        kind,
        Some(FieldKind::Text {
            multiline: false,
            ..
        })
    )
}
