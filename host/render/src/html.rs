use serde::Serialize;

/// HTML that this crate rendered from a checked template, so that it may be put into a page as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct SafeHtml(String);

impl SafeHtml {
    pub(crate) fn rendered(html: String) -> Self {
        Self(html)
    }

    /// A style sheet, for a page that carries its own; none where it could be more than that.
    pub fn style(css: &str) -> Option<Self> {
        // Whatever ends a style element begins with `<`, which no style sheet needs.
        (!css.contains('<')).then(|| Self(css.to_owned()))
    }

    /// The HTML.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
