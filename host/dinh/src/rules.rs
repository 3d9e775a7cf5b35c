//! Regulations that come with the program.

use dinh_domain::profile::Profile;

/// Each by its name.
const PROFILES: [(&str, &str); 2] = [
    (
        "yen-the-2014",
        include_str!("../../profiles/yen-the-2014.toml"),
    ),
    ("none", "name = \"none\""),
];
/// The one of a portal that names none.
pub const DEFAULT_PROFILE: &str = "yen-the-2014";

/// A regulation by its name.
///
/// # Errors
/// There is none of that name.
pub fn profile(name: &str) -> Result<Profile, String> {
    let known = PROFILES.iter().find(|(known, _)| *known == name);
    let Some((_, text)) = known else {
        let known = PROFILES.map(|(name, _)| name).join(", ");
        return Err(format!("there is no profile `{name}`; there are: {known}"));
    };
    Profile::parse(text)
}

#[cfg(test)]
mod tests {
    use super::{PROFILES, profile};

    #[test]
    fn every_profile_is_read() {
        for (name, _) in PROFILES {
            assert_eq!(profile(name).unwrap().name, name);
        }
        assert!(profile("x").unwrap_err().contains("yen-the-2014"));
    }
}
