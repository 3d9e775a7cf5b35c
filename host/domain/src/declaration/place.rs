//! The line of a fault that was found by reading one part of a declaration against another.

#[cfg(test)]
mod tests;

use super::{DeclarationFault, PluginFiles};

/// Keys whose lists name indexes.
const INDEXED: [&str; 5] = ["filters", "sorts", "default_sort", "facets", "unique"];

/// Gives each fault the line of its file that names most of what it is about.
pub(super) fn find(files: &PluginFiles, faults: &mut [DeclarationFault]) {
    for fault in faults {
        let source = files.get(&fault.file);
        let Some(source) = source.and_then(|bytes| std::str::from_utf8(bytes).ok()) else {
            continue;
        };
        let found = match fault.line {
            Some(line) => unknown(source, line, &fault.message),
            None => line(source, &fault.message),
        };
        fault.line = found.or(fault.line);
    }
}

/// A line with its number, from 1; comments are none.
fn lines(source: &str) -> impl Iterator<Item = (usize, &str)> {
    let trimmed = (1..).zip(source.lines().map(str::trim_start));
    trimmed.filter(|(_, text)| !text.starts_with('#'))
}

/// What is not known is told with the line of its table: the word itself stands below.
fn unknown(source: &str, from: usize, message: &str) -> Option<usize> {
    let word = message.strip_prefix("unknown ")?.split('`').nth(1)?;
    let below = lines(source).skip_while(|(number, _)| *number < from);
    let table = below.take_while(|(number, text)| *number == from || !text.starts_with('['));
    let mut named = table.filter(|(_, text)| stands_in(text, word));
    named.next().map(|(number, _)| number)
}

/// None where no line names anything of it.
fn line(source: &str, message: &str) -> Option<usize> {
    let mut words: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    // A place before it: `view.title: there is no field …`; and a list that is not there.
    let place = message.split_once(':').map(|(place, _)| place);
    let place = place.filter(|place| !place.contains(' '));
    words.extend(place.and_then(|place| place.rsplit('.').next()));
    let list = message.split_once("lists/").map(|(_, rest)| rest);
    words.extend(list.and_then(|rest| rest.strip_suffix(".toml")));
    words.retain(|word| !word.is_empty());
    if message.contains("is filtered, sorted") {
        let is_list = |text: &str| INDEXED.iter().any(|key| text.starts_with(key));
        let mut named = lines(source).filter(|(_, text)| is_list(text));
        return named
            .find(|(_, text)| {
                let names = |word: &&str| stands_in(&text.replace("\"-", "\""), word);
                words.iter().any(names)
            })
            .map(|(number, _)| number);
    }
    let section = match message.split_once(" `") {
        Some(("index", _)) => "index",
        Some(("field", _)) => "schema",
        Some(("block", _)) => "blocks",
        _ => "",
    };
    match (section, words.split_first()) {
        ("blocks", Some((name, rest))) => of_block(source, name, rest),
        ("index" | "schema", Some((name, rest))) => within(source, section, name, rest),
        _ => most(lines(source), &words),
    }
}

/// The line within `[section.name]` and its own tables that names most of the words; the table's
/// first where none does.
fn within(source: &str, section: &str, name: &str, words: &[&str]) -> Option<usize> {
    let table = format!("{section}.{name}");
    let opens = |text: &str| text.starts_with('[') && stands_in(text, &table);
    let Some((first, _)) = lines(source).find(|(_, text)| opens(text)) else {
        return most(lines(source), &[name]);
    };
    let block = lines(source)
        .skip_while(|(number, _)| *number < first)
        .take_while(|(_, text)| !text.starts_with('[') || opens(text));
    most(block, words).or(Some(first))
}

/// The line of a block that names most of the words; that of its name where none does.
fn of_block(source: &str, name: &str, words: &[&str]) -> Option<usize> {
    let is_named = |text: &str| text.starts_with("name") && stands_in(text, name);
    let (first, _) = lines(source).find(|(_, text)| is_named(text))?;
    let block = lines(source)
        .skip_while(|(number, _)| *number < first)
        .take_while(|(_, text)| !text.starts_with('['));
    most(block, words).or(Some(first))
}

fn most<'a>(lines: impl Iterator<Item = (usize, &'a str)>, words: &[&str]) -> Option<usize> {
    let mut best: Option<(usize, usize)> = None;
    for (number, text) in lines {
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
