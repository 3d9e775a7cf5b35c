//! Letters without their marks, so that `NĐ`, `nđ`, `ND` and decomposed spellings compare equal.

#[cfg(test)]
mod tests;

/// The plain lower-case letter of a Vietnamese one; none for a combining mark or an invisible
/// character; a dash of any width is `-`; white space is a blank, a line break stays.
pub fn plain(c: char) -> Option<char> {
    Some(match c {
        'a'..='z' | '0'..='9' | ' ' | '\n' => c,
        'A'..='Z' => c.to_ascii_lowercase(),
        '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{feff}' => return None,
        'đ' | 'Đ' | 'ð' | 'Ð' => 'd',
        'À'..='Å' | 'à'..='å' | 'Ă' | 'ă' | 'Ạ'..='ặ' => 'a',
        'È'..='Ë' | 'è'..='ë' | 'Ẹ'..='ệ' => 'e',
        'Ì'..='Ï' | 'ì'..='ï' | 'Ĩ' | 'ĩ' | 'Ỉ'..='ị' => 'i',
        'Ò'..='Ö' | 'ò'..='ö' | 'Ơ' | 'ơ' | 'Ọ'..='ợ' => 'o',
        'Ù'..='Ü' | 'ù'..='ü' | 'Ũ' | 'ũ' | 'Ư' | 'ư' | 'Ụ'..='ự' => 'u',
        'Ý' | 'ý' | 'ÿ' | 'Ỳ'..='ỹ' => 'y',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        c if c.is_whitespace() => ' ',
        c => c,
    })
}

/// A whole text, letter by letter.
pub fn folded(text: &str) -> String {
    text.chars().filter_map(plain).collect()
}

/// What two spellings of one document number share: letters folded, separators dropped, no
/// leading zeros; `6/2014/qd-ubnd` and `06/2014/QĐ-UBND` both give `6.2014.qdubnd`. A blank point
/// keeps runs of digits apart from each other and from letters.
pub fn code_key(number: &str) -> String {
    let mut key = String::with_capacity(number.len());
    let mut run: Option<bool> = None;
    let mut apart = false;
    let mut zeros = false;
    for c in number.chars().filter_map(plain) {
        if !c.is_alphanumeric() {
            apart = true;
            continue;
        }
        let digit = c.is_ascii_digit();
        let new_run = run != Some(digit) || (digit && apart);
        if new_run {
            if zeros {
                key.push('0');
            }
            if !key.is_empty() {
                key.push('.');
            }
            zeros = false;
        }
        run = Some(digit);
        apart = false;
        if c == '0' && (new_run || zeros) {
            zeros = true;
            continue;
        }
        zeros = false;
        key.push(c);
    }
    if zeros {
        key.push('0');
    }
    key
}
