//! Files that come with a form: each is kept as it comes, and a ticket in the form names it from then on, so that a
//! mistake in a word costs nobody a second upload. Nobody is shown it before the entry is, and nobody else can name it.

use dinh_domain::dates::Instant;
use dinh_domain::declaration::{
    FieldKind, FormField, FormFieldKind, SENT_BYTES_MAX, SENT_FILE_BYTES_MAX,
};
use dinh_domain::entry::Body;
use dinh_domain::fault::Fault;
use dinh_domain::ids::FileId;
use dinh_store::{StoredFile, WriteTx};
use serde_json::{Value, json};

use super::FormAt;
use super::proof::VERSION_FIELD;
use super::send::{Taking, Turn, form_version};
use crate::failure::Failure;
use crate::portal::Portal;
use crate::post::{NewContent, NewFile};
use crate::section::Here;
use crate::shown::{FormFileShown, FormFilesShown};

/// Ends the name of the input that names a file which came before.
const TICKET: &str = ".tep";
/// Ends the name of the box by which such a file is left out.
const LEFT_OUT: &str = ".bo";
/// What a sent file is called, before its number: names of files often hold names of people.
const NAME: &str = "tep-dinh-kem";
/// Tickets that are looked at of one field: no form that was shown has more.
const TICKETS_MAX: usize = 64;
/// All files that citizens send to one site in a day, in bytes. What comes at the same moment may go over it by one
/// sending each.
const DAY_BYTES_MAX: u64 = 2 * 1024 * 1024 * 1024;
/// A day, in milliseconds.
pub(crate) const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
/// Bytes of a mebibyte.
const MIB: usize = 1024 * 1024;

/// What came with a form by `POST`.
#[derive(Debug, Default)]
pub struct PostedForm {
    /// Names and values of its fields.
    pub fields: Vec<(String, String)>,
    /// Its files.
    pub files: Vec<PostedFile>,
    /// Whether there were more of them than were read.
    pub has_lost: bool,
}

/// A file as it came.
#[derive(Debug)]
pub struct PostedFile {
    /// Name of its input.
    pub input: String,
    /// Its own name.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// The files of a form, those that came now and those that came before.
#[derive(Debug, Default)]
pub(super) struct SentFiles {
    files: Vec<SentFile>,
    /// What is wrong with some of them; these are not kept.
    pub(super) faults: Vec<Fault>,
}

#[derive(Debug)]
struct SentFile {
    field: String,
    ticket: String,
    is_left_out: bool,
    file: StoredFile,
}

impl SentFiles {
    /// What goes with the entry, in order.
    fn taken(&self) -> impl Iterator<Item = &SentFile> {
        self.files.iter().filter(|it| !it.is_left_out)
    }

    fn of(&self, field: &str) -> usize {
        self.taken().filter(|it| it.field == field).count()
    }

    fn bytes(&self) -> usize {
        let sizes = self.taken().map(|it| it.file.size_bytes);
        sizes
            .map(|it| usize::try_from(it).unwrap_or_default())
            .sum()
    }

    /// As bodies have them: by our own names for them.
    pub(super) fn body(&self) -> Body {
        let mut body = Body::new();
        for (file, number) in self.taken().zip(1..) {
            let item = json!({
                "file": file.file.id.as_str(), "name": own_name(&file.file, number), "sha256": file.file.hash,
            });
            let list = body.entry(file.field.clone()).or_insert_with(|| json!([]));
            if let Some(list) = list.as_array_mut() {
                list.push(item);
            }
        }
        body
    }

    /// What the form shows of a field of files.
    pub(super) fn shown(&self, kind: &FieldKind, field: &str) -> FormFilesShown {
        let (most, media_types) = match kind {
            FieldKind::Files {
                max_items,
                media_types,
            } => (*max_items, media_types.clone()),
            _ => (0, Vec::new()),
        };
        let own = self.files.iter().filter(|it| it.field == field);
        FormFilesShown {
            most,
            media_types,
            ticket: format!("{field}{TICKET}"),
            left_out: format!("{field}{LEFT_OUT}"),
            file_mib_max: SENT_FILE_BYTES_MAX / MIB,
            all_mib_max: SENT_BYTES_MAX / MIB,
            came: own
                .map(|it| FormFileShown {
                    name: it.file.name.clone(),
                    ticket: it.ticket.clone(),
                    is_left_out: it.is_left_out,
                })
                .collect(),
        }
    }
}

/// `tep-dinh-kem-2.pdf`: the ending is that of what the file is, whatever its sender called it.
fn own_name(file: &StoredFile, number: usize) -> String {
    let end = dinh_files::ending(&file.media_type);
    let end = end.map(|it| format!(".{it}"));
    format!("{NAME}-{number}{}", end.unwrap_or_default())
}

impl Portal {
    /// Takes files and tickets out of what was sent. What is right with a file is kept, whatever else is wrong.
    pub(super) async fn files_sent(
        &self,
        here: &Here<'_>,
        (at, account): (&FormAt<'_>, &str),
        (posted, fields): (PostedForm, &[FormField]),
        turn: Option<Turn<'_>>,
    ) -> Result<(Vec<(String, String)>, SentFiles), Failure> {
        let mut sent = SentFiles::default();
        let mut rest = posted.fields;
        let now = form_version(here, at);
        let is_of_now = rest
            .iter()
            .any(|(name, value)| name == VERSION_FIELD && *value == now);
        for field in fields.iter().filter(|it| it.kind == FormFieldKind::Files) {
            let mut of = |end: &str| {
                let name = format!("{}{end}", field.name);
                let own = rest.extract_if(.., |(known, _)| *known == name);
                own.map(|(_, value)| value).collect::<Vec<_>>()
            };
            let (tickets, left_out) = (of(TICKET), of(LEFT_OUT));
            // An input in which nothing was chosen comes as an empty text from some programs.
            rest.retain(|(name, value)| *name != field.name || !value.is_empty());
            let (known, gone) = self
                .known_files(here, (at, account), (&field.name, &tickets))
                .await?;
            sent.files.extend(known.into_iter().map(|it| SentFile {
                is_left_out: left_out.contains(&it.ticket),
                ..it
            }));
            // They waited too long, or went with what was sent already.
            if gone.iter().any(|it| !left_out.contains(it)) {
                sent.faults
                    .push(Fault::new(&field.name, "fault.files-gone"));
            }
        }
        // Too much came now, or what came before and was left out for a while is wanted again.
        if posted.has_lost || sent.bytes() > SENT_BYTES_MAX {
            let fault = Fault::new("", "fault.files-lost");
            sent.faults.push(fault.with("max", SENT_BYTES_MAX / MIB));
        }
        if posted.files.is_empty() {
            return Ok((rest, sent));
        }
        if let Some(fault) = self.no_room(here, account, (&posted.files, turn)).await? {
            sent.faults.push(fault);
            return Ok((rest, sent));
        }
        for file in posted.files {
            let known = fields.iter().find(|it| it.name == file.input);
            let Some(field) = known.filter(|it| it.kind == FormFieldKind::Files) else {
                // The form that was shown may have asked for it: it is told that it has changed.
                if !is_of_now {
                    continue;
                }
                let detail = format!("Biểu mẫu không có mục tệp “{}”.", file.input);
                return Err(Failure::BadRequest { detail });
            };
            let kept = self.keep_sent(here, (at, account), (field, file), &mut sent);
            match kept.await {
                Ok(Ok(())) => {}
                Ok(Err(fault)) => sent.faults.push(fault),
                // The words come back all the same.
                Err(error) => {
                    tracing::error!(%error, collection = %at.id, "a file of a citizen is not kept");
                    sent.faults.push(Fault::new("", "fault.later"));
                }
            }
        }
        Ok((rest, sent))
    }

    /// Those of some tickets that are good: for a file that came by this form and that no entry has; and those whose file
    /// does not wait any more.
    async fn known_files(
        &self,
        here: &Here<'_>,
        (at, account): (&FormAt<'_>, &str),
        (field, tickets): (&str, &[String]),
    ) -> Result<(Vec<SentFile>, Vec<String>), Failure> {
        let mut ids = Vec::new();
        // Each is checked with the key: no more of them than a form can have.
        for ticket in tickets.iter().take(TICKETS_MAX) {
            let id = ticket.split_once('.').map(|(id, _)| id).unwrap_or_default();
            if let Ok(id) = FileId::new(id)
                && !ids.contains(&id)
                && self.ticket(here, (at, field), &id)? == *ticket
            {
                ids.push(id);
            }
        }
        let files = self
            .store()
            .uploads((account, &here.visit.site.id), &ids)
            .await?;
        let (mut found, mut gone) = (Vec::new(), Vec::new());
        for id in ids {
            let ticket = self.ticket(here, (at, field), &id)?;
            match files.iter().find(|it| it.id == id) {
                Some(file) => found.push(SentFile {
                    field: field.to_owned(),
                    ticket,
                    is_left_out: false,
                    file: file.clone(),
                }),
                None => gone.push(ticket),
            }
        }
        Ok((found, gone))
    }

    /// Why no file can be kept now: too many came from there, or to this site.
    async fn no_room(
        &self,
        here: &Here<'_>,
        account: &str,
        (files, turn): (&[PostedFile], Option<Turn<'_>>),
    ) -> Result<Option<Fault>, Failure> {
        let Some(turn) = turn else {
            return Ok(None);
        };
        let since = Instant(here.visit.now.0 - DAY_MS);
        let came = self
            .store()
            .uploaded_since((account, &here.visit.site.id), since);
        let bytes: usize = files.iter().map(|it| it.bytes.len()).sum();
        if came.await? + bytes as u64 > DAY_BYTES_MAX {
            tracing::warn!(site = %here.visit.site.id, "citizens have sent as many files as a day takes");
            return Ok(Some(Fault::new("", "fault.files-full")));
        }
        Ok(turn(Taking::Files).err().map(super::send::too_often))
    }

    async fn keep_sent(
        &self,
        here: &Here<'_>,
        (at, account): (&FormAt<'_>, &str),
        (field, file): (&FormField, PostedFile),
        sent: &mut SentFiles,
    ) -> Result<Result<(), Fault>, Failure> {
        let most = match at.collection.schema.get(&field.name).map(|it| &it.kind) {
            Some(FieldKind::Files { max_items, .. }) => *max_items,
            _ => 0,
        };
        let fault = |key: &str| Fault::new(&field.name, key).with("name", &file.name);
        if sent.of(&field.name) >= most {
            return Ok(Err(fault("fault.files-too-many").with("max", most)));
        }
        if file.bytes.len() > SENT_FILE_BYTES_MAX {
            return Ok(Err(
                fault("fault.file-larger").with("max", SENT_FILE_BYTES_MAX / MIB)
            ));
        }
        if sent.bytes() + file.bytes.len() > SENT_BYTES_MAX {
            return Ok(Err(
                fault("fault.files-larger").with("max", SENT_BYTES_MAX / MIB)
            ));
        }
        let new = NewFile {
            field: field.name.clone(),
            name: file.name,
            label: String::new(),
            content: NewContent::Bytes(file.bytes),
            layout: None,
        };
        let stored = match self.shelve(here.visit, at.collection, new).await? {
            Ok((stored, _)) => stored,
            Err(fault) => return Ok(Err(fault)),
        };
        let ticket = self.ticket(here, (at, &field.name), &stored.id)?;
        let mut tx = self.store().begin_write().await?;
        tx.put_file(&stored).await?;
        tx.put_upload(&stored.id, account, here.visit.now).await?;
        tx.commit().await?;
        sent.files.push(SentFile {
            field: field.name.clone(),
            ticket,
            is_left_out: false,
            file: stored,
        });
        Ok(Ok(()))
    }

    /// Names a file in a form: its id, a dot, and a seal that holds for this field of this form on this site.
    fn ticket(
        &self,
        here: &Here<'_>,
        (at, field): (&FormAt<'_>, &str),
        id: &FileId,
    ) -> Result<String, Failure> {
        let purpose = format!("sent-file/{}/{}/{field}", here.visit.site.id, at.id);
        let mac = self.seal_key().mac(&purpose, id.as_str());
        Ok(format!("{id}.{}", mac.map_err(Failure::internal)?))
    }
}

/// The files that a text names, with our names for them.
pub(super) fn files_of(at: &FormAt<'_>, body: &Body) -> Vec<(FileId, String)> {
    let fields = at.collection.schema.iter();
    let fields = fields.filter(|(_, it)| matches!(it.kind, FieldKind::Files { .. }));
    let items = fields.filter_map(|(name, _)| body.get(name)?.as_array());
    let named = items.flatten().filter_map(|item| {
        let part = |name: &str| item.get(name).and_then(Value::as_str);
        let id = FileId::new(part("file")?).ok()?;
        Some((id, part("name").unwrap_or(NAME).to_owned()))
    });
    named.collect()
}

/// Gives the files of a sending to its entry; false where another sending has one of them.
pub(super) async fn take_files(
    tx: &mut WriteTx,
    (files, account): (&[(FileId, String)], &str),
    at: Instant,
) -> Result<bool, Failure> {
    for (id, name) in files {
        if !tx.take_upload((id, account), name, at).await? {
            return Ok(false);
        }
    }
    Ok(true)
}
