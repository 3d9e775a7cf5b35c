//! A regulation as data: which sections each kind of organisation must have.

use serde::Deserialize;

/// What a regulation says; the default says nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Its name: `yen-the-2014`.
    pub name: String,
    /// What is owed.
    #[serde(default)]
    owed: Vec<Owed>,
}

/// Sections that some kinds of organisations must have.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Owed {
    /// The clause that says so.
    by: String,
    /// Kinds of organisations: `district`, `commune`.
    kinds: Vec<String>,
    /// Clauses of the sections, as plugins name their own.
    sections: Vec<String>,
}

impl Profile {
    /// Reads a file of `host/profiles`.
    ///
    /// # Errors
    /// What is wrong with it, with its line.
    pub fn parse(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|error| error.to_string())
    }

    /// The clause by which an organisation of a kind owes the section of a clause; none where it does not.
    pub fn owes(&self, kind: &str, section: &str) -> Option<&str> {
        let is_it = |it: &&Owed| {
            it.kinds.iter().any(|it| it == kind) && it.sections.iter().any(|it| it == section)
        };
        self.owed.iter().find(is_it).map(|it| it.by.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Profile;

    #[test]
    fn a_kind_owes_what_its_regulation_names_and_nothing_more() {
        let text =
            "name = \"x\"\n[[owed]]\nby = \"Đ4.4\"\nkinds = [\"commune\"]\nsections = [\"Đ4.5\"]";
        let profile = Profile::parse(text).unwrap();
        assert_eq!(profile.owes("commune", "Đ4.5"), Some("Đ4.4"));
        assert_eq!(profile.owes("commune", "Đ4.6"), None);
        assert_eq!(profile.owes("union", "Đ4.5"), None);
        assert_eq!(Profile::default().owes("commune", "Đ4.5"), None);
        assert!(
            Profile::parse("name = \"x\"\nowes = 1")
                .unwrap_err()
                .contains("owes")
        );
    }
}
