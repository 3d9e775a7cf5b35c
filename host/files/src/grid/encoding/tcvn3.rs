//! TCVN 5712:1993 in its third form: a byte for each letter.

use super::western_letter;

/// Letters of TCVN3 from 0xA1 on; `\0` where it has none.
const TCVN3: [char; 94] = [
    'Ă', 'Â', 'Ê', 'Ô', 'Ơ', 'Ư', 'Đ', 'ă', 'â', 'ê', 'ô', 'ơ', 'ư', 'đ', '\0', '\0', '\0', '\0',
    '\0', '\0', 'à', 'ả', 'ã', 'á', 'ạ', '\0', 'ằ', 'ẳ', 'ẵ', 'ắ', '\0', '\0', '\0', '\0', '\0',
    '\0', '\0', 'ặ', 'ầ', 'ẩ', 'ẫ', 'ấ', 'ậ', 'è', '\0', 'ẻ', 'ẽ', 'é', 'ẹ', 'ề', 'ể', 'ễ', 'ế',
    'ệ', 'ì', 'ỉ', '\0', '\0', '\0', 'ĩ', 'í', 'ị', 'ò', '\0', 'ỏ', 'õ', 'ó', 'ọ', 'ồ', 'ổ', 'ỗ',
    'ố', 'ộ', 'ờ', 'ở', 'ỡ', 'ớ', 'ợ', 'ù', '\0', 'ủ', 'ũ', 'ú', 'ụ', 'ừ', 'ử', 'ữ', 'ứ', 'ự', 'ỳ',
    'ỷ', 'ỹ', 'ý', 'ỵ',
];

pub(super) fn tcvn3(bytes: &[u8]) -> String {
    let letter = |byte: &u8| match byte {
        0..=0x7f => char::from(*byte),
        0xa1.. => TCVN3
            .get(usize::from(byte - 0xa1))
            .copied()
            .filter(|it| *it != '\0')
            .unwrap_or('\u{fffd}'),
        _ => western_letter(*byte),
    };
    bytes.iter().map(letter).collect()
}
