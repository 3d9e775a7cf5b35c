//! People at the desk, and what they do with a document there.

use dinh_domain::dates::Instant;
use dinh_domain::ids::{AccountId, EntryId, OrganisationId, RevisionId};
use dinh_domain::people::{Grant, Role, Staff};
use dinh_portal::{OpenEntry, Room, RoomQuery, Step, Undone, Written};

use crate::draft::Document;
use crate::portal::TestPortal;

/// Somebody with one role at an organisation.
pub fn staff(name: &str, role: &str, organisation: &str) -> Staff {
    Staff {
        account: AccountId::new(name).unwrap(),
        grants: vec![Grant {
            role: Role::new(role).unwrap(),
            organisation: OrganisationId::new(organisation).unwrap(),
        }],
        acting: Vec::new(),
    }
}

/// A step with what was seen, without a word of reason.
pub fn step(of: &Written, action: &str) -> Step {
    Step {
        entry: of.entry.clone(),
        seen: of.revision.clone(),
        action: action.to_owned(),
        reason: None,
        reason_kind: None,
        at: None,
        express: false,
    }
}

impl TestPortal {
    /// Somebody writes a document: a new one, or over a revision.
    pub async fn write(
        &self,
        staff: &Staff,
        document: Document,
        over: Option<&Written>,
    ) -> Result<Written, Undone> {
        let of = over.map(|it| (it.entry.clone(), it.revision.clone()));
        let text = document.text(of);
        self.portal().write_text(staff, text).await.unwrap()
    }

    /// Somebody takes a step; the state afterwards.
    pub async fn step(&self, staff: &Staff, step: Step) -> Result<String, Undone> {
        let taken = self.portal().take_step(staff, step).await.unwrap();
        taken.map(|it| it.state)
    }

    /// The same without a word, which must be possible.
    pub async fn take(&self, staff: &Staff, of: &Written, action: &str) -> String {
        self.step(staff, step(of, action)).await.unwrap()
    }

    /// The same with a reason, or at an instant.
    pub async fn take_with(
        &self,
        staff: &Staff,
        of: &Written,
        action: &str,
        (reason, at): (&str, Option<Instant>),
    ) -> Result<String, Undone> {
        let step = Step {
            reason: Some(reason.to_owned()),
            reason_kind: None,
            at,
            ..step(of, action)
        };
        self.step(staff, step).await
    }

    /// An entry as somebody finds it on the desk.
    pub async fn open(&self, staff: &Staff, entry: &EntryId) -> Option<OpenEntry> {
        self.portal().open_entry(staff, entry).await.unwrap()
    }

    /// What was written last.
    pub async fn newest(&self, staff: &Staff, entry: &EntryId) -> Written {
        let open = self.open(staff, entry).await.unwrap();
        let revision: RevisionId = open.entry.working.entry.revision;
        Written {
            entry: entry.clone(),
            revision,
        }
    }

    /// Titles in a room.
    pub async fn room(&self, staff: &Staff, room: Room) -> Vec<String> {
        let query = RoomQuery {
            room,
            ..RoomQuery::default()
        };
        let page = self.portal().room(staff, &query).await.unwrap();
        page.lines.into_iter().map(|it| it.title).collect()
    }
}
