//! The line of a fault that was found by reading one part of a declaration against another.

use super::{DeclarationFault, PluginFiles};

/// Gives each fault the line of its file that names most of what it is about.
pub(super) fn find(files: &PluginFiles, faults: &mut [DeclarationFault]) {
    for fault in faults.iter_mut().filter(|fault| fault.line.is_none()) {
        let source = files.get(&fault.file);
        if let Some(source) = source.and_then(|bytes| std::str::from_utf8(bytes).ok()) {
            fault.line = line(source, &fault.message);
        }
    }
}

/// None where no line names anything of it.
fn line(source: &str, message: &str) -> Option<usize> {
    // What is quoted, and before that the key: `view.title: there is no field …`.
    let mut words: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let key = message.split_once(':').map(|(place, _)| place);
    let key = key.filter(|place| !place.contains(' '));
    words.extend(key.and_then(|place| place.rsplit('.').next()));
    words.retain(|word| !word.is_empty());
    let mut best: Option<(usize, usize)> = None;
    for (number, text) in (1..).zip(source.lines()) {
        let text = text.trim_start();
        if text.starts_with('#') {
            continue;
        }
        let named = words.iter().filter(|word| stands_in(text, word)).count();
        if named > best.map_or(0, |(_, most)| most) {
            best = Some((number, named));
        }
    }
    best.map(|(number, _)| number)
}

/// Whether the word is no piece of a longer one there.
fn stands_in(text: &str, word: &str) -> bool {
    let part = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_');
    text.match_indices(word)
        .any(|(at, _)| !text[..at].ends_with(part) && !text[at + word.len()..].starts_with(part))
}

#[cfg(test)]
mod tests {
    use super::line;

    const SOURCE: &str = "# title is above\nlabel = \"a\"\n[index.year]\nfrom = \"day\"\n[view]\ntitle = \"{nothing}\"\nslug = \"{nothing}\"\n";

    #[test]
    fn the_line_that_names_most_of_a_fault_is_its_line() {
        for (message, found) in [
            ("index `year`: there is no field `day`", Some(3)),
            ("view.title: there is no field `nothing`", Some(6)),
            ("view.slug: there is no field `nothing`", Some(7)),
            ("there is no field `other`", None),
            ("no collection is declared", None),
        ] {
            assert_eq!(line(SOURCE, message), found, "{message}");
        }
    }
}
