//! The rooms: what somebody has begun, what waits for them, what is late, and everything they may see.

use std::collections::{BTreeMap, BTreeSet};

use dinh_domain::dates::Instant;
use dinh_domain::ids::{CollectionId, EntryId, OrganisationId, RevisionId, SiteId};
use dinh_domain::people::{Reach, Staff};
use dinh_domain::site::Directory;
use dinh_domain::vietnamese::nfc;
use dinh_domain::visibility::{Face, Scope};
use dinh_domain::workflow::{Action, SUBMIT, Workflow};
use dinh_store::{DeskFilter, DeskLine, Waiting};

use super::open::told;
use super::put::plugin_named;
use crate::failure::Failure;
use crate::portal::Portal;

/// Characters of a summary that a line shows.
const SUMMARY_CHARS_MAX: usize = 200;

/// Lines of a page of a room.
pub const DESK_LINES_MAX: u32 = 50;

/// Which entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Room {
    /// What they made themselves, and what is assigned to them.
    Mine,
    /// What is assigned to them, or to nobody, and others made and they may approve or return.
    #[default]
    Waiting,
    /// What was due before now.
    Late,
    /// Everything that they may see.
    All,
}

/// What a room is narrowed to.
#[derive(Debug, Clone, Default)]
pub struct RoomQuery {
    /// Which entries.
    pub room: Room,
    /// On one site.
    pub site: Option<SiteId>,
    /// Of one collection.
    pub collection: Option<CollectionId>,
    /// In one state.
    pub state: Option<String>,
    /// Words of the title.
    pub title: Option<String>,
    /// From 1.
    pub page: u32,
}

/// A page of a room.
#[derive(Debug, Clone)]
pub struct RoomPage {
    /// What was changed last, first.
    pub lines: Vec<RoomLine>,
    /// How many there are, as far as they were counted.
    pub total: u64,
    /// Steps that may be taken with lines of this page together: id and name, in Vietnamese.
    pub steps: Vec<(String, String)>,
    /// Whether there are more than that.
    pub has_more: bool,
}

/// A line of a room, in words.
#[derive(Debug, Clone)]
pub struct RoomLine {
    /// The entry.
    pub id: EntryId,
    /// The revision that is shown.
    pub revision: RevisionId,
    /// Title of the working text.
    pub title: String,
    /// What it is about, shortened.
    pub summary: Option<String>,
    /// Name of its site.
    pub site: String,
    /// Name of its type, in Vietnamese.
    pub kind: String,
    /// Name of its state, in Vietnamese.
    pub state: String,
    /// Whether readers see a text of it.
    pub is_public: bool,
    /// When it was changed last.
    pub changed_at: Instant,
    /// By when the next step is due.
    pub due_at: Option<Instant>,
    /// Whether that has passed.
    pub is_late: bool,
    /// On the express lane.
    pub express: bool,
    /// Name of the plugin whose code wrote the working text.
    pub drafted_by: Option<String>,
}

impl Portal {
    /// A page of a room.
    pub async fn room(&self, staff: &Staff, query: &RoomQuery) -> Result<RoomPage, Failure> {
        let directory = self.directory().await?;
        let scope = Self::desk_scope(staff, &directory);
        let filter = DeskFilter {
            held_by: (query.room == Room::Mine).then(|| staff.account.clone()),
            waiting_for: (query.room == Room::Waiting).then(|| {
                (
                    staff.account.clone(),
                    self.waiting_for(staff, &directory, &scope),
                )
            }),
            state: query.state.clone(),
            site: query.site.clone(),
            collection: query.collection.clone(),
            title: query.title.as_deref().map(nfc),
            due_before: (query.room == Room::Late).then(|| self.now()),
        };
        let read = async |page: u32| {
            let page = (page, DESK_LINES_MAX);
            self.store().desk_page(&scope, &filter, page).await
        };
        let mut page = read(query.page.max(1)).await?;
        if page.lines.is_empty() && page.total > 0 {
            // What was on the last page has been done: the one before is the last now.
            let last = page.total.div_ceil(u64::from(DESK_LINES_MAX));
            page = read(u32::try_from(last).unwrap_or(u32::MAX)).await?;
        }
        let summaries = self.summaries(&page.lines).await?;
        let steps = self.offered(staff, &directory, &page.lines);
        let lines = page
            .lines
            .into_iter()
            .map(|it| self.room_line(&directory, &summaries, it));
        Ok(RoomPage {
            lines: lines.collect(),
            total: page.total,
            steps,
            has_more: page.has_more,
        })
    }

    /// States in which somebody could approve, by collection and sites; and those in which they could send what
    /// code drafted, which nobody else is to send.
    fn waiting_for(&self, staff: &Staff, directory: &Directory, scope: &Scope) -> Vec<Waiting> {
        let clauses = scope.any.iter();
        let working = clauses.filter(|it| it.face == Face::Working { wrote: None });
        let working = working.filter_map(|it| Some((it, self.declared_of(&it.collection).ok()?)));
        let working: Vec<_> = working.collect();
        // Few workflows are of many collections: what somebody may do at a place is asked once for each.
        let mut steps: BTreeMap<(&str, &SiteId), [Vec<String>; 2]> = BTreeMap::new();
        for (clause, (_, declared, flow)) in &working {
            for site in clause.sites.iter().filter_map(|id| directory.site(id)) {
                let own = steps.entry((declared.workflow.id.as_str(), &site.id));
                own.or_insert_with(|| {
                    let from = |is_it: &dyn Fn(&Action) -> bool| {
                        from_where(flow, (staff, directory), &site.organisation, is_it)
                    };
                    [from(&Action::is_approval), from(&|it| it.id == SUBMIT)]
                });
            }
        }
        type Key<'a> = (&'a CollectionId, &'a [String], bool);
        let mut found: BTreeMap<Key<'_>, Vec<SiteId>> = BTreeMap::new();
        for (clause, (plugin, declared, _)) in &working {
            let mut writes = plugin.declaration.manifest.writes.iter();
            let is_drafted = writes.any(|it| it == clause.collection.name());
            for site in &clause.sites {
                let own = steps.get(&(declared.workflow.id.as_str(), site));
                let Some([approved, sent]) = own else {
                    continue;
                };
                let sent = is_drafted.then_some((sent, true));
                for (states, is_drafted) in std::iter::once((approved, false)).chain(sent) {
                    if !states.is_empty() {
                        let key = (&clause.collection, states.as_slice(), is_drafted);
                        found.entry(key).or_default().push(site.clone());
                    }
                }
            }
        }
        let waiting = found
            .into_iter()
            .map(|((collection, states, is_drafted), sites)| Waiting {
                collection: collection.clone(),
                sites,
                states: states.to_vec(),
                is_drafted,
            });
        waiting.collect()
    }

    /// What the declarations call the summaries of working texts, by revision.
    async fn summaries(&self, lines: &[DeskLine]) -> Result<BTreeMap<RevisionId, String>, Failure> {
        let declared = |line: &DeskLine| {
            let (plugin, collection, _) = self.declared_of(&line.collection).ok()?;
            Some((plugin, collection, collection.view.summary.as_deref()?))
        };
        let fields: BTreeSet<&str> = lines
            .iter()
            .filter_map(|it| Some(declared(it)?.2))
            .collect();
        let fields: Vec<&str> = fields.into_iter().collect();
        let revisions: Vec<&RevisionId> = lines.iter().map(|it| &it.revision).collect();
        let bodies = self.store().revision_parts(&revisions, &fields).await?;
        let told = lines.iter().filter_map(|line| {
            let (plugin, collection, field) = declared(line)?;
            let body = bodies.get(&line.revision)?;
            let text = told(plugin, collection, body, field)?;
            Some((line.revision.clone(), clipped(&text)))
        });
        Ok(told.filter(|(_, text)| !text.is_empty()).collect())
    }

    fn room_line(
        &self,
        directory: &Directory,
        summaries: &BTreeMap<RevisionId, String>,
        line: DeskLine,
    ) -> RoomLine {
        let declared = self.declared_of(&line.collection).ok();
        let kind = declared.map(|(plugin, collection, _)| plugin.text("vi", &collection.label));
        let state = declared.map(|(_, _, flow)| flow.state_name(&line.state).to_owned());
        let site = directory.site(&line.site).map(|it| it.name.clone());
        let plugin = plugin_named(&line.by);
        RoomLine {
            drafted_by: plugin.map(|it| self.name_of_plugin(&it)),
            summary: summaries.get(&line.revision).cloned(),
            id: line.id,
            revision: line.revision,
            title: line.title,
            site: site.unwrap_or_else(|| line.site.to_string()),
            kind: kind.unwrap_or_else(|| line.collection.to_string()),
            state: state.unwrap_or(line.state),
            is_public: line.is_public,
            changed_at: line.changed_at,
            due_at: line.desk.due_at,
            is_late: line.desk.due_at.is_some_and(|due| due < self.now()),
            express: line.desk.express,
        }
    }
}

/// States from which somebody may take some of a workflow's steps with every text at a place.
fn from_where(
    flow: &Workflow,
    (staff, directory): (&Staff, &Directory),
    at: &OrganisationId,
    is_it: &dyn Fn(&Action) -> bool,
) -> Vec<String> {
    let mine = flow.actions.iter().filter(|it| {
        let right = it.right.map(|it| it.at(directory, at));
        let reach = right.and_then(|it| staff.reach(it, directory, at));
        is_it(it) && reach == Some(Reach::All)
    });
    let states: BTreeSet<&String> = mine.flat_map(|it| &it.from).collect();
    states.into_iter().cloned().collect()
}

/// The beginning of a text, on one line.
fn clipped(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(SUMMARY_CHARS_MAX) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text,
    }
}
