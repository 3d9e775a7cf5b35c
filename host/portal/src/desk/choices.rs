//! What a room may be narrowed to, and the steps that are offered for many entries together.

use std::collections::BTreeSet;

use dinh_domain::ids::{CollectionId, SiteId};
use dinh_domain::people::Staff;
use dinh_domain::site::Directory;
use dinh_domain::workflow::{By, Seat, possible};
use dinh_store::DeskLine;

use crate::failure::Failure;
use crate::portal::Portal;

/// What somebody may narrow a room to: ids with names, in Vietnamese.
#[derive(Debug, Clone, Default)]
pub struct RoomChoices {
    /// Sites of which they see something, in the portal's order.
    pub sites: Vec<(SiteId, String)>,
    /// Types of entries that these have.
    pub collections: Vec<(CollectionId, String)>,
    /// States of their workflows.
    pub states: Vec<(String, String)>,
}

impl Portal {
    /// What somebody may narrow a room to.
    pub async fn room_choices(&self, staff: &Staff) -> Result<RoomChoices, Failure> {
        let directory = self.directory().await?;
        let scope = Self::desk_scope(staff, &directory);
        let seen: BTreeSet<&SiteId> = scope.any.iter().flat_map(|it| it.sites.iter()).collect();
        let sites = directory.sites.iter().filter(|it| seen.contains(&it.id));
        let sites = sites.map(|it| (it.id.clone(), it.name.clone())).collect();
        let ids: BTreeSet<&CollectionId> = scope.any.iter().map(|it| &it.collection).collect();
        let mut choices = RoomChoices {
            sites,
            ..RoomChoices::default()
        };
        for id in ids {
            let Ok((plugin, collection, flow)) = self.declared_of(id) else {
                continue;
            };
            let label = plugin.text("vi", &collection.label);
            choices.collections.push((id.clone(), label));
            for (state, name) in &flow.states {
                add(&mut choices.states, state, name);
            }
        }
        Ok(choices)
    }

    /// The steps that somebody may take with any of these lines, as far as their rights and the states tell: who wrote
    /// a text is asked when the step is taken.
    pub(super) fn offered(
        &self,
        staff: &Staff,
        directory: &Directory,
        lines: &[DeskLine],
    ) -> Vec<(String, String)> {
        let mut steps = Vec::new();
        let mut asked = BTreeSet::new();
        for line in lines {
            let author = line.desk.author.as_ref();
            let is_own = author == Some(&staff.account);
            let about = (&line.collection, &line.state, &line.organisation);
            if !asked.insert((about, line.is_public, is_own)) {
                continue;
            }
            let Ok((_, _, flow)) = self.declared_of(&line.collection) else {
                continue;
            };
            let seat = Seat {
                state: &line.state,
                is_public: line.is_public,
                organisation: &line.organisation,
                author,
                hands: &[],
            };
            for step in possible(flow, By::Staff(staff), directory, seat) {
                add(&mut steps, &step.id, &step.label);
            }
        }
        steps
    }
}

/// Adds a choice; where two workflows call the same one differently, both names.
pub(super) fn add(choices: &mut Vec<(String, String)>, id: &str, name: &str) {
    match choices.iter_mut().find(|(known, _)| known == id) {
        Some((_, names)) if names.split(" / ").any(|it| it == name) => {}
        Some((_, names)) => {
            names.push_str(" / ");
            names.push_str(name);
        }
        None => choices.push((id.to_owned(), name.to_owned())),
    }
}
