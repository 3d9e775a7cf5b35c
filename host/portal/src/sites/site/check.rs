//! What a site is compared with before it is made or changed.

use dinh_domain::host_name::is_host_name;
use dinh_domain::ids::{OrganisationId, SiteId};
use dinh_domain::site::{Directory, Organisation, Site};

use super::NewSite;
use crate::failure::Failure;

pub(super) fn refused(why: impl std::fmt::Display) -> Failure {
    Failure::Refused(why.to_string())
}

pub(super) fn found<'a>(directory: &'a Directory, id: &str) -> Result<&'a Site, Failure> {
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
pub(super) fn organisation(directory: &Directory, new: &NewSite) -> Result<Organisation, Failure> {
    let id = OrganisationId::new(&new.organisation).map_err(refused)?;
    let known = |id: &OrganisationId| directory.organisation(id);
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
pub(super) fn is_free(directory: &Directory, site: &SiteId, host: &str) -> Result<(), Failure> {
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

pub(super) fn remove(site: &mut Site, host: &str) -> Result<(), Failure> {
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
