//! An answer as a reader sees it: words and links.

/// The text with every stretch of white space as one blank.
pub fn one_blank(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of a page, without its tags.
pub fn readable(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    for (at, part) in html.split('<').enumerate() {
        let words = if at == 0 {
            part
        } else {
            part.split_once('>').map_or("", |(_, words)| words)
        };
        text.push_str(words);
    }
    one_blank(&unescaped(&text))
}

/// A link as a reader sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Its words.
    pub words: String,
    /// Its address as written.
    pub address: String,
}

/// The links of a page or of a part of one, in order.
pub fn links(html: &str) -> Vec<Link> {
    html.split("<a ").skip(1).filter_map(link).collect()
}

/// A link that begins here.
fn link(html: &str) -> Option<Link> {
    let (attributes, rest) = html.split_once('>')?;
    let (_, address) = attributes.split_once("href=\"")?;
    let (address, _) = address.split_once('"')?;
    let (words, _) = rest.split_once("</a>")?;
    Some(Link {
        words: readable(words),
        address: unescaped(address),
    })
}

/// Names and values of the hidden fields of a page's forms, in order.
pub fn hidden_fields(html: &str) -> Vec<(String, String)> {
    let inputs = html.split("<input ").filter_map(|it| it.split_once('>'));
    let hidden = inputs.filter(|(attributes, _)| attributes.contains("type=\"hidden\""));
    let field = |attributes: &str| {
        let part = |name: &str| {
            let (_, value) = attributes.split_once(&format!("{name}=\""))?;
            Some(unescaped(value.split_once('"')?.0))
        };
        Some((part("name")?, part("value")?))
    };
    hidden
        .filter_map(|(attributes, _)| field(attributes))
        .collect()
}

/// Where a page lies, or where a link of it leads.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Host, with the port where the address names one.
    pub host: String,
    /// Path and query.
    pub path: String,
}

impl Place {
    /// A path of a host.
    pub fn new(host: &str, path: &str) -> Self {
        Self {
            host: host.to_owned(),
            path: path.to_owned(),
        }
    }

    /// Where an address on the page at this place leads.
    #[must_use]
    pub fn follow(&self, address: &str) -> Self {
        let address = address.split('#').next().unwrap_or_default();
        let here = self.path.split('?').next().unwrap_or_default();
        if address.is_empty() {
            return self.clone();
        }
        let absolute = address
            .strip_prefix("http://")
            .or_else(|| address.strip_prefix("https://"));
        if let Some(rest) = absolute {
            let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
            return Self::new(host, &format!("/{path}"));
        }
        let path = match address.chars().next() {
            Some('/') => address.to_owned(),
            Some('?') => format!("{here}{address}"),
            _ => relative(here, address),
        };
        Self::new(&self.host, &path)
    }
}

/// An address relative to the folder of a path.
fn relative(here: &str, mut address: &str) -> String {
    let mut folder = here.rsplit_once('/').map_or("", |(folder, _)| folder);
    while let Some(rest) = address.strip_prefix("../") {
        address = rest;
        folder = folder.rsplit_once('/').map_or("", |(folder, _)| folder);
    }
    format!("{folder}/{}", address.strip_prefix("./").unwrap_or(address))
}

/// The text with its character references resolved.
pub fn unescaped(text: &str) -> String {
    const ENTITIES: [(&str, &str); 8] = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&#34;", "\""),
        ("&nbsp;", "\u{a0}"),
        // Last, so that nothing is unescaped twice.
        ("&amp;", "&"),
    ];
    ENTITIES
        .iter()
        .fold(text.to_owned(), |text, (entity, letter)| {
            text.replace(entity, letter)
        })
}
