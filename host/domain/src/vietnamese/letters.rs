//! The characters that Vietnamese text is made of, and those that only look like them.

/// The five tone marks, in the order of Vietnamese dictionaries: huyền, hỏi, ngã, sắc, nặng.
pub(super) const TONES: [char; 5] = ['\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}'];

/// The marks that make another letter: circumflex (â ê ô), breve (ă), horn (ơ ư).
pub(super) const QUALITIES: [char; 3] = ['\u{302}', '\u{306}', '\u{31B}'];

/// The letter a–z under a lower-case Vietnamese letter in one code point; none for other letters.
pub(super) fn bare(letter: char) -> Option<char> {
    Some(match letter {
        'à' | 'á' | 'ả' | 'ã' | 'ạ' => 'a',
        'ă' | 'ằ' | 'ắ' | 'ẳ' | 'ẵ' | 'ặ' => 'a',
        'â' | 'ầ' | 'ấ' | 'ẩ' | 'ẫ' | 'ậ' => 'a',
        'đ' => 'd',
        'è' | 'é' | 'ẻ' | 'ẽ' | 'ẹ' => 'e',
        'ê' | 'ề' | 'ế' | 'ể' | 'ễ' | 'ệ' => 'e',
        'ì' | 'í' | 'ỉ' | 'ĩ' | 'ị' => 'i',
        'ò' | 'ó' | 'ỏ' | 'õ' | 'ọ' => 'o',
        'ô' | 'ồ' | 'ố' | 'ổ' | 'ỗ' | 'ộ' => 'o',
        'ơ' | 'ờ' | 'ớ' | 'ở' | 'ỡ' | 'ợ' => 'o',
        'ù' | 'ú' | 'ủ' | 'ũ' | 'ụ' => 'u',
        'ư' | 'ừ' | 'ứ' | 'ử' | 'ữ' | 'ự' => 'u',
        'ỳ' | 'ý' | 'ỷ' | 'ỹ' | 'ỵ' => 'y',
        _ => return None,
    })
}

/// Lower case of a letter whose lower case is one letter; every other character as it is.
pub(super) fn lower(letter: char) -> char {
    if letter.is_ascii() {
        return letter.to_ascii_lowercase();
    }
    let mut lowered = letter.to_lowercase();
    match (lowered.next(), lowered.next()) {
        (Some(one), None) => one,
        _ => letter,
    }
}

/// Icelandic eth and African d look like Đ and stand in files converted from old fonts; this
/// domain has no other use for them.
pub(super) fn stroke_d(letter: char) -> char {
    match letter {
        '\u{D0}' | '\u{189}' => 'Đ',
        '\u{F0}' | '\u{256}' => 'đ',
        _ => letter,
    }
}

/// Characters without width that copying from web pages and office files leaves in words.
pub(super) fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}'
    )
}

/// One dash, one slash, two quotes; white space and control characters become a space.
pub(super) fn plain_sign(sign: char) -> char {
    match sign {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2043}' | '\u{2D7}' => '-',
        '\u{2E3A}' | '\u{2E3B}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' => '-',
        '\u{2044}' | '\u{2215}' | '\u{29F8}' => '/',
        '‘' | '’' | '‚' | '‛' | '′' | '‵' | '‹' | '›' | '`' | '´' | 'ʼ' | 'ʹ' => {
            '\''
        }
        '“' | '”' | '„' | '‟' | '″' | '‶' | '«' | '»' => '"',
        _ if sign.is_whitespace() || sign.is_control() => ' ',
        _ => sign,
    }
}

/// The Latin letter that the capital of a lower-case Cyrillic or Greek letter looks like.
///
/// Numbers of documents are written in capitals, so the look of the capital decides (`н` is typed
/// as `Н` for H, `ν` as `Ν` for N).
pub(super) fn latin_look(letter: char) -> char {
    match letter {
        'а' | 'α' => 'a',
        'в' | 'β' => 'b',
        'с' => 'c',
        'ԁ' => 'd',
        'е' | 'ε' => 'e',
        'н' | 'η' | 'һ' => 'h',
        'і' | 'ι' | 'ӏ' => 'i',
        'ј' => 'j',
        'к' | 'κ' => 'k',
        'м' | 'μ' => 'm',
        'ν' => 'n',
        'о' | 'ο' => 'o',
        'р' | 'ρ' => 'p',
        'ԛ' => 'q',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'ѵ' => 'v',
        'ԝ' => 'w',
        'х' | 'χ' => 'x',
        'у' | 'υ' | 'ү' => 'y',
        'ζ' => 'z',
        _ => letter,
    }
}

#[cfg(test)]
mod tests;
