//! Addresses of legislation (`/eli/…`): they lead to the entry for ever, whatever becomes of its own.

use dinh_domain::declaration::Eli;
use dinh_domain::eli::{self, Format};
use dinh_domain::visibility::Purpose;

use crate::failure::Failure;
use crate::portal::Portal;
use crate::shown::{Answer, EliAnswer, Withdrawn};
use crate::visit::Visit;

impl Portal {
    /// Where an address of legislation of the visited site leads.
    pub async fn eli(&self, visit: &Visit, path: &str) -> Result<EliAnswer, Failure> {
        let gone = EliAnswer::Here(Answer::NotFound);
        let Some(asked) = eli::read(path) else {
            return Ok(gone);
        };
        let scope = visit.scope(Purpose::Read);
        let site = &visit.site.id;
        let store = self.store();
        let found = store
            .publications_of_eli(&scope, site, &asked.local)
            .await?;
        let mut shown = found.iter().filter(|it| it.withdrawn.is_none());
        let Some(first) = shown.next() else {
            let Some(found) = found.into_iter().next() else {
                return Ok(gone);
            };
            let (Some(section), Some(why)) = (visit.section_of(&found.collection), found.withdrawn)
            else {
                return Ok(gone);
            };
            let successor = match &why.successor {
                Some(id) => self.way_to(visit, id).await?,
                None => None,
            };
            return Ok(EliAnswer::Here(Answer::Withdrawn(Box::new(Withdrawn {
                section: section.clone(),
                reason: why.reason,
                successor,
            }))));
        };
        let declared = self.plugins().collection(&first.collection);
        let view = declared.map(|(_, collection)| &collection.view);
        let speaks = view.and_then(|view| view.eli.as_ref());
        let language = asked.language.as_deref();
        let is_spoken = |eli: &Eli| language.is_none_or(|it| it == eli.language.as_str());
        if !speaks.is_some_and(is_spoken) {
            return Ok(gone);
        }
        if shown.any(|other| other.entry != first.entry) {
            // Two documents of one body with one number in one year: the reader chooses.
            let number = asked.local.rsplit('/').next().unwrap_or_default();
            return Ok(EliAnswer::Several(number.to_owned()));
        }
        let headline = store
            .headlines(&scope, std::slice::from_ref(&first.entry))
            .await?;
        let section = visit.section_of(&first.collection);
        let (Some(headline), Some(section)) = (headline.first(), section) else {
            return Ok(gone);
        };
        let page = format!("/{}/{}", section.path, headline.slug);
        Ok(EliAnswer::Here(match asked.format {
            Format::Html => Answer::Redirect(page),
            Format::Akn if view.is_some_and(|view| view.akn.is_some()) => {
                Answer::Redirect(format!("{page}/akn.xml"))
            }
            Format::Akn => Answer::NotFound,
        }))
    }
}
