use serde_json::{Value, json};

use super::read;
use crate::declaration::tests::{MANIFEST, NOTE};
use crate::declaration::{CONSENT_FIELD, Declaration, DeclarationFault, PluginFiles};
use crate::entry::Body;

const ASKED: &str = r#"
[private.name]
kind = "name"
label = "note.name"
access = "personal"
required = true
[private.mail]
kind = "email"
label = "note.mail"
access = "personal"
[private.phone]
kind = "phone"
label = "note.phone"
access = "personal"
[submission]
path = "gui"
title = "send.title"
button = "send.button"
intro = "send.intro"
consent = "send.consent"
fields = [
    { name = "code" }, { name = "subject", help = "send.help" }, { name = "written_on" },
    { name = "name" }, { name = "mail" }, { name = "phone" },
]
"#;

fn declared(submission: &str) -> Result<Declaration, Vec<DeclarationFault>> {
    let mut files: PluginFiles = crate::declaration::tests::files();
    let note = NOTE.replace("id = \"register\"", "id = \"moderation\"");
    assert!(note.contains("moderation") && MANIFEST.contains("note"));
    let file = format!("{note}{submission}");
    files.insert("collections/note.toml".to_owned(), file.into_bytes());
    Declaration::parse(&files)
}

fn told(submission: &str) -> String {
    let faults = declared(submission).unwrap_err();
    faults
        .iter()
        .map(|it| format!("{}\n", it.message))
        .collect()
}

fn sent(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    pairs.iter().map(owned).collect()
}

const GOOD: [(&str, &str); 6] = [
    ("code", "01/KN"),
    ("subject", "Đèn đường"),
    ("written_on", "5/3/2014"),
    ("name", "Nguyễn Thị Lan"),
    ("phone", "0912 345 678"),
    (CONSENT_FIELD, "1"),
];

fn read_with(change: &[(&str, &str)]) -> super::Read {
    let declaration = declared(ASKED).unwrap();
    let collection = &declaration.collections["note"];
    let mut pairs = GOOD.to_vec();
    for (name, value) in change {
        pairs.retain(|(known, _)| known != name);
        pairs.push((name, value));
    }
    let submission = collection.submission.as_ref().unwrap();
    read(
        &declaration,
        collection,
        submission,
        (&sent(&pairs), Body::new()),
    )
    .unwrap()
}

#[test]
fn the_text_and_what_only_the_office_reads_part_here() {
    let it = read_with(&[]);
    assert_eq!(it.faults, []);
    assert_eq!(it.body["subject"], json!("Đèn đường"));
    assert_eq!(it.body["written_on"], json!("2014-03-05"));
    assert_eq!(it.private["name"], json!("Nguyễn Thị Lan"));
    let text = Value::Object(it.body).to_string();
    assert!(!text.contains("Lan") && !text.contains("0912"), "{text}");
}

#[test]
fn everything_wrong_is_told_at_once_and_what_was_typed_is_kept() {
    let it = read_with(&[
        ("subject", ""),
        ("written_on", "31/2/2014"),
        ("mail", "lan@example.vn\nBcc: all@example.vn"),
        ("phone", "call me"),
        (CONSENT_FIELD, ""),
    ]);
    let mut wrong: Vec<(&str, &str)> = it
        .faults
        .iter()
        .map(|it| (it.path.as_str(), it.message_key.as_str()))
        .collect();
    wrong.sort_unstable();
    assert_eq!(
        wrong,
        [
            (CONSENT_FIELD, "fault.consent"),
            ("mail", "fault.control-character"),
            ("phone", "fault.phone"),
            ("subject", "fault.missing"),
            ("written_on", "fault.date-typed"),
        ]
    );
    assert_eq!(it.typed["phone"], json!("call me"));
    for bad in [
        "a@b",
        "a b@example.vn",
        "@example.vn",
        "a@-x.vn",
        "a@x..vn",
        "a,b@example.vn",
    ] {
        assert_eq!(read_with(&[("mail", bad)]).faults.len(), 1, "{bad}");
    }
    assert_eq!(read_with(&[("mail", "lan.nguyen@example.vn")]).faults, []);
}

#[test]
fn what_no_browser_sends_is_refused_by_name() {
    let declaration = declared(ASKED).unwrap();
    let collection = &declaration.collections["note"];
    let submission = collection.submission.as_ref().unwrap();
    let told = |pairs: &[(&str, &str)]| {
        read(
            &declaration,
            collection,
            submission,
            (&sent(pairs), Body::new()),
        )
        .unwrap_err()
    };
    assert_eq!(told(&[("state", "open")]), "state");
    assert_eq!(told(&[("code", "1"), ("code", "2")]), "code");
}

#[test]
fn a_declaration_says_what_is_wrong_with_its_form() {
    let without_consent = ASKED.replace("consent = \"send.consent\"\n", "");
    assert!(told(&without_consent).contains("submission.consent"));
    let unknown = ASKED.replace("{ name = \"mail\" }", "{ name = \"post\" }");
    assert!(told(&unknown).contains("there is no field `post`"));
    let list = ASKED.replace("{ name = \"mail\" }", "{ name = \"tags\" }");
    assert!(told(&list).contains("`tags` is of a kind that citizens cannot send"));
    let forgotten = ASKED.replace("{ name = \"code\" }, ", "");
    assert!(told(&forgotten).contains("`code` is needed"));
    for path in ["", "a/b", "{slug}/ban-in", "feed.atom", "nam/{year}"] {
        let bad = ASKED.replace("path = \"gui\"", &format!("path = \"{path}\""));
        assert!(told(&bad).contains("submission.path"), "{path}");
    }
    let leak = format!("{ASKED}\n[index.mail]\ntype = \"text\"\n");
    assert!(told(&leak).contains("there is no field `mail`"));
    let both = ASKED.replace("[private.mail]", "[private.subject]");
    assert!(told(&both).contains("[schema] and in [private]"));
    let alone = ASKED.split("[submission]").next().unwrap();
    assert!(told(alone).contains("without [submission]"));
}

#[test]
fn files_are_asked_for_as_many_as_an_office_opens_and_come_from_elsewhere() {
    let with_files = ASKED.replace("{ name = \"written_on\" }", "{ name = \"files\" }");
    let all = told(&with_files);
    assert!(
        all.contains("`files` takes 50 files: max_items is at most 5 where citizens send them"),
        "{all}"
    );
    let mut files: PluginFiles = crate::declaration::tests::files();
    let note = NOTE.replace("id = \"register\"", "id = \"moderation\"");
    let note = note.replace("kind = \"files\"", "kind = \"files\"\nmax_items = 2");
    files.insert(
        "collections/note.toml".to_owned(),
        format!("{note}{with_files}").into_bytes(),
    );
    let declaration = Declaration::parse(&files).unwrap();
    let collection = &declaration.collections["note"];
    let submission = collection.submission.as_ref().unwrap();
    assert!(submission.takes_files(collection));
    let came = |count: usize| {
        let item = |at: usize| json!({"file": format!("f{at}"), "name": "tep.pdf"});
        let list: Vec<Value> = (0..count).map(item).collect();
        let body: Body = [("files".to_owned(), Value::Array(list))]
            .into_iter()
            .collect();
        let pairs: Vec<_> = GOOD
            .iter()
            .filter(|it| it.0 != "written_on")
            .copied()
            .collect();
        read(&declaration, collection, submission, (&sent(&pairs), body)).unwrap()
    };
    let kept = came(2);
    assert_eq!(kept.faults, []);
    assert_eq!(kept.body["files"].as_array().unwrap().len(), 2);
    assert_eq!(came(3).faults[0].message_key, "fault.too-many");
    // As a text nothing is a file.
    let pairs = [("files", "f1")];
    let refused = read(
        &declaration,
        collection,
        submission,
        (&sent(&pairs), Body::new()),
    );
    assert_eq!(refused.unwrap_err(), "files");
}
