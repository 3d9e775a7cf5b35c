//! Making a site, and changing it.

use dinh_domain::dates::Zone;
use dinh_domain::host_name::is_host_name;
use dinh_domain::ids::{OrganisationId, SiteId};
use dinh_domain::site::{Contact, Directory, Organisation, Site, SiteState};
use dinh_store::{NewAudit, WriteTx};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::audit::Act;
use crate::failure::Failure;
use crate::people::By;
use crate::portal::Portal;

/// Texts of a site that are set by name.
pub const SITE_TEXTS: [&str; 9] = [
    "name",
    "upper-line",
    "introduction",
    "time-zone",
    "address",
    "phone",
    "fax",
    "email",
    "responsible",
];
/// Longest of them, in bytes.
const TEXT_BYTES_MAX: usize = 2_000;

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

fn refused(why: impl std::fmt::Display) -> Failure {
    Failure::Refused(why.to_string())
}

fn found<'a>(directory: &'a Directory, id: &str) -> Result<&'a Site, Failure> {
    let mut sites = directory.sites.iter();
    sites.find(|it| it.id.as_str() == id).ok_or_else(|| {
        let known: Vec<&str> = directory.sites.iter().map(|it| it.id.as_str()).collect();
        refused(format!(
            "there is no site `{id}`; there are: {}",
            known.join(", ")
        ))
    })
}

/// The organisation of a new site, which may be made with it.
fn organisation(directory: &Directory, new: &NewSite) -> Result<Organisation, Failure> {
    let id = OrganisationId::new(&new.organisation).map_err(refused)?;
    let known = |id: &OrganisationId| directory.organisations.iter().find(|it| it.id == *id);
    match (known(&id), &new.found) {
        (Some(known), None) => Ok(known.clone()),
        (Some(_), Some(_)) => Err(refused(format!(
            "there is an organisation `{id}` already: leave --organisation-name and --kind out"
        ))),
        (None, None) => Err(refused(format!(
            "there is no organisation `{id}`: make it with the site by --organisation-name and --kind"
        ))),
        (None, Some((kind, name, above))) => {
            let parent = above.as_deref().map(OrganisationId::new);
            let parent = parent.transpose().map_err(refused)?;
            if let Some(parent) = parent.as_ref().filter(|it| known(it).is_none()) {
                return Err(refused(format!(
                    "there is no organisation `{parent}` above it"
                )));
            }
            Ok(Organisation {
                id,
                parent,
                kind: kind.clone(),
                name: name.clone(),
            })
        }
    }
}

/// A host leads to one site.
fn is_free(directory: &Directory, site: &SiteId, host: &str) -> Result<(), Failure> {
    if !is_host_name(host) {
        return Err(refused(format!(
            "`{host}` is no host name: lower-case letters, digits, hyphens and dots, without port and scheme"
        )));
    }
    match directory
        .site_at(host)
        .filter(|(other, _)| other.id != *site)
    {
        None => Ok(()),
        Some((other, _)) => Err(refused(format!("{host} is a host of {}", other.id))),
    }
}

fn remove(site: &mut Site, host: &str) -> Result<(), Failure> {
    if site.host == host {
        return Err(refused(format!(
            "{host} is the name in the addresses of {0}: make another one that first (`dinh site host add {0} HOST --canonical`)",
            site.id
        )));
    }
    let before = site.aliases.len();
    site.aliases.retain(|it| it != host);
    if site.aliases.len() == before {
        return Err(refused(format!("{host} is no host of {}", site.id)));
    }
    Ok(())
}

fn set(site: &mut Site, name: &str, value: &str) -> Result<(), Failure> {
    let value = value.trim();
    if value.len() > TEXT_BYTES_MAX {
        return Err(refused(format!(
            "{name} has more than {TEXT_BYTES_MAX} bytes"
        )));
    }
    let place = match name {
        "name" if value.is_empty() => return Err(refused("a site has a name")),
        "time-zone" if Zone::named(value).is_none() => {
            return Err(refused(format!("there is no time zone `{value}`")));
        }
        "name" => &mut site.name,
        "upper-line" => &mut site.upper_line,
        "introduction" => &mut site.introduction,
        "time-zone" => &mut site.time_zone,
        "address" => &mut site.contact.address,
        "phone" => &mut site.contact.phone,
        "fax" => &mut site.contact.fax,
        "email" => &mut site.contact.email,
        "responsible" => &mut site.contact.responsible,
        other => {
            let known = SITE_TEXTS.join(", ");
            return Err(refused(format!(
                "there is no `{other}`; there are: {known}"
            )));
        }
    };
    value.clone_into(place);
    Ok(())
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
