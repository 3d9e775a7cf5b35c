//! The audit as an inspector reads it: who, what, when, from where, before and after, in words. Nobody edits
//! anything here.

use std::collections::BTreeMap;

use dinh_domain::dates::{Instant, LocalDate, Zone};
use dinh_domain::ids::{AccountId, OrganisationId, SiteId};
use dinh_domain::people::{Right, sign_in_name};
use dinh_domain::site::Directory;
use dinh_store::{ActorKind, AuditFilter, AuditLine};

use super::words::{act_name, changes, ids};
use crate::failure::Failure;
use crate::people::SignedIn;
use crate::portal::Portal;

/// Acts of a page.
pub const ACTS_MAX: u32 = 50;
/// Acts of one part of an export.
pub const ACTS_EXPORT: u32 = 500;

/// What the audit is narrowed to.
#[derive(Debug, Clone, Default)]
pub struct ActsQuery {
    /// On one site.
    pub site: Option<SiteId>,
    /// By somebody, or done to their account: a name to sign in with, or an operator's.
    pub person: String,
    /// One act.
    pub act: String,
    /// First day.
    pub from: Option<LocalDate>,
    /// Last day.
    pub until: Option<LocalDate>,
    /// Only acts in front of this number.
    pub before: Option<i64>,
}

/// An act in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActShown {
    /// Its number.
    pub number: i64,
    /// When.
    pub at: Instant,
    /// Who, as colleagues call them.
    pub who: String,
    /// From where.
    pub origin: String,
    /// What, in Vietnamese.
    pub act: String,
    /// What it was done to.
    pub subject: String,
    /// The entry that it was done to.
    pub entry: Option<String>,
    /// Name of the site.
    pub site: Option<String>,
    /// What was before and after, by name.
    pub changes: Vec<(String, String, String)>,
}

/// A page of acts.
#[derive(Debug, Clone)]
pub struct ActsPage {
    /// The newest first.
    pub acts: Vec<ActShown>,
    /// Where the next page begins; none on the last.
    pub next: Option<i64>,
    /// Sites whose acts are read, with their names.
    pub sites: Vec<(SiteId, String)>,
}

impl Portal {
    /// A page of the acts that somebody may read, the newest first; none for who reads no audit. What was
    /// done on no site is read by who reads it from the top, and where there are several, from all of them.
    pub async fn acts_page(
        &self,
        who: &SignedIn,
        query: &ActsQuery,
        limit: u32,
    ) -> Result<Option<ActsPage>, Failure> {
        let directory = self.directory().await?;
        let Some(reach) = reach(who, &directory) else {
            return Ok(None);
        };
        let zone = Zone::default();
        let filter = AuditFilter {
            sites: reach.sites_only,
            site: query.site.clone(),
            person: self.person_asked(&query.person).await?,
            act: Some(query.act.clone()).filter(|it| !it.is_empty()),
            from: query.from.map(|day| zone.start_of(day)),
            until: query.until.map(|day| zone.start_of(day.tomorrow())),
            before: query.before,
        };
        let mut lines = self.store().audit_page(&filter, limit + 1).await?;
        let has_more = lines.len() > limit as usize;
        lines.truncate(limit as usize);
        let next = lines.last().map(|it| it.number).filter(|_| has_more);
        let names = self.account_names(&lines).await?;
        let shown = lines.into_iter().map(|it| shown(it, &names, &directory));
        Ok(Some(ActsPage {
            acts: shown.collect(),
            next,
            sites: reach.sites,
        }))
    }

    /// The account of a name, or the name itself: operators and parts of the program have no account.
    async fn person_asked(&self, typed: &str) -> Result<Option<String>, Failure> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Ok(None);
        }
        let account = match sign_in_name(typed) {
            Ok(name) => self.store().account_named(&name).await?,
            Err(_) => None,
        };
        Ok(Some(
            account.map_or_else(|| typed.to_owned(), |it| it.id.to_string()),
        ))
    }

    /// What the people behind the accounts of some acts are called.
    async fn account_names(
        &self,
        lines: &[AuditLine],
    ) -> Result<BTreeMap<String, String>, Failure> {
        let mut names = BTreeMap::new();
        for line in lines {
            let it = &line.it;
            let actor = (it.actor_kind == ActorKind::Account).then_some(&it.actor);
            let subject = (it.subject_kind == "account").then_some(&it.subject);
            let mut found: Vec<String> = actor.into_iter().chain(subject).cloned().collect();
            for payload in it.before.iter().chain(&it.after) {
                ids(payload, &mut found);
            }
            for id in found {
                if names.contains_key(&id) {
                    continue;
                }
                let known = match AccountId::new(&id) {
                    Ok(id) => self.store().account(&id).await?,
                    Err(_) => None,
                };
                let name = known.map(|it| format!("{} ({})", it.full_name, it.name));
                names.insert(id.clone(), name.unwrap_or(id));
            }
        }
        Ok(names)
    }
}

/// Whose acts somebody reads.
struct Reach {
    /// Of these sites alone; none for everything.
    sites_only: Option<Vec<SiteId>>,
    sites: Vec<(SiteId, String)>,
}

fn reach(who: &SignedIn, directory: &Directory) -> Option<Reach> {
    let may = |at: &OrganisationId| who.staff.may(Right::Audit, directory, at, None);
    let mut tops = directory.tops().peekable();
    let all = tops.peek().is_some() && tops.all(|it| may(&it.id));
    let sites = directory.sites.iter().filter(|it| may(&it.organisation));
    let sites: Vec<_> = sites.map(|it| (it.id.clone(), it.name.clone())).collect();
    if !all && sites.is_empty() {
        return None;
    }
    let only = sites.iter().map(|(id, _)| id.clone()).collect();
    Some(Reach {
        sites_only: (!all).then_some(only),
        sites,
    })
}

fn shown(line: AuditLine, names: &BTreeMap<String, String>, directory: &Directory) -> ActShown {
    let it = line.it;
    let named = |id: &str| names.get(id).cloned().unwrap_or_else(|| id.to_owned());
    let site = it.site.as_ref();
    let site = site.map(|id| {
        directory
            .site(id)
            .map_or_else(|| id.to_string(), |it| it.name.clone())
    });
    let who = match it.actor_kind {
        ActorKind::Account => named(&it.actor),
        ActorKind::Plugin => format!("Phần mở rộng {}", it.actor),
        ActorKind::Sender => "Người gửi".to_owned(),
        kind => format!("{}:{}", kind.as_str(), it.actor),
    };
    ActShown {
        number: line.number,
        at: it.at,
        who,
        origin: it.origin,
        act: act_name(&it.act).to_owned(),
        subject: named(&it.subject),
        entry: (it.subject_kind == "entry").then_some(it.subject),
        site,
        changes: changes((it.before.as_ref(), it.after.as_ref()), names),
    }
}
