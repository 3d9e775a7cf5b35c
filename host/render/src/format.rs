//! Dates, sizes and numbers as people in Việt Nam write them.

#[cfg(test)]
mod tests;

/// `03/10/2014` from `2014-10-03` (a longer text counts by its first ten characters); none when it is no date.
pub fn date_short(iso: &str) -> Option<String> {
    let (year, month, day) = parts(iso)?;
    Some(format!("{day}/{month}/{year}"))
}

/// `ngày 03 tháng 10 năm 2014` from `2014-10-03`.
pub fn date_long(iso: &str) -> Option<String> {
    let (year, month, day) = parts(iso)?;
    Some(format!("ngày {day} tháng {month} năm {year}"))
}

/// `10:32, 03/10/2014` from `2014-10-03T10:32…` (local time: nothing is converted); none when there is no time.
pub fn time_short(iso: &str) -> Option<String> {
    let date = date_short(iso)?;
    let time = iso.get(11..16)?;
    let (hour, minute) = time.split_once(':')?;
    (digits(hour, 2) && digits(minute, 2)).then(|| format!("{time}, {date}"))
}

/// `24,5 KB`: units of 1,024 bytes as file managers show them, at most one decimal, with a comma.
pub fn file_size(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["KB", "MB", "GB", "TB"];
    const STEP: u128 = 1024;
    if u128::from(bytes) < STEP {
        return format!("{bytes} byte");
    }
    let mut unit = 0;
    let mut size = STEP;
    let mut tenths = rounded_tenths(bytes, size);
    while tenths >= STEP * 10 && unit + 1 < UNITS.len() {
        size *= STEP;
        unit += 1;
        tenths = rounded_tenths(bytes, size);
    }
    match (tenths / 10, tenths % 10) {
        (whole, 0) => format!("{whole} {}", UNITS[unit]),
        (whole, tenth) => format!("{whole},{tenth} {}", UNITS[unit]),
    }
}

fn rounded_tenths(bytes: u64, size: u128) -> u128 {
    (u128::from(bytes) * 10 + size / 2) / size
}

/// `12.345`.
pub fn number(number: u64) -> String {
    grouped(&number.to_string())
}

/// Digits in groups of three.
fn grouped(plain: &str) -> String {
    let mut grouped = String::with_capacity(plain.len() + plain.len() / 3);
    for (at, digit) in plain.chars().enumerate() {
        if at > 0 && (plain.len() - at).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    grouped
}

/// The same of a number that may be below zero: `-12.345`.
pub fn integer(number: i128) -> String {
    let sign = if number < 0 { "-" } else { "" };
    let plain = number.unsigned_abs().to_string();
    format!("{sign}{}", grouped(&plain))
}

fn parts(iso: &str) -> Option<(&str, &str, &str)> {
    let date = iso.get(..10)?;
    let mut parts = date.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    (digits(year, 4) && digits(month, 2) && digits(day, 2)).then_some((year, month, day))
}

fn digits(text: &str, count: usize) -> bool {
    text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())
}
