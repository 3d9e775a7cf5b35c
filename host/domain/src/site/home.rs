//! The blocks of a site's home page in the order that somebody gave them.

#[cfg(test)]
mod tests;

/// A block that somebody has placed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HomePlace {
    /// The plugin and its name there: `legal-documents/newest`. May be one that nobody declares any more.
    pub block: String,
    /// Left out for now.
    pub hidden: bool,
}

/// What becomes of the order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HomeChange {
    /// A block changes places with the one before it.
    Up(String),
    /// With the one after it.
    Down(String),
    /// It is left out.
    Hide(String),
    /// It is back at its place.
    Show(String),
    /// Everything is as declared again.
    Reset,
}

impl HomeChange {
    /// The block that it is about.
    pub fn block(&self) -> Option<&str> {
        match self {
            Self::Up(block) | Self::Down(block) | Self::Hide(block) | Self::Show(block) => {
                Some(block)
            }
            Self::Reset => None,
        }
    }
}

/// All blocks in order: those that were placed, then what is declared and was not there yet. What nobody declares any
/// more keeps its place, for its plugin may come back.
pub fn arranged<'a>(
    placed: &[HomePlace],
    declared: impl IntoIterator<Item = &'a str>,
) -> Vec<HomePlace> {
    let mut all = placed.to_vec();
    for block in declared {
        if !all.iter().any(|it| it.block == block) {
            all.push(HomePlace {
                block: block.to_owned(),
                hidden: false,
            });
        }
    }
    all
}

/// The order after a change. `listed` says which blocks whoever changes it has before them: those of sections that are
/// switched off are not, and a block passes them by. A block that is first or last stays.
pub fn changed(
    mut all: Vec<HomePlace>,
    change: &HomeChange,
    listed: impl Fn(&str) -> bool,
) -> Vec<HomePlace> {
    let Some(block) = change.block() else {
        return Vec::new();
    };
    let Some(at) = all.iter().position(|it| it.block == block) else {
        return all;
    };
    let other = match change {
        HomeChange::Up(_) => all[..at].iter().rposition(|it| listed(&it.block)),
        HomeChange::Down(_) => {
            let after = all[at + 1..].iter().position(|it| listed(&it.block));
            after.map(|it| at + 1 + it)
        }
        HomeChange::Hide(_) | HomeChange::Show(_) => {
            all[at].hidden = matches!(change, HomeChange::Hide(_));
            None
        }
        HomeChange::Reset => None,
    };
    if let Some(other) = other {
        let moved = all.remove(at);
        all.insert(other, moved);
    }
    all
}
