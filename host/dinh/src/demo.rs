//! The demo: the district of Yên Thế, two of its communes and the farmers' union, with documents
//! written for it. What a plugin shows comes from its own `fixtures/<site>.toml`.

pub mod browse;
pub mod cases;
pub(crate) mod fixture;
mod organisations;
pub mod page;
pub mod people;

use std::sync::Arc;

use dinh_domain::dates::DEFAULT_TIME_ZONE;
use dinh_domain::ids::{OrganisationId, SiteId};
use dinh_domain::site::{Contact, Organisation, Site, SiteState};
use dinh_portal::{LoadedPlugin, Portal};

/// One organisation with its site.
struct Place {
    id: &'static str,
    parent: Option<&'static str>,
    kind: &'static str,
    organisation: &'static str,
    name: &'static str,
    upper_line: &'static str,
    introduction: &'static str,
    host: &'static str,
    aliases: &'static [&'static str],
    address: &'static str,
    phone: &'static str,
    email: &'static str,
    responsible: &'static str,
    /// Whether it has the sections that plugins offer.
    sections: bool,
    /// Those that it leaves out: each site has what it needs.
    without: &'static [&'static str],
}

const DISTRICT: &str = "yen-the";

const PLACES: [Place; 4] = [
    Place {
        id: DISTRICT,
        parent: None,
        kind: "district",
        organisation: "Ủy ban nhân dân huyện Yên Thế",
        name: "Cổng Thông tin điện tử huyện Yên Thế",
        upper_line: "Tỉnh Bắc Giang",
        introduction: "Thông tin chính thức của Ủy ban nhân dân huyện Yên Thế: văn bản, chỉ đạo điều hành và dịch vụ cho người dân, doanh nghiệp.",
        host: "localhost",
        aliases: &["yenthe.localhost"],
        address: "Thị trấn Phồn Xương, huyện Yên Thế, tỉnh Bắc Giang",
        phone: "0204 3876 000",
        email: "ubndyenthe@example.gov.vn",
        responsible: "Trưởng Ban Biên tập Cổng Thông tin điện tử huyện",
        sections: true,
        without: &[],
    },
    Place {
        id: "dong-son",
        parent: Some(DISTRICT),
        kind: "commune",
        organisation: "Ủy ban nhân dân xã Đông Sơn",
        name: "Trang Thông tin điện tử xã Đông Sơn",
        upper_line: "Huyện Yên Thế, tỉnh Bắc Giang",
        introduction: "Thông tin của Ủy ban nhân dân xã Đông Sơn, huyện Yên Thế.",
        host: "dong-son.localhost",
        aliases: &[],
        address: "Xã Đông Sơn, huyện Yên Thế, tỉnh Bắc Giang",
        phone: "0204 3876 001",
        email: "xadongson@example.gov.vn",
        responsible: "Chủ tịch Ủy ban nhân dân xã",
        sections: true,
        without: &["feedback"],
    },
    Place {
        id: "xuan-luong",
        parent: Some(DISTRICT),
        kind: "commune",
        organisation: "Ủy ban nhân dân xã Xuân Lương",
        name: "Trang Thông tin điện tử xã Xuân Lương",
        upper_line: "Huyện Yên Thế, tỉnh Bắc Giang",
        introduction: "Thông tin của Ủy ban nhân dân xã Xuân Lương, huyện Yên Thế.",
        host: "xuan-luong.localhost",
        aliases: &[],
        address: "Xã Xuân Lương, huyện Yên Thế, tỉnh Bắc Giang",
        phone: "0204 3876 002",
        email: "xaxuanluong@example.gov.vn",
        responsible: "Chủ tịch Ủy ban nhân dân xã",
        sections: true,
        without: &[
            "feedback",
            "consultations",
            "science-projects",
            "statistics",
        ],
    },
    Place {
        id: "hoi-nong-dan",
        parent: Some(DISTRICT),
        kind: "union",
        organisation: "Hội Nông dân huyện Yên Thế",
        name: "Trang Thông tin điện tử Hội Nông dân huyện Yên Thế",
        upper_line: "Huyện Yên Thế, tỉnh Bắc Giang",
        introduction: "Thông tin của Hội Nông dân huyện Yên Thế, tổ chức chính trị – xã hội của giai cấp nông dân.",
        host: "hoi-nong-dan.localhost",
        aliases: &[],
        address: "Thị trấn Phồn Xương, huyện Yên Thế, tỉnh Bắc Giang",
        phone: "0204 3876 003",
        email: "hoinongdan@example.gov.vn",
        responsible: "Chủ tịch Hội Nông dân huyện",
        sections: true,
        without: &[
            "legal-documents",
            "public-services",
            "consultations",
            "feedback",
            "statistics",
        ],
    },
];

/// What the terminal says when the demo is ready.
pub fn welcome(port: u16) -> String {
    let lines = PLACES
        .iter()
        .map(|place| format!("  http://{}:{port}/  {}", place.host, place.name));
    format!(
        "The demo is ready:\n{}\n{}",
        lines.collect::<Vec<_>>().join("\n"),
        people::welcome(port)
    )
}

/// Makes the demo's sites and entries; a second time changes nothing.
pub async fn fill(portal: &Portal) -> Result<(), String> {
    let known = portal.sites().await.map_err(|error| error.to_string())?;
    for place in &PLACES {
        if !known.iter().any(|site| site.id.as_str() == place.id) {
            settle(portal, place).await?;
        }
        if place.sections {
            open_sections(portal, place).await?;
        }
        for plugin in bundled(portal) {
            fixture::post(portal, plugin, place.id).await?;
        }
    }
    organisations::settle(portal).await?;
    people::settle(portal).await
}

/// The plugins that the demo is about; what an operator installed beside them is his own matter.
fn bundled(portal: &Portal) -> impl Iterator<Item = &Arc<LoadedPlugin>> {
    portal.plugins().all().filter(|it| it.origin.is_none())
}

async fn settle(portal: &Portal, place: &Place) -> Result<(), String> {
    let told = |error: dinh_portal::Failure| error.to_string();
    let bad = |error: dinh_domain::ids::BadId| error.to_string();
    let id = |text: &str| OrganisationId::new(text).map_err(bad);
    let organisation = Organisation {
        id: id(place.id)?,
        parent: place.parent.map(id).transpose()?,
        kind: place.kind.to_owned(),
        name: place.organisation.to_owned(),
    };
    let site = Site {
        id: SiteId::new(place.id).map_err(bad)?,
        organisation: organisation.id.clone(),
        name: place.name.to_owned(),
        upper_line: place.upper_line.to_owned(),
        introduction: place.introduction.to_owned(),
        state: SiteState::Live,
        host: place.host.to_owned(),
        aliases: place.aliases.iter().map(|it| (*it).to_owned()).collect(),
        time_zone: DEFAULT_TIME_ZONE.to_owned(),
        contact: Contact {
            address: place.address.to_owned(),
            phone: place.phone.to_owned(),
            fax: String::new(),
            email: place.email.to_owned(),
            responsible: place.responsible.to_owned(),
        },
    };
    portal.put_site(&organisation, &site).await.map_err(told)
}

/// Enables every plugin that the site has not heard of yet; what somebody disabled stays so.
async fn open_sections(portal: &Portal, place: &Place) -> Result<(), String> {
    let site = place.id;
    let told = |error: dinh_portal::Failure| error.to_string();
    let known = portal.modules().await.map_err(told)?;
    for plugin in bundled(portal) {
        let id = plugin.declaration.manifest.id.as_str();
        let is_known = known.iter().any(|it| it.site == site && it.plugin == id);
        if !is_known && !place.without.contains(&id) {
            portal.set_module(site, id, true).await.map_err(told)?;
        }
    }
    Ok(())
}
