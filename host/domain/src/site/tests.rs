use super::{Contact, Directory, Module, Organisation, Places, Share, Site, SiteState};
use crate::ids::{OrganisationId, PluginId, SiteId, Slug};

fn organisation(number: usize, parent: Option<usize>) -> Organisation {
    let id = |number: usize| OrganisationId::new(&format!("unit-{number}")).unwrap();
    Organisation {
        id: id(number),
        parent: parent.map(id),
        kind: "unit".to_owned(),
        name: String::new(),
    }
}

fn site(number: usize) -> Site {
    Site {
        id: SiteId::new(&format!("site-{number}")).unwrap(),
        organisation: OrganisationId::new(&format!("unit-{}", number / 2)).unwrap(),
        name: String::new(),
        upper_line: String::new(),
        introduction: String::new(),
        state: SiteState::Live,
        host: format!("site-{number}.localhost"),
        // The first that claims one has it.
        aliases: vec![
            format!("alias-{number}.localhost"),
            "all.localhost".to_owned(),
        ],
        time_zone: String::new(),
        contact: Contact::default(),
    }
}

/// Each below the one of half its number; two sites each; the last two above each other.
fn places() -> Places {
    let above = |number: usize| match number {
        0 => None,
        10 => Some(11),
        11 => Some(10),
        other => Some((other - 1) / 2),
    };
    let module = |number: usize| Module {
        site: site(number % 24).id,
        plugin: PluginId::new(&format!("plugin-{}", number / 24)).unwrap(),
        mount: Slug::new("muc").unwrap(),
        enabled: true,
        share: Share::Search,
        position: 9 - i64::try_from(number / 24).unwrap(),
    };
    Places {
        organisations: (0..12).map(|it| organisation(it, above(it))).collect(),
        sites: (0..24).map(site).collect(),
        modules: (0..72).map(module).collect(),
        ..Places::default()
    }
}

/// By reading everything, as it is meant.
fn is_above(places: &Places, upper: &OrganisationId, lower: &OrganisationId) -> bool {
    let mut at = Some(lower.clone());
    for _ in 0..=places.organisations.len() {
        let Some(id) = at else { return false };
        if id == *upper {
            return true;
        }
        let found = places.organisations.iter().find(|it| it.id == id);
        at = found.and_then(|it| it.parent.clone());
    }
    false
}

#[test]
fn every_way_through_the_directory_leads_where_reading_all_of_it_does() {
    let places = places();
    let directory = Directory::from(places.clone());
    for upper in &places.organisations {
        let mut below: Vec<&str> = directory
            .below(&upper.id)
            .map(|it| it.id.as_str())
            .collect();
        below.sort_unstable();
        let mut meant: Vec<&str> = Vec::new();
        for lower in &places.organisations {
            let is_above = is_above(&places, &upper.id, &lower.id);
            let (upper, lower) = (&upper.id, &lower.id);
            assert_eq!(
                directory.is_at_or_above(upper, lower),
                is_above,
                "{upper} {lower}"
            );
            meant.extend(is_above.then_some(lower.as_str()));
            let upwards = directory.sites_upwards(lower);
            let own = upwards.filter(|it| it.organisation == *upper).count();
            assert_eq!(own, if is_above { 2 } else { 0 }, "{upper} {lower}");
        }
        meant.sort_unstable();
        assert_eq!(below, meant);
        assert_eq!(directory.sites_below(&upper.id).count(), 2 * below.len());
    }
    for known in &places.sites {
        assert_eq!(directory.site(&known.id), Some(known));
        assert_eq!(directory.site_at(&known.host), Some((known, false)));
        let plugins = directory.modules_on(&known.id).map(|it| it.plugin.as_str());
        assert!(plugins.eq(["plugin-2", "plugin-1", "plugin-0"]));
    }
    let shared = directory.site_at("all.localhost").unwrap();
    assert_eq!((shared.0.id.as_str(), shared.1), ("site-0", true));
    assert_eq!(directory.first_site().unwrap().id.as_str(), "site-0");
    assert_eq!(directory.tops().count(), 1);
}
