//! An entry in a list of references: a line of text, BibTeX (Patashnik, BibTeXing, 1988) and RIS (Research Information
//! Systems, 2011).

#[cfg(test)]
mod tests;

use std::fmt::Write as _;

/// What is said of it in every format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// Entry type of BibTeX.
    pub bibtex: &'static str,
    /// Field of BibTeX that names the publisher.
    pub publisher_field: &'static str,
    /// Type of reference of RIS.
    pub ris: &'static str,
    /// Names it within a list: the last part of its address.
    pub key: String,
    /// Title.
    pub title: String,
    /// Who made it, in order; a Vietnamese name is not turned round.
    pub creators: Vec<String>,
    /// `YYYY-MM-DD`, or at least a year.
    pub date: String,
    /// Who publishes it.
    pub publisher: String,
    /// Its code.
    pub identifier: String,
    /// What it is about.
    pub description: String,
    /// Language code.
    pub language: String,
    /// Its address.
    pub url: String,
}

impl Reference {
    fn year(&self) -> &str {
        let year = self.date.get(..4).unwrap_or_default();
        let is_year = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
        if is_year { year } else { "" }
    }

    /// `Nguyễn Văn A, Trần Thị B (2024). Title [code]. Publisher. https://…`
    pub fn text(&self) -> String {
        let mut text = self.creators.join(", ");
        let year = self.year();
        // Writing to a string cannot fail.
        if !year.is_empty() {
            let _ = write!(text, " ({year})");
        }
        let _ = write!(text, ". {}", self.title);
        if !self.identifier.is_empty() && self.identifier != self.url {
            let _ = write!(text, " [{}]", self.identifier);
        }
        let _ = write!(text, ". {}. {}", self.publisher, self.url);
        text.trim_start_matches([' ', '.']).to_owned()
    }

    /// A file of one entry, in UTF-8.
    pub fn bibtex(&self) -> String {
        let authors = self.creators.iter().map(|it| format!("{{{}}}", tex(it)));
        let authors: Vec<String> = authors.collect();
        let fields = [
            ("author", authors.join(" and ")),
            ("title", format!("{{{}}}", tex(&self.title))),
            ("year", self.year().to_owned()),
            (
                self.publisher_field,
                format!("{{{}}}", tex(&self.publisher)),
            ),
            ("number", tex(&self.identifier)),
            ("abstract", tex(&self.description)),
            ("language", tex(&self.language)),
            ("url", self.url.replace(['{', '}', '\\'], "")),
        ];
        let mut file = format!("@{}{{{},\n", self.bibtex, self.key);
        for (name, value) in fields {
            if !matches!(value.as_str(), "" | "{}") {
                let _ = writeln!(file, "  {name} = {{{value}}},");
            }
        }
        file.push_str("}\n");
        file
    }

    /// A file of one reference, in UTF-8.
    pub fn ris(&self) -> String {
        let mut file = String::new();
        let mut say = |tag: &str, value: &str| {
            let value = line(value);
            if !value.is_empty() || tag == "ER" {
                let _ = write!(file, "{tag}  - {value}\r\n");
            }
        };
        say("TY", self.ris);
        say("ID", &self.key);
        say("TI", &self.title);
        for creator in &self.creators {
            say("AU", creator);
        }
        say("PY", self.year());
        say("DA", &self.date.replace('-', "/"));
        say("PB", &self.publisher);
        say("SN", &self.identifier);
        say("AB", &self.description);
        say("LA", &self.language);
        say("UR", &self.url);
        say("ER", "");
        file
    }
}

/// One line of text.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text in which no sign acts. Braces are counted even behind a backslash, so they are named.
fn tex(text: &str) -> String {
    let mut told = String::with_capacity(text.len());
    for sign in line(text).chars() {
        match sign {
            '{' => told.push_str("\\textbraceleft "),
            '}' => told.push_str("\\textbraceright "),
            '\\' => told.push_str("\\textbackslash "),
            '~' => told.push_str("\\textasciitilde "),
            '^' => told.push_str("\\textasciicircum "),
            '&' | '%' | '$' | '#' | '_' => {
                told.push('\\');
                told.push(sign);
            }
            other => told.push(other),
        }
    }
    told
}
