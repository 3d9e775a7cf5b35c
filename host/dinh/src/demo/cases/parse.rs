//! The format of a case: visits, parted by a line `====`; a visit is a request, a line `----` and
//! what is expected.

/// Parts two visits.
const NEXT_VISIT: &str = "====";
/// Parts a request from what is expected.
const EXPECTED: &str = "----";

/// A request with what is expected of its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Visit {
    /// Line of the request, from 1.
    pub(super) line: usize,
    pub(super) request: Request,
    /// In order; `Host` among them, where it changes.
    pub(super) headers: Vec<(String, String)>,
    /// What is sent, in order.
    pub(super) fields: Vec<(String, String)>,
    pub(super) expected: Expected,
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Request {
    /// An address.
    Get(String),
    /// The address of a form, sent from its own page.
    Send(String),
    /// The address of a webhook, sent by another system.
    Deliver(String),
    /// A link of the last answer.
    Follow {
        /// Text of the link.
        text: String,
        /// Appended to its address, without the question mark.
        query: Option<String>,
    },
}

/// What the answer must be; every part with its line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Expected {
    pub(super) status: (usize, u16),
    pub(super) headers: Vec<(usize, String, String)>,
    pub(super) contains: Vec<(usize, String)>,
    pub(super) lacks: Vec<(usize, String)>,
}

type Line<'a> = (usize, &'a str);

/// Reads a case; a fault names its line.
pub(super) fn parse(text: &str) -> Result<Vec<Visit>, String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines: Vec<Line<'_>> = (1..).zip(text.lines().map(str::trim)).collect();
    lines
        .split(|(_, line)| *line == NEXT_VISIT)
        .map(visit)
        .collect()
}

fn visit(lines: &[Line<'_>]) -> Result<Visit, String> {
    let last = lines.last().map_or(1, |(number, _)| *number);
    let parted = lines.iter().position(|(_, line)| *line == EXPECTED);
    let parted = parted.ok_or_else(|| format!("line {last}: the visit has no line {EXPECTED}"))?;
    let (asked, expected) = (&lines[..parted], &lines[parted + 1..]);
    let is_comment = |line: &str| line.is_empty() || line.starts_with('#');
    let mut asked = asked.iter().skip_while(|(_, line)| is_comment(line));
    let (line, first) = asked
        .next()
        .ok_or_else(|| format!("line {}: there is no request above", lines[parted].0))?;
    let request = request(*line, first)?;
    let sends = matches!(request, Request::Send(_) | Request::Deliver(_));
    let (mut headers, mut fields) = (Vec::new(), Vec::new());
    for (number, line) in asked.filter(|(_, line)| !line.is_empty()) {
        match field(line).filter(|_| sends) {
            Some(field) => fields.push(field),
            None => headers.push(named(*number, line)?),
        }
    }
    Ok(Visit {
        line: *line,
        request,
        headers,
        fields,
        expected: expectation(last, expected)?,
    })
}

fn request(number: usize, line: &str) -> Result<Request, String> {
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    let rest = rest.trim();
    match word {
        "GET" => address(number, word, rest).map(Request::Get),
        "SEND" => address(number, word, rest).map(Request::Send),
        "DELIVER" => address(number, word, rest).map(Request::Deliver),
        "FOLLOW" => {
            let (text, query) = match rest.rsplit_once(' ') {
                Some((text, last)) => match last.strip_prefix('?') {
                    Some(query) => (text.trim(), Some(query.to_owned())),
                    None => (rest, None),
                },
                None => (rest, None),
            };
            if text.is_empty() {
                return Err(format!("line {number}: FOLLOW takes the text of a link"));
            }
            Ok(Request::Follow {
                text: text.to_owned(),
                query,
            })
        }
        _ => Err(format!(
            "line {number}: a request begins with GET, FOLLOW, SEND or DELIVER, not `{word}`"
        )),
    }
}

fn address(number: usize, word: &str, rest: &str) -> Result<String, String> {
    if rest.starts_with('/') && !rest.contains(' ') {
        return Ok(rest.to_owned());
    }
    Err(format!(
        "line {number}: {word} takes an address that begins with / and holds no blank"
    ))
}

/// `name = value`, of what is sent.
fn field(line: &str) -> Option<(String, String)> {
    let (name, value) = line.split_once('=')?;
    let (name, value) = (name.trim(), value.trim());
    let part = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    let is_name = !name.is_empty() && name.bytes().all(part);
    is_name.then(|| (name.to_owned(), value.to_owned()))
}

fn expectation(last: usize, lines: &[Line<'_>]) -> Result<Expected, String> {
    let mut lines = lines.iter().filter(|(_, line)| !line.is_empty());
    let (number, status) = lines
        .next()
        .ok_or_else(|| format!("line {last}: no status is expected"))?;
    let code = status
        .parse()
        .ok()
        .filter(|code| (100..=599).contains(code));
    let code = code
        .ok_or_else(|| format!("line {number}: `{status}` is no status: write 200 or another"))?;
    let mut expected = Expected {
        status: (*number, code),
        ..Expected::default()
    };
    for (number, line) in lines {
        let (name, value) = named(*number, line)?;
        let text = || crate::demo::page::one_blank(&value);
        match name.as_str() {
            "contains" => expected.contains.push((*number, text())),
            "lacks" => expected.lacks.push((*number, text())),
            _ => expected.headers.push((*number, name, value)),
        }
    }
    Ok(expected)
}

fn named(number: usize, line: &str) -> Result<(String, String), String> {
    let (name, value) = line
        .split_once(':')
        .filter(|(name, _)| !name.is_empty() && !name.contains(' '))
        .ok_or_else(|| format!("line {number}: `{line}` is not of the form `name: value`"))?;
    let value = value.trim();
    if value.is_empty() {
        return Err(format!("line {number}: nothing stands behind `{name}:`"));
    }
    Ok((name.to_owned(), value.to_owned()))
}
