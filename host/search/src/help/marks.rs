//! The marked words that a word without marks can be.

use dinh_domain::vietnamese::exact;

/// Longest word that is given marks, in letters: the longest Vietnamese syllable, `nghiêng`.
const LETTERS_MAX: usize = 7;

/// The five tones as combining marks; none is the sixth.
const TONES: [char; 5] = ['\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}'];

/// Every way to put letters' marks and one tone on a syllable, itself among them; that most of them
/// are no words is for the index to say. At most some hundreds.
pub(super) fn marked(folded: &str) -> Vec<String> {
    if folded.len() > LETTERS_MAX || !folded.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return vec![folded.to_owned()];
    }
    let mut shapes = vec![String::new()];
    for (at, letter) in folded.char_indices() {
        let ways: &[char] = match letter {
            'a' => &['a', 'ă', 'â'],
            'e' => &['e', 'ê'],
            'o' => &['o', 'ô', 'ơ'],
            'u' => &['u', 'ư'],
            'd' if at == 0 => &['d', 'đ'],
            _ => &[],
        };
        shapes = match ways {
            [] => pushed(shapes, &[letter]),
            ways => pushed(shapes, ways),
        };
    }
    let mut marked = Vec::new();
    for shape in shapes {
        let vowels = shape.char_indices().filter(|(_, letter)| is_vowel(*letter));
        for (at, vowel) in vowels {
            let behind = at + vowel.len_utf8();
            for tone in TONES {
                marked.push(exact(&format!(
                    "{}{tone}{}",
                    &shape[..behind],
                    &shape[behind..]
                )));
            }
        }
        marked.push(shape);
    }
    marked.sort_unstable();
    marked.dedup();
    marked
}

fn pushed(shapes: Vec<String>, ways: &[char]) -> Vec<String> {
    let all = shapes.iter().flat_map(|shape| {
        ways.iter().map(move |letter| {
            let mut longer = shape.clone();
            longer.push(*letter);
            longer
        })
    });
    all.collect()
}

fn is_vowel(letter: char) -> bool {
    "aăâeêioôơuưy".contains(letter)
}
