use dinh_domain::dates::{LocalDate, Zone};
use dinh_domain::ids::{OrganisationId, SiteId};
use dinh_domain::organisation::{Change, Chronicle, OrganisationFault, Recorded};
use dinh_domain::site::Directory;
use dinh_domain::workflow::Workflow;
use dinh_store::{NewChange as NewLogged, WriteTx};
use serde_json::json;

use super::may::may_change;
use super::tree::{ahead, circle, heirs};
use crate::failure::Failure;
use crate::people::By;
use crate::portal::Portal;

/// A change to record.
#[derive(Debug, Clone)]
pub struct NewChange {
    /// Of which organisation.
    pub of: OrganisationId,
    /// From this day on.
    pub on: LocalDate,
    /// What.
    pub change: Change,
    /// The deciding act; may be empty.
    pub act: String,
}

/// Why a change is not recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrganisationRefusal {
    /// It would not make sense.
    Fault(OrganisationFault),
    /// Whoever tries has no right to change the tree there.
    NotYours,
}

/// What went to a successor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// Whose it was.
    pub from: OrganisationId,
    /// Whose it is now.
    pub to: OrganisationId,
    /// Sites.
    pub sites: usize,
    /// Entries, public and not.
    pub entries: usize,
    /// Those of them that are under way.
    pub under_way: usize,
}

impl Portal {
    /// Records a change, and does what it brings with it today: a new unit of the portal can be given sites
    /// and people; the sites and the work of one that has ended go to its successor. What went.
    pub async fn record_organisation(
        &self,
        by: By<'_>,
        new: &NewChange,
    ) -> Result<Result<Vec<Moved>, OrganisationRefusal>, Failure> {
        let mut tx = self.store().begin_publishing().await?;
        let chronicle = tx.chronicle().await?;
        let directory = self.directory().await?;
        if !may_change(by, &directory, new) {
            return Ok(Err(OrganisationRefusal::NotYours));
        }
        let (recorded, next) = match next(&chronicle, &directory, new) {
            Ok(next) => next,
            Err(fault) => return Ok(Err(OrganisationRefusal::Fault(fault))),
        };
        let today = self.now().date_in(&Zone::default());
        if let Some(on) = circle(&next, &directory, &new.of, today) {
            let of = new.of.clone();
            let fault = OrganisationFault::Circle { of, on };
            return Ok(Err(OrganisationRefusal::Fault(fault)));
        }
        tx.record_change(&recorded, self.now(), &by.name()).await?;
        let after = json!({ "on": new.on, "change": recorded.change, "act": recorded.act });
        tx.audit(self.organisation_act(by, "organisation-changed", &new.of, after));
        let moved = self.settle_tree(&mut tx, by, &next, &directory).await?;
        self.commit(tx).await?;
        self.directory().await?;
        Ok(Ok(moved))
    }

    /// Records a past, in order, without a word of who may: an operator, or the demo. What is recorded already
    /// is passed over.
    pub async fn record_past(&self, by: By<'_>, past: &[NewChange]) -> Result<usize, Failure> {
        let mut tx = self.store().begin_write().await?;
        let mut chronicle = tx.chronicle().await?;
        let mut count = 0;
        for new in past {
            let about = new.change.about();
            let is_known = |it: &Recorded| it.on == new.on && it.change.about() == about;
            if chronicle.of(&new.of).any(is_known) {
                continue;
            }
            let recorded = Recorded {
                number: i64::MAX,
                of: new.of.clone(),
                on: new.on,
                change: new.change.clone(),
                act: new.act.clone(),
            };
            chronicle = chronicle
                .with(recorded.clone())
                .map_err(|fault| Failure::Refused(format!("{} on {}: {fault}", new.of, new.on)))?;
            tx.record_change(&recorded, self.now(), &by.name()).await?;
            count += 1;
        }
        if count > 0 {
            let after = json!({ "changes": count });
            let of = past.first().map(|it| it.of.clone());
            if let Some(of) = of {
                tx.audit(self.organisation_act(by, "organisations-recorded", &of, after));
            }
        }
        tx.commit().await?;
        Ok(count)
    }

    /// Brings the tree to today: what was recorded for a day that has come.
    pub async fn look_after_organisations(&self) -> Result<usize, Failure> {
        let chronicle = self.store().chronicle().await?;
        let directory = self.directory().await?;
        let today = self.now().date_in(&Zone::default());
        if ahead(&chronicle, &directory.organisations, today).is_empty()
            && heirs(&chronicle, &directory, today).is_empty()
        {
            return Ok(0);
        }
        let mut tx = self.store().begin_publishing().await?;
        let chronicle = tx.chronicle().await?;
        let directory = self.directory().await?;
        let moved = self
            .settle_tree(&mut tx, By::Calendar, &chronicle, &directory)
            .await?;
        self.commit(tx).await?;
        self.directory().await?;
        Ok(moved.len())
    }

    async fn settle_tree(
        &self,
        tx: &mut WriteTx,
        by: By<'_>,
        chronicle: &Chronicle,
        directory: &Directory,
    ) -> Result<Vec<Moved>, Failure> {
        let today = self.now().date_in(&Zone::default());
        for it in ahead(chronicle, &directory.organisations, today) {
            tx.put_organisation(&it).await?;
            tx.log_change(self.tree_change(by, "organisation-put", (None, it.id.as_str())));
        }
        let mut moved = Vec::new();
        // The state alone tells in every workflow.
        let collections = self.plugins().collections().into_iter();
        let flows = collections.filter_map(|id| self.declared_of(&id).ok().map(|it| it.2));
        let flows: Vec<&Workflow> = flows.collect();
        for (from, to) in heirs(chronicle, directory, today) {
            let (sites, entries) = tx.give_sites(&from, &to).await?;
            let is_under_way = |state: &str| flows.iter().any(|it| it.is_under_way(state));
            let under_way = entries.iter().filter(|(_, state)| is_under_way(state));
            let it = Moved {
                sites: sites.len(),
                entries: entries.len(),
                under_way: under_way.count(),
                from: from.clone(),
                to: to.clone(),
            };
            let after = json!({
                "to": it.to, "sites": sites, "entries": it.entries, "under_way": it.under_way,
            });
            tx.audit(self.organisation_act(by, "organisation-succeeded", &from, after));
            for site in sites {
                let of = (Some(site), it.to.as_str());
                tx.log_change(self.tree_change(by, "site-put", of));
            }
            moved.push(it);
        }
        Ok(moved)
    }

    fn tree_change(
        &self,
        by: By<'_>,
        kind: &str,
        (site, detail): (Option<SiteId>, &str),
    ) -> NewLogged {
        NewLogged {
            at: self.now(),
            kind: kind.to_owned(),
            site,
            entry: None,
            actor: by.name(),
            detail: detail.to_owned(),
        }
    }
}

/// What is recorded, and the chronicle with it. One that the portal serves begins where it stands, unless
/// something else is said: below what stands above it here, where that is recorded, too.
fn next(
    chronicle: &Chronicle,
    directory: &Directory,
    new: &NewChange,
) -> Result<(Recorded, Chronicle), OrganisationFault> {
    let mut recorded = Recorded {
        number: i64::MAX,
        of: new.of.clone(),
        on: new.on,
        change: new.change.clone(),
        act: new.act.trim().to_owned(),
    };
    let served = directory.organisation(&new.of);
    if let (Change::Founded { parent, .. }, Some(served)) = (&mut recorded.change, served)
        && parent.is_none()
        && served.parent.is_some()
    {
        parent.clone_from(&served.parent);
        match chronicle.with(recorded.clone()) {
            Err(OrganisationFault::ParentGone { .. }) => recorded.change = new.change.clone(),
            next => return Ok((recorded, next?)),
        }
    }
    let next = chronicle.with(recorded.clone())?;
    Ok((recorded, next))
}
