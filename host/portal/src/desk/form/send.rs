//! A form that was sent: what came with it is kept, and so is the text where all of it is right.
//! Otherwise the form comes back with everything that was typed, its files among it.

use dinh_domain::body::MAX_BODY_BYTES;
use dinh_domain::entry::Body;
use dinh_domain::entry_form::{Typed, TypedField, TypedFile};
use dinh_domain::fault::Fault;
use dinh_domain::ids::{FileId, RevisionId};
use dinh_domain::people::Staff;
use dinh_domain::visibility::Actor;
use dinh_store::StoredFile;
use serde_json::{Value, json};

use super::show::{self, Filled};
use super::{Button, EntryForm, Meanwhile, Place, SentForm};
use crate::desk::open::told;
use crate::desk::{Done, Text, Undone, Written};
use crate::failure::Failure;
use crate::portal::Portal;
use crate::post::NewFile;

/// Longest text of all fields together as it is typed, in bytes.
pub const MAX_TYPED_BYTES: usize = MAX_BODY_BYTES;

/// What became of a form.
#[derive(Debug)]
pub enum Sent {
    /// The text is kept.
    Saved(Written),
    /// It is not, or not yet: the form with what was typed.
    Again(Box<EntryForm>),
}

/// How often a form is worked out anew because somebody wrote at the same moment.
const TRIES_MAX: usize = 3;

impl Portal {
    /// Takes a form of somebody who may write.
    pub async fn send_form(
        &self,
        staff: &Staff,
        mut sent: SentForm,
    ) -> Result<Done<Sent>, Failure> {
        let files = std::mem::take(&mut sent.files);
        let (place, may) = match self.form_place(staff, &sent.of).await? {
            Ok(found) => found,
            Err(undone) => return Ok(Err(undone)),
        };
        let mut typed = read(&place, &sent)?;
        let row = pressed(&sent.button, &mut typed);
        match may {
            Ok(()) => {}
            Err(Undone::NotWritable { state }) => {
                self.uploads_of(staff, &place, &mut typed).await?;
                let form = closed(&place, &sent, typed, &state);
                return Ok(Ok(Sent::Again(Box::new(form))));
            }
            Err(undone) => return Ok(Err(undone)),
        }
        let faults = self.keep_uploads(staff, &place, files, &mut typed).await?;
        for _ in 0..TRIES_MAX {
            match self
                .sent_once(staff, &sent, (typed.clone(), row), &faults)
                .await?
            {
                Err(Undone::Changed { .. }) => {}
                done => return Ok(done),
            }
        }
        Err(Failure::Unavailable {
            cause: "others write the same entry again and again".to_owned(),
        })
    }

    /// Keeps the text where all of it is right and nobody wrote meanwhile; otherwise the form again.
    async fn sent_once(
        &self,
        staff: &Staff,
        sent: &SentForm,
        (mut typed, row): (Typed, Option<usize>),
        faults: &[Fault],
    ) -> Result<Done<Sent>, Failure> {
        let place = match self.form_place(staff, &sent.of).await? {
            Ok((place, Ok(()))) => place,
            Ok((place, Err(Undone::NotWritable { state }))) => {
                let form = closed(&place, sent, typed, &state);
                return Ok(Ok(Sent::Again(Box::new(form))));
            }
            Ok((_, Err(undone))) | Err(undone) => return Ok(Err(undone)),
        };
        let came = self.uploads_of(staff, &place, &mut typed).await?;
        let meanwhile = match (&sent.began_from, place.revision()) {
            (Some(began_from), Some(now)) if began_from != now => {
                self.lay_over(&place, began_from, &mut typed).await?
            }
            _ => None,
        };
        let mut filled = Filled {
            typed,
            source: sent.source.clone(),
            faults: faults.to_vec(),
            button: sent.button.clone(),
            found: None,
            meanwhile,
            is_closed: false,
        };
        if let (Button::Find(name, _), Some(row)) = (&sent.button, row) {
            filled.found = self.targets(&place, &filled.typed, (name, row)).await?;
        }
        if sent.button == Button::Save && filled.meanwhile.is_none() {
            match self.kept(staff, (&place, sent), &filled, &came).await? {
                Ok(written) => return Ok(Ok(Sent::Saved(written))),
                Err(Undone::Faults(faults)) => filled.faults = faults,
                Err(undone) => return Ok(Err(undone)),
            }
        }
        let form = show::form(&place, &sent.of, filled);
        Ok(Ok(Sent::Again(Box::new(form))))
    }

    async fn kept(
        &self,
        staff: &Staff,
        (place, sent): (&Place<'_>, &SentForm),
        filled: &Filled,
        came: &[Value],
    ) -> Result<Done<Written>, Failure> {
        let mut faults = filled.faults.clone();
        let base = place.body();
        let body = filled
            .typed
            .body(place.collection, (&base, &place.words()), came);
        let body = match body {
            Ok(body) if faults.is_empty() => body,
            Ok(_) => return Ok(Err(Undone::Faults(faults))),
            Err(more) => {
                faults.extend(more);
                return Ok(Err(Undone::Faults(faults)));
            }
        };
        let source = sent.source.clone();
        let text = Text {
            of: place.known.as_ref().map(|it| {
                let entry = &it.working.entry;
                (entry.id.clone(), entry.revision.clone())
            }),
            site: place.site.id.clone(),
            collection: place.id.clone(),
            body,
            source: source.filter(|it| !it.trim().is_empty()),
            files: Vec::new(),
        };
        match self.write_text(staff, text).await? {
            // Between reading and writing: the next try says so.
            Err(Undone::NotWritable { .. }) => Ok(Err(Undone::Changed {
                revision: place
                    .revision()
                    .cloned()
                    .unwrap_or_else(dinh_store::new_revision_id),
                by: String::new(),
            })),
            done => Ok(done),
        }
    }

    /// Keeps files for whoever sent them, and names them in the form.
    async fn keep_uploads(
        &self,
        staff: &Staff,
        place: &Place<'_>,
        files: Vec<NewFile>,
        typed: &mut Typed,
    ) -> Result<Vec<Fault>, Failure> {
        let directory = self.directory().await?;
        let visit = self.visit(&directory, place.site.clone(), Actor::Staff(staff.clone()))?;
        let mut faults = Vec::new();
        for file in files {
            let field = file.field.clone();
            let (stored, item) = match self.shelve(&visit, place.collection, file).await? {
                Ok(kept) => kept,
                Err(fault) => {
                    faults.push(fault);
                    continue;
                }
            };
            let mut tx = self.store().begin_write().await?;
            tx.put_file(&stored).await?;
            tx.put_upload(&stored.id, staff.account.as_str(), visit.now)
                .await?;
            tx.commit().await?;
            let part = |name: &str| item.get(name).and_then(Value::as_str).unwrap_or_default();
            let file = TypedFile {
                file: part("file").to_owned(),
                name: part("name").to_owned(),
                label: part("label").to_owned(),
                is_removed: false,
            };
            typed.attach(&field, file);
        }
        Ok(faults)
    }

    /// Files of the form that came with it now or before, as bodies name them; and the names of all
    /// its files, which the form does not send.
    async fn uploads_of(
        &self,
        staff: &Staff,
        place: &Place<'_>,
        typed: &mut Typed,
    ) -> Result<Vec<Value>, Failure> {
        let base = Typed::of(place.collection, &place.body(), &place.words());
        let held: Vec<TypedFile> = files(&base).cloned().collect();
        let new = files(typed).filter(|file| !held.iter().any(|it| it.file == file.file));
        let new: Vec<FileId> = new.filter_map(|it| FileId::new(&it.file).ok()).collect();
        let whose = (staff.account.as_str(), &place.site.id);
        let mut came = self.store().uploads(whose, &new).await?;
        if let Some(known) = &place.known {
            // Somebody took it out meanwhile.
            let entry = &known.working.entry.id;
            came.extend(self.store().entry_files(entry, &new).await?);
        }
        for field in typed.0.values_mut() {
            let TypedField::Files(files) = field else {
                continue;
            };
            for file in files {
                let own = held.iter().find(|it| it.file == file.file);
                let own = own.map(|it| it.name.clone());
                let uploaded = came.iter().find(|it| it.id.as_str() == file.file);
                let name = own.or_else(|| uploaded.map(|it| it.name.clone()));
                file.name = name.unwrap_or_default();
            }
        }
        Ok(came.iter().map(item).collect())
    }

    /// Somebody else wrote meanwhile. What only they changed goes into the form.
    async fn lay_over(
        &self,
        place: &Place<'_>,
        began_from: &RevisionId,
        typed: &mut Typed,
    ) -> Result<Option<Meanwhile>, Failure> {
        let Some(known) = &place.known else {
            return Ok(None);
        };
        let entry = &known.working.entry;
        let lines = self.store().revision_lines(&entry.id).await?;
        let began = lines.iter().find(|it| it.id == *began_from);
        let began = match began {
            Some(line) => self.store().revision_of(&entry.id, line.number).await?,
            None => None,
        };
        // A revision that this entry never had is as good as none: everything may differ.
        let began = began.map_or_else(Body::new, |it| it.body);
        let words = place.words();
        let base = Typed::of(place.collection, &began, &words);
        let theirs = Typed::of(place.collection, &entry.body, &words);
        let merged = std::mem::take(typed).over(&base, &theirs);
        *typed = merged.typed;
        let label = |name: &String| {
            let field = place.collection.schema.get(name);
            field.map_or_else(|| name.clone(), |it| words(&it.label))
        };
        let both = merged.both.iter().map(|name| {
            let words = told(place.plugin, place.collection, &entry.body, name);
            (label(name), words.unwrap_or_default())
        });
        let newest = lines.first();
        let by = match newest {
            Some(line) => self.name_of(&line.by).await?,
            None => String::new(),
        };
        Ok(Some(Meanwhile {
            by,
            at: newest.map_or(entry.changed_at, |it| it.at),
            taken: merged.taken.iter().map(label).collect(),
            both: both.collect(),
        }))
    }
}

fn read(place: &Place<'_>, sent: &SentForm) -> Result<Typed, Failure> {
    let typed = Typed::read(place.collection, &sent.fields);
    typed.map_err(|name| Failure::BadRequest {
        detail: format!("Biểu mẫu này không có mục “{name}”. Xin mở lại biểu mẫu."),
    })
}

/// Does what a button says with the rows as they were sent, and leaves out the empty ones. The row that
/// is looked for, as it is counted then.
fn pressed(button: &Button, typed: &mut Typed) -> Option<usize> {
    if let Button::Take(name, row, code) = button
        && let Some(TypedField::Edges(edges)) = typed.0.get_mut(name)
        && let Some(edge) = edges.get_mut(*row)
    {
        edge.target.clone_from(code);
    }
    let row = match button {
        Button::Find(name, row) => (name.as_str(), *row),
        _ => ("", 0),
    };
    typed.without_empty_rows(row)
}

/// The form of an entry that cannot be written any more, with what was typed.
fn closed(place: &Place<'_>, sent: &SentForm, typed: Typed, state: &str) -> EntryForm {
    let fault = Fault::new("", "fault.not-writable").with("state", state);
    let filled = Filled {
        typed,
        source: sent.source.clone(),
        faults: vec![fault],
        button: Button::Save,
        found: None,
        meanwhile: None,
        is_closed: true,
    };
    show::form(place, &sent.of, filled)
}

fn files(typed: &Typed) -> impl Iterator<Item = &TypedFile> {
    let fields = typed.0.values().filter_map(|field| match field {
        TypedField::Files(files) => Some(files),
        _ => None,
    });
    fields.flatten()
}

fn item(file: &StoredFile) -> Value {
    json!({"file": file.id.as_str(), "name": file.name, "sha256": file.hash})
}
