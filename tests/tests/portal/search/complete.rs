//! Đ4.9.a: search is complete. Whatever a reader can read on a page or in its files finds it: every
//! field that the collection declares and every kind of file, by words with marks, without, and
//! decomposed. A field that is declared tomorrow is tried here without a word.

use dinh_domain::dates::LocalDate;
use dinh_domain::declaration::{Collection, Declaration, FieldKind};
use dinh_domain::ids::CollectionId;
use dinh_domain::index;
use dinh_domain::vietnamese::fold;
use dinh_tests::{COLLECTION, DAY, Document, TestPortal, office};
use serde_json::json;

/// Something that was hidden in a document of its own number.
struct Planted {
    place: String,
    number: String,
    /// Questions that must find it.
    questions: Vec<String>,
}

/// Gives every document a number and a phrase that occurs nowhere else.
struct Planter<'a> {
    portal: &'a TestPortal,
    count: usize,
    planted: Vec<Planted>,
}

impl Planter<'_> {
    fn number(&self) -> String {
        format!("{}/2026/QĐ-THỬ", 700 + self.count)
    }

    fn phrase(&self) -> String {
        let letter = |at: usize| char::from(b'a' + u8::try_from(at % 26).unwrap());
        let (one, two) = (letter(self.count / 26), letter(self.count));
        format!("zẩ{one}{two} dặ{two}{one}z xỗ{one}z{two}")
    }

    /// In all spellings in which people type it.
    async fn words(&mut self, place: &str, make: impl Fn(&str) -> Document) {
        let phrase = self.phrase();
        let decomposed = phrase
            .replace('ẩ', "a\u{302}\u{309}")
            .replace('ặ', "a\u{323}\u{306}")
            .replace('ỗ', "o\u{302}\u{303}");
        let questions = vec![phrase.clone(), fold(&phrase), decomposed];
        self.put(place, questions, make(&phrase)).await;
    }

    async fn put(&mut self, place: &str, questions: Vec<String>, document: Document) {
        let number = self.number();
        let document = document.with("number", number.as_str());
        self.portal.post(document).await;
        self.planted.push(Planted {
            place: place.to_owned(),
            number,
            questions,
        });
        self.count += 1;
    }

    async fn field(&mut self, declaration: &Declaration, collection: &Collection, name: &str) {
        let base = Document::new("1/QĐ");
        let field = collection.schema.get(name).unwrap();
        match &field.kind {
            FieldKind::Text { .. } => {
                self.words(name, |words| base.clone().with(name, words))
                    .await;
            }
            FieldKind::Texts { .. } => {
                let make = |words: &str| base.clone().with(name, json!(["Khác", words]));
                self.words(name, make).await;
            }
            FieldKind::Outline { .. } => {
                let heading =
                    |words: &str| base.clone().with(name, format!("Điều 7. {words}\nChữ"));
                self.words(&format!("{name}: heading"), heading).await;
                let text =
                    |words: &str| base.clone().with(name, format!("Điều 7. Chữ\n1. {words}"));
                self.words(&format!("{name}: text"), text).await;
            }
            FieldKind::Relations { .. } => {
                let list = declaration.list_of(field).unwrap();
                let kind = list.values.first().unwrap().id.clone();
                let target = format!("{}/1999/QĐ-CŨ", 5_000 + self.count);
                let make = |label: &str| {
                    let edge = json!({"kind": kind, "target": target, "label": label});
                    base.clone().with(name, json!([edge]))
                };
                self.words(&format!("{name}: label"), make).await;
                let target = format!("{}/1999/QĐ-CŨ", 5_000 + self.count);
                let edge = json!([{"kind": kind, "target": target}]);
                let questions = vec![target.clone(), fold(&target)];
                let document = base.with(name, edge);
                self.put(&format!("{name}: number"), questions, document)
                    .await;
            }
            FieldKind::Code { .. } => {
                let number = self.number();
                self.put(name, vec![number.clone(), fold(&number)], base)
                    .await;
            }
            FieldKind::Choice { .. } => self.choice(declaration, collection, name).await,
            FieldKind::Files { .. } => self.files().await,
            FieldKind::Rows { .. } => {
                panic!("`{name}`: rows are proved where a collection has some")
            }
            FieldKind::Table {} => {
                panic!("`{name}`: a table is proved where a collection has one (statistics::table)")
            }
            // A day and a count are found by the filters of the list.
            FieldKind::Date { .. } | FieldKind::Instant {} | FieldKind::Integer {} => {}
        }
    }

    /// Each word of a value's name, with a word that only this document has.
    async fn choice(&mut self, declaration: &Declaration, collection: &Collection, name: &str) {
        let list = declaration
            .list_of(collection.schema.get(name).unwrap())
            .unwrap();
        let today = LocalDate::parse(DAY).unwrap();
        for value in &list.values {
            let rare = self.phrase().split(' ').next().unwrap().to_owned();
            let document = Document::new("1/QĐ")
                .with("abstract", rare.as_str())
                .with(name, value.id.as_str());
            let body = document.body();
            let (counts, _) = index::effective_choice(collection, body, name, today.into());
            let label = list.get(&counts.unwrap()).unwrap().name("vi").to_owned();
            let words = label
                .split_whitespace()
                .map(|word| format!("{word} {rare}"));
            let questions = words.collect();
            self.put(&format!("{name}: {}", value.id), questions, document)
                .await;
        }
    }

    async fn files(&mut self) {
        for (ending, make) in office::KINDS {
            let file = |words: &str| {
                let name = format!("phu-luc.{ending}");
                Document::new("1/QĐ").with_file(&name, make(words))
            };
            self.words(&format!("the text of a file, {ending}"), file)
                .await;
        }
        let named = |words: &str| {
            let name = format!("{words}.odt");
            Document::new("1/QĐ").with_file(&name, office::odt("Chữ"))
        };
        self.words("the name of a file", named).await;
    }
}

#[tokio::test]
async fn a_phrase_in_any_field_or_kind_of_file_finds_its_entry() {
    let portal = TestPortal::demo().await;
    let id = CollectionId::parse(COLLECTION).unwrap();
    let (plugin, collection) = portal.portal().plugins().collection(&id).unwrap();
    let mut planter = Planter {
        portal: &portal,
        count: 0,
        planted: Vec::new(),
    };
    for name in collection.schema.keys() {
        planter.field(&plugin.declaration, collection, name).await;
    }
    let source = |words: &str| Document::new("1/QĐ").from_source(words);
    planter.words("@source", source).await;
    let planted = planter.planted;
    // A machine with much to do reads some files after the request that brought them.
    portal.portal().read_missing_files().await.unwrap();
    let (mut asked, mut missed) = (0, Vec::new());
    for Planted {
        place,
        number,
        questions,
    } in planted
    {
        for question in questions {
            asked += 1;
            let found = portal.visitor().search("localhost", &question).await;
            let rows = found.assert_status(200).page().rows();
            if !rows.iter().any(|row| row.words.contains(&number)) {
                missed.push(format!("{place}: “{question}”"));
            }
        }
    }
    assert_eq!(missed, Vec::<String>::new(), "of {asked} questions");
    assert!(asked > 100, "only {asked} questions were asked");
}
