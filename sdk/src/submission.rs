//! What a form was sent.

use serde_json::Value;

use crate::Object;

/// One sending of a declared form, checked by the host as its declaration says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Submission {
    /// The route's name in the manifest.
    pub form: String,
    /// Path parameters of the route.
    pub params: Vec<(String, String)>,
    /// Every declared field, and no other.
    pub values: Object,
    /// BCP 47: `vi`, `en`.
    pub locale: String,
    /// The site.
    pub site: String,
    /// An opaque id of the person signed in; none without the grant.
    pub viewer: Option<String>,
}

impl Submission {
    /// One for tests: in Vietnamese, on the site `site`, nobody signed in.
    pub fn of(form: &str) -> Self {
        Self {
            form: form.into(),
            locale: "vi".into(),
            site: "site".into(),
            ..Self::default()
        }
    }

    /// Adds a field.
    #[must_use]
    pub fn with(mut self, field: &str, value: impl Into<Value>) -> Self {
        self.values.insert(field.into(), value.into());
        self
    }

    /// A path parameter of the route, and `id` of the entry that it is about.
    pub fn param(&self, name: &str) -> Option<&str> {
        let found = self.params.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Adds a path parameter.
    #[must_use]
    pub fn with_param(mut self, name: &str, value: &str) -> Self {
        self.params.push((name.into(), value.into()));
        self
    }

    /// The text of a field, empty where nothing was typed.
    pub fn text(&self, field: &str) -> &str {
        let value = self.values.get(field).and_then(Value::as_str);
        value.unwrap_or_default()
    }

    /// Whether a box is ticked.
    pub fn is_ticked(&self, field: &str) -> bool {
        self.values.get(field).and_then(Value::as_bool) == Some(true)
    }
}
