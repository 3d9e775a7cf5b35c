//! One entry on the desk: its text, its history, and what may be done with it.

use std::collections::BTreeMap;

use dinh_domain::dates::Instant;
use dinh_domain::declaration::{Collection, Declaration, Field, FieldKind};
use dinh_domain::display;
use dinh_domain::entry::Body;
use dinh_domain::fault::Fault;
use dinh_domain::ids::{AccountId, EntryId, PluginId};
use dinh_domain::outline;
use dinh_domain::people::{Right, Staff};
use dinh_domain::workflow::{By, Effect, Refusal, possible};
use dinh_store::{DeskEntry, RevisionLine};
use serde_json::Value;

use super::put::plugin_named;
use super::write::written;
use super::{Undone, seat};
use crate::failure::Failure;
use crate::plugins::LoadedPlugin;
use crate::portal::Portal;
use crate::shown::FileShown;
use crate::submission::{SENDER, SendingShown};

/// Who takes the portal's own steps, and what people call it.
const SYSTEM: &str = "system";
const SYSTEM_NAME: &str = "Hệ thống";
/// What people call whoever sent something without an account.
const SENDER_NAME: &str = "Người gửi";

/// An entry as its page shows it.
#[derive(Debug, Clone)]
pub struct OpenEntry {
    /// The entry with its working text.
    pub entry: DeskEntry,
    /// Name of its site.
    pub site: String,
    /// Name of its type, in Vietnamese.
    pub kind: String,
    /// Name of its state, in Vietnamese.
    pub state: String,
    /// The working text in words, field by field, as far as it is written.
    pub text: Vec<(String, String)>,
    /// Its files.
    pub files: Vec<FileShown>,
    /// The steps that were taken, in order.
    pub history: Vec<StepLine>,
    /// The revisions, the newest first.
    pub revisions: Vec<RevisionLine>,
    /// What this person may do with it now.
    pub offers: Vec<StepOffer>,
    /// Whether this person may write its text now.
    pub is_writable: bool,
    /// What writing it is called where it is an answer to what a citizen sent.
    pub answer: Option<String>,
    /// Who shall do the next step, where that was said.
    pub assignee: Option<String>,
    /// What this person may enter for others about it: names of collections, with what one of them is called.
    pub records: Vec<(String, String)>,
    /// How it was sent, where a citizen sent it.
    pub sending: Option<SendingShown>,
}

/// A step of the history, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepLine {
    /// When.
    pub at: Instant,
    /// An account, or `system`.
    pub actor: String,
    /// Name of the action, in Vietnamese.
    pub action: String,
    /// Name of the state afterwards.
    pub to: String,
    /// Why; may be empty.
    pub reason: String,
}

/// A step that may be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepOffer {
    /// Id of the action.
    pub id: String,
    /// Its name, in Vietnamese.
    pub label: String,
    /// Whether it wants a reason.
    pub needs_reason: bool,
    /// Whether it wants an instant.
    pub needs_instant: bool,
    /// Ids and words of the reasons that it wants one of; empty where any words will do.
    pub reasons: Vec<(String, String)>,
}

impl Portal {
    /// An entry that somebody may see on the desk.
    pub async fn open_entry(
        &self,
        staff: &Staff,
        id: &EntryId,
    ) -> Result<Option<OpenEntry>, Failure> {
        let directory = self.directory().await?;
        let scope = self.desk_scope_at(staff, &directory, id).await?;
        let Some(entry) = self.store().desk_entry(&scope, id).await? else {
            return Ok(None);
        };
        let known = &entry.working.entry;
        let (plugin, collection, flow) = self.declared_of(&known.collection)?;
        let label = |action: &str| {
            let known = flow.actions.iter().find(|it| it.id == action);
            known.map_or_else(|| own_label(action).to_owned(), |it| it.label.clone())
        };
        let history = self.store().transitions(id).await?;
        let places = self.store().steps_for_others(id).await?;
        let people = history.iter().map(|it| it.actor.as_str());
        let people = people.chain(places.values().map(AccountId::as_str));
        let assignee = entry.desk.assignee.as_ref().map(AccountId::as_str);
        let names = self.names_of(people.chain(assignee)).await?;
        let named = |id: &str| names.get(id).cloned().unwrap_or_else(|| id.to_owned());
        let history = history.into_iter().map(|it| StepLine {
            at: it.at,
            actor: match places.get(&it.number) {
                Some(of) => format!("{}, thay {}", named(&it.actor), named(of.as_str())),
                None => named(&it.actor),
            },
            action: label(&it.action),
            to: flow.state_name(&it.to).to_owned(),
            reason: it.reason,
        });
        let here = seat(&entry);
        let offers = possible(flow, By::Staff(staff), &directory, here);
        let offers = offers.into_iter().map(|it| StepOffer {
            id: it.id.clone(),
            label: it.label.clone(),
            needs_reason: it.reason,
            needs_instant: it.effect == Effect::Schedule,
            reasons: match it.typed_reason {
                true => flow.reasons().collect(),
                false => Vec::new(),
            },
        });
        let site = directory.site(&known.site).map(|it| it.name.clone());
        Ok(Some(OpenEntry {
            history: history.collect(),
            offers: offers.collect(),
            revisions: self.store().revision_lines(id).await?,
            is_writable: written((collection, flow), here.state).is_some()
                && staff.may(Right::Write, &directory, here.organisation, here.author),
            text: in_words(plugin, collection, &known.body),
            files: self.files_on_desk(collection, known).await?,
            answer: collection
                .answer
                .as_ref()
                .map(|it| plugin.text("vi", &it.title)),
            assignee: assignee.map(named),
            records: self.recordable(staff, &directory, &entry),
            sending: self.sending_shown(staff, &entry).await?,
            site: site.unwrap_or_default(),
            kind: plugin.text("vi", &collection.label),
            state: flow.state_name(&known.state).to_owned(),
            entry,
        }))
    }
}

impl Portal {
    /// What colleagues call whoever is behind an account.
    pub(crate) async fn name_of(&self, account: &str) -> Result<String, Failure> {
        let names = self.names_of(std::iter::once(account)).await?;
        Ok(names
            .get(account)
            .cloned()
            .unwrap_or_else(|| account.to_owned()))
    }

    /// What colleagues call the people behind accounts.
    async fn names_of(
        &self,
        accounts: impl Iterator<Item = &str>,
    ) -> Result<BTreeMap<String, String>, Failure> {
        let named = [(SYSTEM, SYSTEM_NAME), (SENDER, SENDER_NAME)];
        let named = named.map(|(id, name)| (id.to_owned(), name.to_owned()));
        let mut names = BTreeMap::from(named);
        for account in accounts {
            if let Some(plugin) = plugin_named(account) {
                names.insert(account.to_owned(), self.name_of_plugin(&plugin));
            }
            let unknown = !names.contains_key(account);
            if let (true, Ok(id)) = (unknown, AccountId::new(account)) {
                let known = self.store().account(&id).await?;
                names.extend(known.map(|it| (account.to_owned(), it.full_name)));
            }
        }
        Ok(names)
    }

    /// What people call the code of a plugin.
    pub(super) fn name_of_plugin(&self, id: &PluginId) -> String {
        let loaded = self.plugins().get(id);
        let name = loaded.map(|it| it.text("vi", &it.declaration.manifest.name));
        format!("Phần mở rộng “{}”", name.unwrap_or_else(|| id.to_string()))
    }

    /// Why something was not done, in words for who tried it; none where the page has its own words.
    pub async fn told_undone(&self, id: &EntryId, undone: &Undone) -> Result<Vec<String>, Failure> {
        Ok(match undone {
            Undone::Faults(faults) => {
                let entry = self.store().working(id).await?;
                let plugins = self.plugins();
                let declared = entry.and_then(|it| plugins.collection(&it.entry.collection));
                let plugin = declared.map(|(plugin, _)| &**plugin);
                let told = |fault: &Fault| {
                    let words = crate::import::message(plugin, fault);
                    let field = declared.and_then(|(_, it)| it.schema.get(&fault.path));
                    match (field, plugin) {
                        (Some(field), Some(plugin)) => {
                            format!("{}: {words}", plugin.text("vi", &field.label))
                        }
                        _ => words,
                    }
                };
                faults.iter().map(told).collect()
            }
            Undone::NotWritable { state } => {
                vec![format!("Mục này đang ở trạng thái “{state}”, không sửa được.")]
            }
            Undone::Changed { .. } => vec![
                "Trong lúc ông/bà xem, mục này đã được người khác sửa. Trang đang hiện bản mới nhất: hãy đọc lại rồi làm lại việc vừa rồi.".to_owned(),
            ],
            Undone::Refused(Refusal::ReasonMissing(_)) => {
                vec!["Việc này cần ghi rõ lý do.".to_owned()]
            }
            Undone::Refused(Refusal::OwnWork(_)) => vec![
                "Người soạn hoặc gửi duyệt không tự duyệt bài của mình: cần một người khác duyệt (Điều 6.5).".to_owned(),
            ],
            Undone::Refused(Refusal::NotHere { .. }) => {
                vec!["Việc này không còn làm được: mục đã chuyển sang trạng thái khác.".to_owned()]
            }
            Undone::Refused(Refusal::NotAllowed(_)) => {
                vec!["Tài khoản của ông/bà không có quyền làm việc này ở đây.".to_owned()]
            }
            Undone::NotFound => Vec::new(),
        })
    }
}

/// The fields of a text as people read them.
pub(crate) fn in_words(
    plugin: &LoadedPlugin,
    collection: &Collection,
    body: &Body,
) -> Vec<(String, String)> {
    let shown = collection.schema.iter().filter_map(|(name, field)| {
        let value = told(plugin, collection, body, name)?;
        Some((plugin.text("vi", &field.label), value))
    });
    shown.filter(|(_, value)| !value.is_empty()).collect()
}

/// A field of a text as people read it, with what pages show elsewhere: files, edges, and the names of
/// levels.
pub(crate) fn told(
    plugin: &LoadedPlugin,
    collection: &Collection,
    body: &Body,
    name: &str,
) -> Option<String> {
    let field = collection.schema.get(name)?;
    match &field.kind {
        FieldKind::Files { .. } => Some(file_names(body.get(name)?)),
        FieldKind::Relations { .. } => Some(edges(&plugin.declaration, field, body.get(name)?)),
        FieldKind::Outline { levels, .. } => {
            let blocks = outline::blocks(body.get(name)?);
            Some(levels.write(&blocks, &|level| plugin.text("vi", &level.label)))
        }
        _ => display::field(&plugin.declaration, collection, body, name, "vi"),
    }
}

/// Edges, one a line: `Căn cứ: 77/2015/QH13`.
fn edges(declaration: &Declaration, field: &Field, value: &Value) -> String {
    let list = declaration.list_of(field);
    let told = value.as_array().into_iter().flatten().map(|edge| {
        let part = |name: &str| edge.get(name).and_then(Value::as_str).unwrap_or_default();
        let kind = list.and_then(|list| list.get(part("kind")));
        let kind = kind.map_or(part("kind"), |it| it.name("vi"));
        match part("label") {
            "" => format!("{kind}: {}", part("target")),
            label => format!("{kind}: {} ({label})", part("target")),
        }
    });
    told.collect::<Vec<_>>().join("\n")
}

/// Names of attached files, with what readers are told of them.
fn file_names(value: &Value) -> String {
    let named = value.as_array().into_iter().flatten().map(|file| {
        let part = |name: &str| file.get(name).and_then(Value::as_str).unwrap_or_default();
        match part("label") {
            "" => part("name").to_owned(),
            label => format!("{label} ({})", part("name")),
        }
    });
    named.collect::<Vec<_>>().join("\n")
}

/// The desk's own steps, which no workflow names.
fn own_label(action: &str) -> &str {
    match action {
        "create" => "Tạo mới",
        "write" => "Viết bản mới",
        "assign" => "Giao việc",
        "hand-over" => "Bàn giao",
        "send" => "Gửi",
        other => other,
    }
}
