//! Making a site, and changing it.

mod check;
mod text;

use dinh_domain::ids::SiteId;
use dinh_domain::site::{Contact, Site, SiteState};
use dinh_store::{NewAudit, WriteTx};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use check::{found, is_free, organisation, refused, remove};
use text::set;

pub use text::SITE_TEXTS;

use crate::audit::Act;
use crate::failure::Failure;
use crate::people::By;
use crate::portal::Portal;

/// A site that is made.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewSite {
    /// For ever the same.
    pub id: String,
    /// Where it answers.
    pub host: String,
    /// Whose it is.
    pub organisation: String,
    /// Kind, name and what stands above it, where the organisation is made with it.
    pub found: Option<(String, String, Option<String>)>,
    /// Name and value of its texts; the name is among them.
    pub texts: Vec<(String, String)>,
    /// Public at once.
    pub live: bool,
}

/// What becomes of a site.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SiteChange {
    /// A text of [`SITE_TEXTS`].
    Text(String, String),
    /// Whether it answers, and why.
    State(SiteState, String),
    /// One more host name; whether addresses use it from now on.
    AddHost(String, bool),
    /// It answers there no longer.
    RemoveHost(String),
}

/// A site as operators see it.
#[derive(Debug, Clone, Serialize)]
pub struct SiteLine {
    /// The site.
    #[serde(flatten)]
    pub site: Site,
    /// Name of its organisation.
    pub organisation_name: String,
    /// Its modules.
    pub modules: Vec<crate::operate::ModuleLine>,
}

impl Portal {
    /// Makes a site; it is on trial until it is opened.
    pub async fn add_site(&self, by: By<'_>, new: &NewSite) -> Result<(), Failure> {
        let mut tx = self.store().begin_publishing().await?;
        let directory = tx.directory().await?.directory;
        let id = SiteId::new(&new.id).map_err(refused)?;
        if directory.site(&id).is_some() {
            return Err(refused(format!(
                "there is a site `{id}` already: change it with `dinh site set`"
            )));
        }
        let organisation = organisation(&directory, new)?;
        let mut site = Site {
            id,
            organisation: organisation.id.clone(),
            name: String::new(),
            upper_line: String::new(),
            introduction: String::new(),
            state: if new.live {
                SiteState::Live
            } else {
                SiteState::Trial
            },
            host: new.host.clone(),
            aliases: Vec::new(),
            time_zone: dinh_domain::dates::DEFAULT_TIME_ZONE.to_owned(),
            contact: Contact::default(),
        };
        is_free(&directory, &site.id, &new.host)?;
        for (name, value) in &new.texts {
            set(&mut site, name, value)?;
        }
        if site.name.is_empty() {
            return Err(refused("name the site: --name"));
        }
        if new.found.is_some() {
            tx.put_organisation(&organisation).await?;
        }
        self.put_changed(tx, by, (None, &site), "").await
    }

    /// Changes a site: all of it, or nothing and the reason.
    pub async fn change_site(
        &self,
        by: By<'_>,
        id: &str,
        changes: &[SiteChange],
    ) -> Result<Site, Failure> {
        let mut tx = self.store().begin_publishing().await?;
        let directory = tx.directory().await?.directory;
        let before = found(&directory, id)?.clone();
        let (mut site, mut why) = (before.clone(), "");
        for change in changes {
            match change {
                SiteChange::Text(name, value) => set(&mut site, name, value)?,
                SiteChange::State(state, reason) => {
                    let hides = matches!(state, SiteState::Suspended | SiteState::Closed);
                    if hides && reason.trim().is_empty() {
                        return Err(refused("say why it is taken from its readers: --reason"));
                    }
                    site.state = *state;
                    why = reason;
                }
                SiteChange::AddHost(host, is_canonical) => {
                    is_free(&directory, &site.id, host)?;
                    site.aliases.retain(|it| it != host);
                    match is_canonical {
                        true if site.host != *host => {
                            let former = std::mem::replace(&mut site.host, host.clone());
                            site.aliases.insert(0, former);
                        }
                        false if site.host != *host => site.aliases.push(host.clone()),
                        _ => {}
                    }
                }
                SiteChange::RemoveHost(host) => remove(&mut site, host)?,
            }
        }
        if site != before {
            self.put_changed(tx, by, (Some(&before), &site), why)
                .await?;
        }
        Ok(site)
    }

    /// A site with its modules.
    pub async fn site_line(&self, id: &str) -> Result<SiteLine, Failure> {
        let directory = self.directory().await?;
        let site = found(&directory, id)?.clone();
        let organisation = directory.organisation_of(&site);
        let modules = self.modules().await?;
        Ok(SiteLine {
            organisation_name: organisation.map(|it| it.name.clone()).unwrap_or_default(),
            modules: modules.into_iter().filter(|it| it.site == id).collect(),
            site,
        })
    }

    async fn put_changed(
        &self,
        mut tx: WriteTx,
        by: By<'_>,
        (before, site): (Option<&Site>, &Site),
        reason: &str,
    ) -> Result<(), Failure> {
        let mut after = standing(site);
        if !reason.trim().is_empty() {
            after["reason"] = json!(reason.trim());
        }
        let act = Act {
            what: "site-put",
            kind: "site",
            subject: site.id.as_str(),
            before: before.map(standing),
            after: Some(after),
        };
        tx.audit(NewAudit {
            site: Some(site.id.clone()),
            ..self.act_by(by, act)
        });
        tx.put_site(site).await?;
        tx.log_change(self.directory_change(by, "site-put", Some(site.id.clone()), &site.host));
        self.commit(tx).await?;
        Ok(())
    }
}

fn standing(it: &Site) -> Value {
    json!({
        "organisation": it.organisation,
        "name": it.name,
        "upper_line": it.upper_line,
        "introduction": it.introduction,
        "state": it.state,
        "host": it.host,
        "aliases": it.aliases,
        "time_zone": it.time_zone,
        "contact": it.contact,
    })
}
