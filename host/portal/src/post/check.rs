//! Everything that must hold before a draft is written.

use dinh_domain::body::{self, Unknown};
use dinh_domain::dates::{LocalDate, LocalTime};
use dinh_domain::declaration::{Collection, FieldKind, HookEvent};
use dinh_domain::display;
use dinh_domain::entry::Body;
use dinh_domain::fault::Fault;
use dinh_domain::file_text::TextState;
use dinh_domain::ids::FileId;
use dinh_domain::index;
use dinh_domain::proposal::{self, Proposal};
use dinh_domain::vietnamese;
use dinh_runtime::{Budget, Call, Validated};
use dinh_store::{FileText, StoredFile, TABLE_MEDIA_TYPE, new_file_id};
use serde_json::{Value, json};

use super::{Draft, NewContent, NewFile, attached};
use crate::failure::Failure;
use crate::host_calls::GuestHost;
use crate::plugins::LoadedPlugin;
use crate::portal::Portal;
use crate::table;
use crate::visit::Visit;

/// Budget of a check. Nobody waits at a page for it, and a row that fails for want of a moment's
/// time would be a row lost; on a busy machine a millisecond of work may last fifty.
pub(crate) const CHECK: Budget = Budget {
    cpu_ms: 500,
    wall_ms: 5_000,
    ..Budget::VALIDATE
};
/// Computing time of a check, for vendors.
pub const CHECK_CPU_MS: u64 = CHECK.cpu_ms;

/// Longest address made from a title, in characters.
const MAX_SLUG_CHARS: usize = 58;

/// A draft that may be written.
pub(crate) struct Checked {
    pub(super) draft: Draft,
    pub(super) organisation: dinh_domain::ids::OrganisationId,
    pub(super) body: Body,
    pub(super) title: String,
    pub(super) slug: String,
    pub(super) author: String,
    pub(super) source: String,
    pub(super) clock_started_on: Option<LocalDate>,
    pub(super) files: Vec<StoredFile>,
    pub(super) proposals: Vec<Proposal>,
    /// What was newly read of them.
    pub(super) texts: Vec<FileText>,
    /// Those whose text is not there, with the reason, by name.
    pub(crate) flagged: Vec<(String, TextState)>,
    pub(super) now: LocalTime,
}

impl Checked {
    /// What the draft is found by again.
    pub(crate) fn key(&self) -> Option<&str> {
        self.draft.import_key.as_deref()
    }

    /// What no other public entry of its site has.
    pub(crate) fn unique_key(&self, collection: &Collection) -> Option<Vec<String>> {
        index::unique_key(collection, &self.body, self.now)
    }

    /// The files that are read for their words: a table has its own.
    pub(super) fn read_files(&self) -> impl Iterator<Item = &StoredFile> {
        let files = self.files.iter();
        files.filter(|file| file.media_type != TABLE_MEDIA_TYPE)
    }

    /// Whether readers are offered a file as such.
    pub(super) fn is_listed(&self, file: &StoredFile) -> bool {
        let id = file.id.as_str();
        let mut items = self.body.values().filter_map(Value::as_array).flatten();
        items.any(|it| it.get("file").and_then(Value::as_str) == Some(id))
    }
}

impl Portal {
    pub(crate) async fn check(
        &self,
        visit: &Visit,
        mut draft: Draft,
    ) -> Result<Result<Checked, Vec<Fault>>, Failure> {
        let unknown = || Failure::Refused(format!("there is no collection `{}`", draft.collection));
        let id = draft.collection.clone();
        let (plugin, collection) = self.plugins().collection(&id).ok_or_else(unknown)?;
        let files = match self.keep(visit, collection, &mut draft).await? {
            Ok(files) => files,
            Err(faults) => return Ok(Err(faults)),
        };
        let mut given = std::mem::take(&mut draft.body);
        body::fill_dates(collection, &mut given, visit.today);
        let mut known = std::mem::take(&mut draft.faults);
        let gates = body::unmet_gates(collection, &given, &draft.lifted);
        let body = match body::check(&plugin.declaration, collection, given, Unknown::Refuse) {
            Ok(body) if known.is_empty() => body,
            checked => {
                join(&mut known, checked.err().unwrap_or_default());
                join(&mut known, gates);
                return Ok(Err(known));
            }
        };
        let completed = match self.validate(visit, plugin, &draft, &body).await? {
            Ok(completed) => completed,
            Err(faults) => return Ok(Err(faults)),
        };
        let body = match completed {
            None => body,
            Some(given) => {
                let given = body::check(&plugin.declaration, collection, given, Unknown::Refuse);
                let given = match given {
                    Ok(given) => given,
                    Err(faults) => return Ok(Err(faults)),
                };
                // A plugin completes words, not figures.
                if let Some(fault) = table::made_up(collection, (Some(&body), &given), &[]) {
                    return Ok(Err(vec![fault]));
                }
                given
            }
        };
        let gates = body::unmet_gates(collection, &body, &draft.lifted);
        if !gates.is_empty() {
            return Ok(Err(gates));
        }
        Ok(Ok(checked(visit, plugin, collection, draft, body, files)))
    }

    /// Puts the files on the shelf, where they last before the transaction begins that names them,
    /// and names them in the body. A file that no entry names in the end takes room and is seen by
    /// nobody.
    pub(crate) async fn keep(
        &self,
        visit: &Visit,
        collection: &Collection,
        draft: &mut Draft,
    ) -> Result<Result<Vec<StoredFile>, Vec<Fault>>, Failure> {
        let faults = Self::inline_tables(collection, draft);
        if !faults.is_empty() {
            return Ok(Err(faults));
        }
        let mut stored = Vec::new();
        for mut file in std::mem::take(&mut draft.files) {
            let field = file.field.clone();
            if let Some(layout) = file.layout.take() {
                let bytes = match content(file.content, &field, &file.name).await {
                    Ok(bytes) => bytes,
                    Err(fault) => return Ok(Err(vec![fault])),
                };
                let of = (field.as_str(), file.name.as_str());
                match self.tabulate(visit, of, (bytes, &layout)).await? {
                    Ok((files, value)) => {
                        stored.extend(files);
                        draft.body.insert(field, value);
                    }
                    Err(faults) => return Ok(Err(faults)),
                }
                continue;
            }
            let (file, item) = match self.shelve(visit, collection, file).await? {
                Ok(kept) => kept,
                Err(fault) => return Ok(Err(vec![fault])),
            };
            let list = draft.body.entry(field).or_insert_with(|| json!([]));
            if let Some(list) = list.as_array_mut() {
                list.push(item);
            }
            stored.push(file);
        }
        Ok(Ok(stored))
    }

    /// Puts one file on the shelf, where its field takes such files; with what bodies say of it.
    pub(crate) async fn shelve(
        &self,
        visit: &Visit,
        collection: &Collection,
        file: NewFile,
    ) -> Result<Result<(StoredFile, Value), Fault>, Failure> {
        let bytes = match content(file.content, &file.field, &file.name).await {
            Ok(bytes) => bytes,
            Err(fault) => return Ok(Err(fault)),
        };
        let media = dinh_files::sniff(&bytes).map(dinh_files::Media::media_type);
        let accepted = match collection.schema.get(&file.field).map(|field| &field.kind) {
            Some(FieldKind::Files { media_types, .. }) => media_types.as_slice(),
            _ => &[],
        };
        let Some(media) = media.filter(|media| accepted.iter().any(|it| it == media)) else {
            let fault = Fault::new(file.field, "fault.media-type");
            return Ok(Err(fault.with("name", file.name)));
        };
        let size_bytes = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        let hash = self.keep_content(bytes).await?;
        let id: FileId = new_file_id();
        let item = json!({
            "file": id.as_str(),
            "name": file.name,
            "label": file.label,
            "sha256": hash,
        });
        let stored = StoredFile {
            id,
            site: visit.site.id.clone(),
            hash,
            name: file.name,
            media_type: media.to_owned(),
            size_bytes,
            created_at: visit.now,
        };
        Ok(Ok((stored, item)))
    }

    /// Asks the plugin; a body where it completed one. A hook that cannot answer refuses: a
    /// regulated collection fails closed.
    async fn validate(
        &self,
        visit: &Visit,
        plugin: &LoadedPlugin,
        draft: &Draft,
        body: &Body,
    ) -> Result<Result<Option<Body>, Vec<Fault>>, Failure> {
        let hooks = &plugin.declaration.manifest.hooks;
        let wanted = hooks.iter().any(|hook| {
            hook.event == HookEvent::Validate && hook.collection == draft.collection.name()
        });
        if !wanted {
            return Ok(Ok(None));
        }
        let id = plugin.declaration.manifest.id.clone();
        let Some(code) = plugin.code_on(&visit.site) else {
            tracing::warn!(plugin = %id, site = %visit.site.id, "a check could not run: the plugin is held");
            return Ok(Err(vec![Fault::new("", "fault.check-unavailable")]));
        };
        let call = Call {
            site: visit.site.id.to_string(),
            host: std::sync::Arc::new(GuestHost::new(self.clone(), visit.clone(), id)),
            now_ms: u64::try_from(visit.now.0).unwrap_or_default(),
            today: visit.today.to_string(),
            budget: CHECK,
        };
        let event = if draft.import_key.is_some() {
            "import"
        } else {
            "publish"
        };
        let entry = json!({
            "key": draft.import_key,
            "site": draft.site,
            "state": "draft",
            "title": "",
            "body": body,
        });
        let collection = draft.collection.to_string();
        match code
            .validate(call, event, &collection, &entry.to_string())
            .await
        {
            Ok(Validated::Accepted(completed)) => Ok(Ok(completed)),
            Ok(Validated::Refused(faults)) => Ok(Err(faults.into_iter().map(fault).collect())),
            Err(error) => {
                let (id, reason) = (&plugin.declaration.manifest.id, error.to_string());
                tracing::warn!(plugin = %id, reason, "a check could not run");
                Ok(Err(vec![Fault::new("", "fault.check-unavailable")]))
            }
        }
    }
}

/// Adds what is not yet told of a field.
fn join(known: &mut Vec<Fault>, more: Vec<Fault>) {
    for fault in more {
        if !known.iter().any(|it| it.path == fault.path) {
            known.push(fault);
        }
    }
}

fn fault(given: dinh_runtime::Fault) -> Fault {
    let path = given.path.trim_start_matches('/').replace('/', ".");
    let mut fault = Fault::new(path, given.message_key);
    for (name, value) in given.args {
        let text = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        fault = fault.with(&name, text);
    }
    fault
}

fn checked(
    visit: &Visit,
    plugin: &LoadedPlugin,
    collection: &Collection,
    draft: Draft,
    body: Body,
    files: Vec<StoredFile>,
) -> Checked {
    let declaration = &plugin.declaration;
    let filled = |pattern: &str| display::pattern(declaration, collection, &body, pattern, "vi");
    let named = |field: &Option<String>| {
        field
            .as_ref()
            .and_then(|name| display::field(declaration, collection, &body, name, "vi"))
    };
    let posted_by = visit.organisation.name.clone();
    let clock = collection
        .duty
        .as_ref()
        .and_then(|duty| body.get(&duty.clock_starts));
    Checked {
        title: filled(&collection.view.title),
        slug: vietnamese::slugify(&filled(&collection.view.slug), MAX_SLUG_CHARS),
        author: named(&collection.credit.author).unwrap_or_else(|| posted_by.clone()),
        source: named(&collection.credit.source)
            .or_else(|| draft.source.clone())
            .unwrap_or(posted_by),
        clock_started_on: clock
            .and_then(Value::as_str)
            .and_then(|date| LocalDate::parse(date).ok()),
        organisation: visit.organisation.id.clone(),
        now: visit.local,
        proposals: proposal::read(declaration, collection, &body),
        files,
        texts: Vec::new(),
        flagged: Vec::new(),
        draft,
        body,
    }
}

/// The bytes of a file that is not too large.
async fn content(given: NewContent, field: &str, name: &str) -> Result<Vec<u8>, Fault> {
    let bytes = match given {
        NewContent::Bytes(bytes) => Some(bytes),
        NewContent::At(path) => attached::fetch(path).await,
    };
    let Some(bytes) = bytes else {
        return Err(Fault::new(field, "fault.file-missing").with("name", name));
    };
    if bytes.len() > dinh_files::MAX_FILE_BYTES {
        let fault = Fault::new(field, "fault.file-too-large").with("name", name);
        return Err(fault.with("max", dinh_files::MAX_FILE_BYTES));
    }
    Ok(bytes)
}
