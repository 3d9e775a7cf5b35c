/// Longest word whose spelling is looked at, in letters: each letter costs some fifty look-ups.
/// The longest Vietnamese syllable has seven.
const LETTERS_MAX: usize = 12;

/// Letters that a word without marks is made of.
const LETTERS: std::ops::RangeInclusive<char> = 'a'..='z';

/// Words that are one slip of the finger away: a letter too few, too many, another one, or two in
/// each other's place. None for what is too long or no word.
pub(super) fn edits(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    if letters.len() > LETTERS_MAX || !letters.iter().all(|c| LETTERS.contains(c)) {
        return Vec::new();
    }
    let mut edits: Vec<Vec<char>> = Vec::new();
    for at in 0..=letters.len() {
        for letter in LETTERS {
            let mut longer = letters.clone();
            longer.insert(at, letter);
            edits.push(longer);
        }
    }
    for at in 0..letters.len() {
        let mut shorter = letters.clone();
        shorter.remove(at);
        edits.push(shorter);
        for letter in LETTERS {
            let mut other = letters.clone();
            other[at] = letter;
            edits.push(other);
        }
        if at > 0 {
            let mut swapped = letters.clone();
            swapped.swap(at - 1, at);
            edits.push(swapped);
        }
    }
    let mut edits: Vec<String> = edits.into_iter().map(String::from_iter).collect();
    edits.sort_unstable();
    edits.dedup();
    edits.retain(|edit| edit != word && !edit.is_empty());
    edits
}

/// The two words that a word may be which was typed without the space.
pub(super) fn splits(word: &str) -> Vec<(&str, &str)> {
    if word.len() > 2 * LETTERS_MAX {
        return Vec::new();
    }
    let places = word.char_indices().skip(1);
    places.map(|(at, _)| word.split_at(at)).collect()
}
