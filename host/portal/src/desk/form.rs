//! The form by which people write: made from the declaration, for a new entry or one on the desk.

mod find;
mod send;
mod show;

pub use send::{MAX_TYPED_BYTES, Sent};

use dinh_domain::dates::{Instant, LocalDate};
use dinh_domain::declaration::{Collection, Field};
use dinh_domain::entry::Body;
use dinh_domain::entry_form::TypedField;
use dinh_domain::ids::{CollectionId, EntryId, RevisionId, SiteId};
use dinh_domain::people::Staff;
use dinh_domain::site::Site;
use dinh_domain::workflow::Refusal;
use dinh_store::DeskEntry;

use super::put::CREATED;
use super::write::may_write;
use super::{Done, Undone};
use crate::failure::Failure;
use crate::plugins::LoadedPlugin;
use crate::portal::Portal;
use crate::post::NewFile;

/// What a form writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormOf {
    /// A new entry.
    New {
        /// On this site.
        site: SiteId,
        /// Of this type.
        collection: CollectionId,
    },
    /// An entry that there is.
    Known(EntryId),
}

/// Something that somebody may begin to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beginning {
    /// The site.
    pub site: SiteId,
    /// Its name.
    pub site_name: String,
    /// The type.
    pub collection: CollectionId,
    /// Its name, in Vietnamese.
    pub kind: String,
}

/// A form with what is typed in it.
#[derive(Debug, Clone)]
pub struct EntryForm {
    /// What it writes.
    pub of: FormOf,
    /// Name of the site.
    pub site: String,
    /// Name of the type, in Vietnamese.
    pub kind: String,
    /// Title of the entry; none of a new one.
    pub title: Option<String>,
    /// The revision that it began from; none of a new entry.
    pub revision: Option<RevisionId>,
    /// Source to name; none where a field names it.
    pub source: Option<String>,
    /// What it is called where it answers what a citizen sent.
    pub answer: Option<String>,
    /// What a citizen sent, which this answers: it stays as it is.
    pub answered: Vec<(String, String)>,
    /// Its fields, in the order of the declaration.
    pub fields: Vec<EntryField>,
    /// Ids of the files that the entry has.
    pub saved_files: Vec<String>,
    /// What is wrong as a whole.
    pub faults: Vec<String>,
    /// Somebody else wrote meanwhile.
    pub meanwhile: Option<Meanwhile>,
    /// It cannot be kept in the state that the entry is in by now; `faults` says which.
    pub is_closed: bool,
}

/// What somebody else wrote while a form was open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meanwhile {
    /// Who.
    pub by: String,
    /// When.
    pub at: Instant,
    /// Names of the fields that they alone changed: the form has their words now.
    pub taken: Vec<String>,
    /// Fields that both changed, with their words; the form has one's own.
    pub both: Vec<(String, String)>,
}

/// What one field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryInput {
    /// A line.
    Line,
    /// Some lines.
    Text,
    /// A long text with its structure.
    Outline,
    /// A date.
    Date,
    /// A day and a time of day.
    Instant,
    /// A whole number.
    Integer,
    /// A value of a list.
    Choice,
    /// Lines, one for each item.
    Lines,
    /// Rows of a table, with an input for each cell.
    Rows,
    /// Edges to other entries.
    Edges,
    /// Files.
    Files,
    /// A table, which is uploaded on a page of its own.
    Table,
}

/// A field of a form.
#[derive(Debug, Clone)]
pub struct EntryField {
    /// Its name in the declaration.
    pub name: String,
    /// What people call it.
    pub label: String,
    /// What it takes.
    pub input: EntryInput,
    /// An entry without it is not approved.
    pub needed: bool,
    /// Longest text of one input, in characters.
    pub max_chars: Option<usize>,
    /// Most items of a list.
    pub max_items: Option<usize>,
    /// Ids and names of what can be chosen.
    pub choices: Vec<(String, String)>,
    /// Columns of a table, in order.
    pub columns: Vec<EntryColumn>,
    /// Media types of files that are taken.
    pub media_types: Vec<String>,
    /// What is typed.
    pub typed: TypedField,
    /// What is wrong, with the row that it is about.
    pub faults: Vec<(Option<usize>, String)>,
    /// Whether one more row was asked for.
    pub more: bool,
    /// What was found for the words in a row.
    pub found: Option<FoundTargets>,
}

/// A column of a table in a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryColumn {
    /// Its name in the declaration.
    pub name: String,
    /// What people call it.
    pub label: String,
    /// Whether it holds whole numbers.
    pub is_number: bool,
    /// A row without it is no row.
    pub needed: bool,
    /// Longest text, in characters.
    pub max_chars: usize,
}

/// Entries that an edge may lead to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundTargets {
    /// The row whose words were looked for.
    pub row: usize,
    /// Codes and titles, the best first; may be empty.
    pub targets: Vec<(String, String)>,
}

/// The button by which a form was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Button {
    /// Keep the text.
    Save,
    /// One more row for a field; nothing is kept.
    More(String),
    /// An edge of a field, in one of its rows, leads to this code; nothing is kept.
    Take(String, usize, String),
    /// Look for what an edge of a field leads to, by the words in one of its rows; nothing is kept.
    Find(String, usize),
}

/// A form as it was sent.
#[derive(Debug, Clone)]
pub struct SentForm {
    /// What it writes.
    pub of: FormOf,
    /// The revision that it began from.
    pub began_from: Option<RevisionId>,
    /// Names and values, as sent.
    pub fields: Vec<(String, String)>,
    /// Source to name.
    pub source: Option<String>,
    /// New files, by field.
    pub files: Vec<NewFile>,
    /// How it was sent.
    pub button: Button,
}

/// Where a form stands: what it is of, and who may write it.
pub(super) struct Place<'a> {
    pub(super) plugin: &'a LoadedPlugin,
    pub(super) collection: &'a Collection,
    pub(super) id: CollectionId,
    pub(super) site: Site,
    pub(super) known: Option<DeskEntry>,
    pub(super) today: LocalDate,
}

impl Place<'_> {
    /// The fields that are written here: of what a citizen sent, those of the office's answer.
    fn fields(&self) -> impl Iterator<Item = (&String, &Field)> {
        let answer = self.collection.answer.as_ref();
        let fields = self.collection.schema.iter();
        fields.filter(move |(name, _)| answer.is_none_or(|it| it.fields.contains(name)))
    }

    /// The text that there is.
    pub(super) fn body(&self) -> Body {
        let known = self.known.as_ref();
        known.map_or_else(Body::new, |it| it.working.entry.body.clone())
    }

    fn words(&self) -> impl Fn(&str) -> String {
        |key| self.plugin.text("vi", key)
    }

    fn revision(&self) -> Option<&RevisionId> {
        self.known.as_ref().map(|it| &it.working.entry.revision)
    }
}

impl Portal {
    /// What somebody may begin to write, by site and type.
    pub async fn beginnings(&self, staff: &Staff) -> Result<Vec<Beginning>, Failure> {
        let directory = self.directory().await?;
        let mut found = Vec::new();
        for site in &directory.sites {
            for module in directory.enabled_modules(&site.id) {
                let Some(plugin) = self.plugins().get(&module.plugin) else {
                    continue;
                };
                for (id, collection) in plugin.collections() {
                    if self.begins(staff, &directory, site, &id) {
                        found.push(Beginning {
                            site: site.id.clone(),
                            site_name: site.name.clone(),
                            kind: plugin.text("vi", &collection.label),
                            collection: id,
                        });
                    }
                }
            }
        }
        Ok(found)
    }

    /// Where a form stands, if somebody may see it, and whether they may write it now.
    pub(super) async fn form_place(
        &self,
        staff: &Staff,
        of: &FormOf,
    ) -> Result<Done<(Place<'_>, Done<()>)>, Failure> {
        let directory = self.directory().await?;
        let (known, site, id) = match of {
            FormOf::Known(id) => {
                let scope = self.desk_scope_at(staff, &directory, id).await?;
                let Some(known) = self.store().desk_entry(&scope, id).await? else {
                    return Ok(Err(Undone::NotFound));
                };
                let entry = &known.working.entry;
                let (site, id) = (entry.site.clone(), entry.collection.clone());
                (Some(known), site, id)
            }
            FormOf::New { site, collection } => (None, site.clone(), collection.clone()),
        };
        let Some(site) = directory.site(&site).cloned() else {
            return Ok(Err(Undone::NotFound));
        };
        if self.plugins().collection(&id).is_none() {
            return Ok(Err(Undone::NotFound));
        }
        if known.is_none() && !self.begins(staff, &directory, &site, &id) {
            let refusal = Refusal::NotAllowed(CREATED.to_owned());
            return Ok(Err(Undone::Refused(refusal)));
        }
        let (plugin, collection, workflow) = self.declared_of(&id)?;
        let may = match &known {
            Some(known) => may_write(staff, &directory, (collection, workflow), known).map(|_| ()),
            None => Ok(()),
        };
        let place = Place {
            plugin,
            collection,
            id,
            today: self.now().date_in(&site.zone()),
            site,
            known,
        };
        Ok(Ok((place, may)))
    }

    /// The form for somebody who may write, filled with the text that there is.
    pub async fn entry_form(&self, staff: &Staff, of: &FormOf) -> Result<Done<EntryForm>, Failure> {
        Ok(match self.form_place(staff, of).await? {
            Ok((place, Ok(()))) => Ok(show::form(&place, of, show::Filled::of(&place))),
            Ok((_, Err(undone))) | Err(undone) => Err(undone),
        })
    }
}
