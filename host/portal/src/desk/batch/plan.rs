//! What would become of each row, decided within a transaction that may write it at once.

use std::collections::{BTreeMap, BTreeSet};

use dinh_domain::body::check_unfinished;
use dinh_domain::entry::Body;
use dinh_domain::fault::Fault;
use dinh_domain::ids::EntryId;
use dinh_domain::people::{Right, Staff};
use dinh_domain::site::Directory;
use dinh_store::WriteTx;

use super::identity::{Identity, Key, KnownIds};
use super::planned::{Becomes, Planned};
use super::row::ReadRow;
use super::sheet::Opened;
use crate::desk::form::Place;
use crate::desk::put::plugin_named;
use crate::desk::write::{keep_unknown, may_write};
use crate::desk::{Undone, seat};
use crate::failure::Failure;
use crate::portal::Portal;

/// Where a batch is planned: what is written there, by whom, and what every new entry says beside its row.
pub(super) struct Planning<'a> {
    pub(super) place: &'a Place<'a>,
    pub(super) staff: &'a Staff,
    pub(super) directory: &'a Directory,
    pub(super) identity: Identity<'a>,
    pub(super) values: Body,
}

impl Portal {
    /// What would become of rows; a fault where it cannot be told for any of them.
    pub(super) async fn planned(
        &self,
        tx: &mut WriteTx,
        at: &Planning<'_>,
        rows: Vec<ReadRow>,
    ) -> Result<Result<Vec<Planned>, Fault>, Failure> {
        let mut fresh: Vec<(ReadRow, Result<Body, Vec<Fault>>)> = Vec::new();
        let mut texts: BTreeMap<Key, Body> = BTreeMap::new();
        for row in rows {
            let text = at.fresh(&row);
            if let Ok(body) = &text
                && let Some(key) = at.identity.key(body)
            {
                texts.entry(key).or_insert_with(|| body.clone());
            }
            fresh.push((row, text));
        }
        let place = (&at.place.site.id, &at.place.id);
        let Some(known) = at.identity.known(tx, place, &texts).await? else {
            return Ok(Err(Fault::new("", "fault.batch-under-way")));
        };
        let mut seen: BTreeMap<Key, usize> = BTreeMap::new();
        // An entry has two texts perhaps, each found by a row of its own.
        let mut met: BTreeMap<EntryId, usize> = BTreeMap::new();
        let mut planned = Vec::new();
        for (row, text) in fresh {
            let (body, becomes) = match text {
                Err(faults) => (row.body, Becomes::Faulty(faults)),
                Ok(text) => match at.known_by(&text, &known, (&mut seen, row.number)) {
                    Err(fault) => (text, Becomes::Faulty(vec![fault])),
                    Ok(None) => (text, Becomes::New),
                    Ok(Some(entry)) => match met.insert(entry.clone(), row.number) {
                        Some(before) => {
                            let fault = Fault::new("", "fault.row-twice").with("row", before);
                            (text, Becomes::Faulty(vec![fault]))
                        }
                        None => self.over(tx, at, &entry, &row).await?,
                    },
                },
            };
            planned.push(Planned {
                number: row.number,
                body,
                becomes,
            });
        }
        Ok(Ok(planned))
    }

    /// A row over the working text of its entry.
    async fn over(
        &self,
        tx: &mut WriteTx,
        at: &Planning<'_>,
        entry: &EntryId,
        row: &ReadRow,
    ) -> Result<(Body, Becomes), Failure> {
        let faulty = |fault: Fault| (row.body.clone(), Becomes::Faulty(vec![fault]));
        let Some(known) = tx.desk_entry(entry).await? else {
            return Ok(faulty(Fault::new("", "fault.row-gone")));
        };
        // Whoever may not read it is told nothing of what it says, in which state, by whom.
        let here = seat(&known);
        if !at
            .staff
            .may(Right::See, at.directory, here.organisation, here.author)
        {
            return Ok(faulty(Fault::new("", "fault.row-right")));
        }
        let (_, collection, workflow) = self.declared_of(&at.place.id)?;
        let working = &known.working;
        let mut body = working.entry.body.clone();
        body.retain(|name, _| collection.schema.contains_key(name));
        body.extend(row.body.clone());
        let body = check_unfinished(&at.place.plugin.declaration, collection, body);
        let mut body = match body {
            Ok(body) => body,
            Err(faults) => return Ok((row.body.clone(), Becomes::Faulty(faults))),
        };
        keep_unknown(collection, Some(working), &mut body);
        if body == working.entry.body {
            return Ok((body, Becomes::Same(entry.clone())));
        }
        // What code drafted waits for whoever takes it up.
        let mut people = known.hands.iter().filter(|it| plugin_named(it).is_none());
        let other = people.find(|it| *it != at.staff.account.as_str());
        let is_under_way = working.published.as_ref() != Some(&working.entry.revision);
        if let Some(other) = other.filter(|_| is_under_way) {
            let fault = Fault::new("", "fault.row-by-other");
            return Ok(faulty(fault.with("by", self.name_of(other).await?)));
        }
        match may_write(at.staff, at.directory, (collection, workflow), &known) {
            Ok(state) => {
                let state = state.to_owned();
                Ok((body, Becomes::Changed(Box::new(known), state)))
            }
            Err(Undone::NotWritable { state }) => Ok(faulty(
                Fault::new("", "fault.row-state").with("state", state),
            )),
            Err(_) => Ok(faulty(Fault::new("", "fault.row-right"))),
        }
    }
}

impl<'a> Planning<'a> {
    pub(super) fn of(
        place: &'a Place<'a>,
        (staff, directory): (&'a Staff, &'a Directory),
        opened: &Opened,
    ) -> Self {
        Self {
            place,
            staff,
            directory,
            identity: Identity::of(place),
            values: opened.values(place),
        }
    }

    /// A row as a text of its own.
    fn fresh(&self, row: &ReadRow) -> Result<Body, Vec<Fault>> {
        let mut given = self.values.clone();
        given.extend(row.body.clone());
        let declaration = &self.place.plugin.declaration;
        let checked = check_unfinished(declaration, self.place.collection, given);
        let mut faults = row.faults.clone();
        let missing = self.identity.given_fields().into_iter().filter(|name| {
            !row.body.contains_key(*name)
                && !self.values.contains_key(*name)
                && !faults.iter().any(|it| it.path == *name)
        });
        let missing: Vec<Fault> = missing
            .map(|name| Fault::new(name, "fault.row-identity"))
            .collect();
        faults.extend(missing);
        match checked {
            Ok(body) if faults.is_empty() => Ok(body),
            Ok(_) => Err(faults),
            Err(more) => {
                faults.extend(more);
                Err(faults)
            }
        }
    }

    /// The entry that a text is another one of; the fault where it stood before, or may be several.
    fn known_by(
        &self,
        text: &Body,
        known: &KnownIds,
        (seen, number): (&mut BTreeMap<Key, usize>, usize),
    ) -> Result<Option<EntryId>, Fault> {
        let Some(key) = self.identity.key(text) else {
            return Err(Fault::new("", "fault.row-no-title"));
        };
        let path = match self.identity.given_fields().first() {
            Some(field) => *field,
            None => "",
        };
        if let Some(before) = seen.get(&key) {
            return Err(Fault::new(path, "fault.row-twice").with("row", before));
        }
        let found = known.get(&key).into_iter().flatten();
        let found: BTreeSet<&EntryId> = found.collect();
        seen.insert(key, number);
        match found.len() {
            0 | 1 => Ok(found.into_iter().next().cloned()),
            _ => Err(Fault::new(path, "fault.row-many")),
        }
    }
}
