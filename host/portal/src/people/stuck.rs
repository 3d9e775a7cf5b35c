//! What is assigned to somebody whose role has ended by its date.

use std::collections::BTreeMap;

use dinh_domain::dates::Zone;
use dinh_domain::ids::AccountId;
use dinh_domain::people::{Grant, Staff};
use dinh_store::{AccountState, NewAudit, WriteTx};
use serde_json::json;

use super::by::By;
use crate::desk::takes_next_step;
use crate::failure::Failure;
use crate::portal::Portal;

impl Portal {
    /// Takes back what is assigned to somebody who may not do its next step any more: it waits for whoever
    /// may. How many entries.
    pub(super) async fn free_stuck_work(&self) -> Result<usize, Failure> {
        let directory = self.directory().await?;
        let mut tx = self.begin_people(By::Calendar).await?;
        let mut people: BTreeMap<AccountId, Staff> = BTreeMap::new();
        let mut freed = 0;
        for (entry, assignee) in tx.assigned().await? {
            if !people.contains_key(&assignee) {
                let staff = self.staff_today(&mut tx, &assignee).await?;
                people.insert(assignee.clone(), staff);
            }
            let (Some(now), Some(staff)) = (tx.desk_entry(&entry).await?, people.get(&assignee))
            else {
                continue;
            };
            let known = &now.working.entry;
            // What belongs to a plugin that is not there waits for the plugin.
            let Ok((_, _, flow)) = self.declared_of(&known.collection) else {
                continue;
            };
            if takes_next_step(flow, staff, &directory, &now) {
                continue;
            }
            tx.assign(&entry, None).await?;
            let nobody = json!({ "assignee": null });
            let act = self.account_act(By::Calendar, "entry-assigned", &assignee, Some(nobody));
            tx.audit(NewAudit {
                subject_kind: "entry".to_owned(),
                subject: entry.to_string(),
                site: Some(known.site.clone()),
                before: Some(json!({ "assignee": assignee })),
                ..act
            });
            freed += 1;
        }
        tx.commit().await?;
        Ok(freed)
    }

    /// Somebody with the roles of today, lent ones too; with none where the account is not in use.
    pub(crate) async fn staff_today(
        &self,
        tx: &mut WriteTx,
        id: &AccountId,
    ) -> Result<Staff, Failure> {
        let account = tx.account(id).await?;
        if account.is_none_or(|it| it.state != AccountState::Active) {
            return Ok(Staff::new(id.clone(), Vec::new()));
        }
        let today = self.now().date_in(&Zone::default());
        let given = tx.grants_of(id).await?;
        let held = given.into_iter().filter(|it| it.holds(today));
        let grants: Vec<Grant> = held.map(|it| it.grant).collect();
        Ok(Staff {
            acting: tx.acting(id, today).await?,
            ..Staff::new(id.clone(), grants)
        })
    }
}
