use std::ops::RangeInclusive;

/// What a `Range` header asks of a body of known size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// All of it: nothing else was asked, or in a way that is not answered (several ranges, other units).
    All,
    /// These bytes, first and last; within the body.
    Part(RangeInclusive<u64>),
    /// Nothing that the body has (416).
    Beyond,
}

/// Reads `bytes=first-last`, `bytes=first-` or `bytes=-count`.
pub(crate) fn wanted(header: Option<&str>, size_bytes: u64) -> Wanted {
    let ranges = header.and_then(|header| header.trim().strip_prefix("bytes="));
    let Some((first, last)) = ranges.and_then(|range| range.trim().split_once('-')) else {
        return Wanted::All;
    };
    let end = size_bytes.saturating_sub(1);
    let part = match (number(first), number(last)) {
        (Some(first), Some(last)) if first <= last => first..=last.min(end),
        (Some(first), None) if last.is_empty() => first..=end,
        (None, Some(0)) if first.is_empty() => return Wanted::Beyond,
        (None, Some(count)) if first.is_empty() => size_bytes.saturating_sub(count)..=end,
        _ => return Wanted::All,
    };
    if *part.start() < size_bytes {
        Wanted::Part(part)
    } else {
        Wanted::Beyond
    }
}

fn number(digits: &str) -> Option<u64> {
    let shaped = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    // A number beyond 64 bits lies beyond every file.
    shaped.then(|| digits.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests;
