//! Communes below areas below the demo's district, each commune with a site that has all sections.

use dinh_domain::declaration::Declaration;
use dinh_domain::ids::{OrganisationId, SiteId};
use dinh_domain::site::{Contact, Module, Organisation, Share, Site, SiteState};
use dinh_store::WriteTx;

use super::{Scale, one};

/// The organisation of the demo at the top.
pub(super) const TOP: &str = "yen-the";
/// Communes of an area.
const COMMUNES_OF_AN_AREA: usize = 25;
const NAMES: [&str; 12] = [
    "Đông Sơn",
    "Xuân Lương",
    "Tam Tiến",
    "Đồng Kỳ",
    "Canh Nậu",
    "Tiến Thắng",
    "Phồn Xương",
    "Bố Hạ",
    "An Thượng",
    "Hồng Kỳ",
    "Tân Hiệp",
    "Hương Vĩ",
];

/// Id of a commune, of its organisation and of its site.
pub fn commune(number: usize) -> String {
    format!("xa-{number:04}")
}

/// Its name.
pub(super) fn name(number: usize) -> String {
    format!("xã {} {number}", one(&NAMES, number))
}

pub(super) async fn make(scale: &Scale, tx: &mut WriteTx, declarations: &[Declaration]) {
    let mut areas: Vec<usize> = scale
        .communes()
        .map(|it| it / COMMUNES_OF_AN_AREA)
        .collect();
    areas.dedup();
    for area in areas {
        let made = organisation(
            &format!("vung-{area:02}"),
            TOP,
            "area",
            &format!("Vùng {area}"),
        );
        tx.put_organisation(&made).await.unwrap();
    }
    for number in scale.communes() {
        let (id, name) = (commune(number), name(number));
        let area = format!("vung-{:02}", number / COMMUNES_OF_AN_AREA);
        let authority = format!("Ủy ban nhân dân {name}");
        let made = organisation(&id, &area, "commune", &authority);
        tx.put_organisation(&made).await.unwrap();
        tx.put_site(&site(&id, authority)).await.unwrap();
        for (place, declaration) in declarations.iter().enumerate() {
            let module = Module {
                site: SiteId::new(&id).unwrap(),
                plugin: declaration.manifest.id.clone(),
                mount: declaration.manifest.mount.clone(),
                enabled: true,
                share: Share::Search,
                position: i64::try_from(place).unwrap(),
            };
            tx.set_module(&module).await.unwrap();
        }
    }
}

fn organisation(id: &str, parent: &str, kind: &str, name: &str) -> Organisation {
    Organisation {
        id: OrganisationId::new(id).unwrap(),
        parent: Some(OrganisationId::new(parent).unwrap()),
        kind: kind.to_owned(),
        name: name.to_owned(),
    }
}

fn site(id: &str, name: String) -> Site {
    Site {
        id: SiteId::new(id).unwrap(),
        organisation: OrganisationId::new(id).unwrap(),
        name,
        upper_line: "Huyện Yên Thế".to_owned(),
        introduction: "Trang thành phần của xã.".to_owned(),
        state: SiteState::Live,
        host: format!("{id}.localhost"),
        aliases: Vec::new(),
        time_zone: "Asia/Ho_Chi_Minh".to_owned(),
        contact: Contact::default(),
    }
}
