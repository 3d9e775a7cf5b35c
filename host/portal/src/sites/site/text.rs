//! Texts of a site.

use dinh_domain::dates::Zone;
use dinh_domain::site::Site;

use super::check::refused;
use crate::failure::Failure;

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

pub(super) fn set(site: &mut Site, name: &str, value: &str) -> Result<(), Failure> {
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
