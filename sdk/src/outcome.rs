//! What a page or a hook answers.

use serde::Serialize;
use serde_json::Value;

use crate::Object;

/// The answer of a page.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// A template of the package with its model; the host makes the HTML.
    View(View),
    /// A path on this site, beginning with one `/`.
    Redirect(String),
    /// The host's own 404.
    NotFound,
    /// JSON, JSON-LD, CSV, XML, ICS or plain text, at most 1 MiB.
    Data {
        /// Without parameters: `text/csv`.
        media_type: String,
        /// UTF-8 for every text type.
        bytes: Vec<u8>,
    },
}

impl From<View> for Outcome {
    fn from(view: View) -> Self {
        Self::View(view)
    }
}

/// A template and what it shows.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// 200 to 599.
    pub status: u16,
    /// The template's file name without folder and ending.
    pub template: String,
    /// An object, at most 256 KiB as JSON.
    pub model: Value,
    /// 0 leaves it to the host.
    pub max_age_s: u32,
}

impl View {
    /// Status 200; the model is whatever serialises to a JSON object.
    ///
    /// # Errors
    /// When the model does not serialise, in words for the operator.
    pub fn new(template: &str, model: &impl Serialize) -> Result<Self, String> {
        let model = serde_json::to_value(model)
            .map_err(|error| format!("the model of `{template}` does not serialise: {error}"))?;
        Ok(Self {
            status: 200,
            template: template.into(),
            model,
            max_age_s: 0,
        })
    }

    /// Another status than 200.
    #[must_use]
    pub fn with_status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// Caching beyond what the host derives from the content.
    #[must_use]
    pub fn with_max_age_s(mut self, max_age_s: u32) -> Self {
        self.max_age_s = max_age_s;
        self
    }
}

/// One thing wrong with an entry, in the words of the plugin's locale files.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// A JSON pointer into the body; empty for the whole entry.
    pub path: String,
    /// A key of `locales/*.toml`.
    pub message_key: String,
    /// The message's arguments.
    pub args: Object,
}

impl Fault {
    /// A fault without arguments.
    pub fn new(path: &str, message_key: &str) -> Self {
        Self {
            path: path.into(),
            message_key: message_key.into(),
            args: Object::new(),
        }
    }

    /// Adds an argument of the message.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.args.insert(name.into(), value.into());
        self
    }
}
