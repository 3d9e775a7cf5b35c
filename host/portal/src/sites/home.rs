//! The order of a site's home page.

use dinh_domain::ids::SiteId;
use dinh_domain::site::{Directory, HomeChange, HomePlace, arranged, changed};
use dinh_store::NewAudit;
use serde_json::{Value, json};

use super::module::may_change;
use super::refusal::ModuleRefusal;
use crate::audit::Act;
use crate::failure::Failure;
use crate::home::SiteBlock;
use crate::people::{By, SignedIn};
use crate::portal::Portal;

/// What the audit and the change log call it.
const PLACED: &str = "home-placed";

/// A site's home page as those see it who look after the site.
#[derive(Debug, Clone)]
pub struct HomeRoom {
    /// The site.
    pub site: SiteId,
    /// Its name.
    pub site_name: String,
    /// Its host.
    pub host: String,
    /// The blocks of the sections that are switched on, in order.
    pub lines: Vec<HomeRoomLine>,
    /// Whether somebody gave them an order.
    pub is_placed: bool,
}

/// One of them.
#[derive(Debug, Clone)]
pub struct HomeRoomLine {
    /// What its place is kept by.
    pub block: String,
    /// Its heading.
    pub title: String,
    /// The section that shows it.
    pub section: String,
    /// Left out for now.
    pub hidden: bool,
}

impl Portal {
    /// The order of a site's home page; none where there is no such thing for who asks.
    pub async fn home_room(&self, who: &SignedIn, site: &str) -> Result<Option<HomeRoom>, Failure> {
        let directory = self.directory().await?;
        let site = SiteId::new(site).ok();
        let site = site.and_then(|id| directory.site(&id));
        let Some(site) = site else {
            return Ok(None);
        };
        if may_change(By::Account(who), &directory, &site.id).is_err() {
            return Ok(None);
        }
        let all = self.blocks_on(&directory, &site.id);
        let lines = places(&directory, &site.id, &all).into_iter();
        let lines = lines.filter_map(|place| {
            let it = all.iter().find(|it| it.id == place.block)?;
            it.module.enabled.then(|| HomeRoomLine {
                title: it.plugin.text("vi", &it.block.title),
                section: it.plugin.text("vi", &it.plugin.declaration.manifest.name),
                block: place.block,
                hidden: place.hidden,
            })
        });
        Ok(Some(HomeRoom {
            lines: lines.collect(),
            is_placed: !directory.home_places(&site.id).is_empty(),
            site: site.id.clone(),
            site_name: site.name.clone(),
            host: site.host.clone(),
        }))
    }

    /// Changes the order of a site's home page, at once.
    pub async fn change_home(
        &self,
        by: By<'_>,
        site: &str,
        change: &HomeChange,
    ) -> Result<Result<(), ModuleRefusal>, Failure> {
        let mut tx = self.store().begin_publishing().await?;
        let directory = tx.directory().await?.directory;
        let site = match self.site_named(&directory, site) {
            Ok(site) => site,
            Err(refusal) => return Ok(Err(refusal)),
        };
        if let Err(refusal) = may_change(by, &directory, &site) {
            return Ok(Err(refusal));
        }
        let all = self.blocks_on(&directory, &site);
        let is_listed = |block: &str| all.iter().any(|it| it.id == block && it.module.enabled);
        if let Some(block) = change.block()
            && !is_listed(block)
        {
            return Ok(Err(ModuleRefusal::NoBlock(block.to_owned())));
        }
        let before = places(&directory, &site, &all);
        let after = match change {
            HomeChange::Reset => Vec::new(),
            change => changed(before.clone(), change, is_listed),
        };
        let stored = directory.home_places(&site);
        let is_same = match change {
            HomeChange::Reset => stored.is_empty(),
            _ => before == after,
        };
        if is_same {
            return Ok(Ok(()));
        }
        let standing = |places: &[HomePlace]| Some(standing(&arranged(places, ids(&all))));
        let act = Act {
            what: PLACED,
            kind: "site",
            subject: site.as_str(),
            before: standing(&before),
            after: standing(&after),
        };
        tx.audit(NewAudit {
            site: Some(site.clone()),
            ..self.act_by(by, act)
        });
        tx.set_home_places(&site, &after).await?;
        let subject = site.to_string();
        tx.log_change(self.directory_change(by, PLACED, Some(site), &subject));
        self.commit(tx).await?;
        Ok(Ok(()))
    }
}

fn ids<'a>(all: &'a [SiteBlock<'a>]) -> impl Iterator<Item = &'a str> {
    all.iter().map(|it| it.id.as_str())
}

fn places(directory: &Directory, site: &SiteId, all: &[SiteBlock<'_>]) -> Vec<HomePlace> {
    arranged(directory.home_places(site), ids(all))
}

fn standing(places: &[HomePlace]) -> Value {
    let shown = places.iter().filter(|it| !it.hidden);
    let hidden = places.iter().filter(|it| it.hidden);
    json!({
        "blocks": shown.map(|it| it.block.as_str()).collect::<Vec<_>>(),
        "hidden": hidden.map(|it| it.block.as_str()).collect::<Vec<_>>(),
    })
}
