use dinh_portal::LANGUAGE;

/// Names one kept answer: host (and with it the site), path, language, theme and the parameters in
/// canonical order. Line breaks part them: no part can hold one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Key(String);

impl Key {
    /// `theme`: changes with every file of the theme.
    pub(crate) fn new(theme: &str, host: &str, path: &str, params: &[(String, String)]) -> Self {
        let long = params
            .iter()
            .map(|(name, value)| name.len() + value.len() + 2);
        let length = host.len() + path.len() + LANGUAGE.len() + theme.len() + 3;
        let mut text = String::with_capacity(length + long.sum::<usize>());
        for (at, part) in [host, path, LANGUAGE, theme].into_iter().enumerate() {
            if at > 0 {
                text.push('\n');
            }
            text.push_str(part);
        }
        for (name, value) in params {
            text.push('\n');
            text.push_str(name);
            // A name with `=` in it could be mistaken for a shorter one with a longer value.
            text.push('\u{1}');
            text.push_str(value);
        }
        Self(text)
    }

    pub(crate) fn size_bytes(&self) -> usize {
        self.0.len()
    }
}
