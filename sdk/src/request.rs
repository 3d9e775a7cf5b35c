//! What a page is asked.

/// One call of a declared route.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// The route's name in the manifest.
    pub route: String,
    /// Path parameters of the route.
    pub params: Vec<(String, String)>,
    /// Declared query parameters, in canonical order.
    pub query: Vec<(String, String)>,
    /// BCP 47: `vi`, `en`.
    pub locale: String,
    /// The site that shows the page.
    pub site: String,
    /// An opaque id of the person signed in; none without the grant.
    pub viewer: Option<String>,
}

impl Request {
    /// A request for tests: in Vietnamese, on the site `site`, nobody signed in.
    pub fn to(route: &str) -> Self {
        Self {
            route: route.into(),
            locale: "vi".into(),
            site: "site".into(),
            ..Self::default()
        }
    }

    /// Adds a path parameter.
    #[must_use]
    pub fn with_param(mut self, name: &str, value: &str) -> Self {
        self.params.push((name.into(), value.into()));
        self
    }

    /// Adds a query parameter.
    #[must_use]
    pub fn with_query(mut self, name: &str, value: &str) -> Self {
        self.query.push((name.into(), value.into()));
        self
    }

    /// The first path parameter of that name.
    pub fn param(&self, name: &str) -> Option<&str> {
        first(&self.params, name)
    }

    /// The first query parameter of that name.
    pub fn asked(&self, name: &str) -> Option<&str> {
        first(&self.query, name)
    }
}

fn first<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let (_, value) = pairs.iter().find(|(key, _)| key == name)?;
    Some(value)
}
