//! A strict reader of the text format of Prometheus, version 0.0.4: what it does not know it refuses.

use std::collections::BTreeMap;

/// Figures by name and labels as they stand in the text.
pub(crate) type Figures = BTreeMap<(String, Labels), f64>;
type Labels = BTreeMap<String, String>;

/// Reads a whole answer; the error says line and cause.
pub(crate) fn read(text: &str) -> Result<Figures, String> {
    if !text.ends_with('\n') {
        return Err("the last line has no end".to_owned());
    }
    let mut figures = Figures::new();
    let mut family = ("", "");
    let mut families = Vec::new();
    let mut helped = "";
    for (number, line) in (1..).zip(text.lines()) {
        let bad = |what: &str| Err(format!("line {number}, {what}: {line}"));
        if let Some(rest) = line.strip_prefix("# HELP ") {
            helped = rest.split(' ').next().unwrap_or_default();
        } else if let Some(rest) = line.strip_prefix("# TYPE ") {
            let Some((name, kind)) = rest.split_once(' ') else {
                return bad("no type");
            };
            if name != helped || !["counter", "gauge", "histogram"].contains(&kind) {
                return bad("no help before it, or an unknown type");
            }
            if families.contains(&name) {
                return bad("a family in two places");
            }
            if (kind == "counter") != name.ends_with("_total") {
                return bad("counters end with _total, and nothing else does");
            }
            families.push(name);
            family = (name, kind);
        } else {
            let Some((name, labels, value)) = sample(line) else {
                return bad("no figure");
            };
            let ending = name.strip_prefix(family.0);
            let fits = match family.1 {
                "histogram" => matches!(ending, Some("_bucket" | "_sum" | "_count")),
                _ => ending == Some(""),
            };
            if !fits || (name.ends_with("_bucket") != labels.contains_key("le")) {
                return bad("not of its family");
            }
            if figures.insert((name, labels), value).is_some() {
                return bad("the same figure twice");
            }
        }
    }
    rising(&figures)?;
    Ok(figures)
}

/// Name, labels and value.
fn sample(line: &str) -> Option<(String, Labels, f64)> {
    let end = line.find(['{', ' '])?;
    let (name, mut rest) = line.split_at(end);
    let mut labels = BTreeMap::new();
    if let Some(inner) = rest.strip_prefix('{') {
        rest = inner;
        loop {
            let (label, after) = rest.split_once("=\"")?;
            is_name(label).then_some(())?;
            let (value, after) = quoted(after)?;
            labels
                .insert(label.to_owned(), value)
                .is_none()
                .then_some(())?;
            match after.strip_prefix(',') {
                Some(more) => rest = more,
                None => {
                    rest = after.strip_prefix('}')?;
                    break;
                }
            }
        }
    }
    let value = rest.strip_prefix(' ')?;
    is_name(name).then_some(())?;
    (!value.contains(' ')).then_some(())?;
    Some((name.to_owned(), labels, value.parse().ok()?))
}

/// A label's value up to its quote, and what follows.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut letters = text.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return Some((value, &text[at + 1..])),
            '\\' => match letters.next()?.1 {
                'n' => value.push('\n'),
                letter @ ('\\' | '"') => value.push(letter),
                _ => return None,
            },
            letter => value.push(letter),
        }
    }
    None
}

fn is_name(name: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_lowercase() || byte == b'_';
    name.bytes().next().is_some_and(letter)
        && name
            .bytes()
            .all(|byte| letter(byte) || byte.is_ascii_digit())
}

/// Steps of a histogram only rise, and the last of them is its count.
fn rising(figures: &Figures) -> Result<(), String> {
    let mut steps: BTreeMap<(String, Labels), Vec<(f64, f64)>> = BTreeMap::new();
    for ((name, labels), count) in figures {
        let Some(family) = name.strip_suffix("_bucket") else {
            continue;
        };
        let mut labels = labels.clone();
        let bound = labels.remove("le").unwrap_or_default();
        let bound: f64 = bound
            .parse()
            .map_err(|_| format!("{name}: le=\"{bound}\""))?;
        steps
            .entry((family.to_owned(), labels))
            .or_default()
            .push((bound, *count));
    }
    for ((family, labels), mut steps) in steps {
        steps.sort_by(|a, b| a.0.total_cmp(&b.0));
        let rises = steps.windows(2).all(|pair| pair[0].1 <= pair[1].1);
        let count = figures.get(&(format!("{family}_count"), labels.clone()));
        let last = steps.last().filter(|(bound, _)| bound.is_infinite());
        if !rises || last.map(|(_, count)| count) != count {
            return Err(format!("{family}{labels:?}: {steps:?}, count {count:?}"));
        }
    }
    Ok(())
}

#[test]
fn what_is_not_of_the_format_is_refused() {
    let head = "# HELP a_total A.\n# TYPE a_total counter\n";
    assert_eq!(
        read(&format!("{head}a_total{{b=\"c\\\"\"}} 1\n"))
            .unwrap()
            .len(),
        1
    );
    for bad in [
        "a_total 1",
        "a_total{b=\"c\"}1\n",
        "a_total{b=\"c} 1\n",
        "a_total{b=c} 1\n",
        "a_total{b=\"c\",b=\"d\"} 1\n",
        "a_total one\n",
        "a_total 1 2\n",
        "a_total 1\na_total 1\n",
        "b_total 1\n",
        "A_total 1\n",
        "# TYPE a_total counter\na_total 1\n",
    ] {
        assert!(read(&format!("{head}{bad}")).is_err(), "{bad}");
    }
    let steps = |text: &str| {
        read(&format!(
            "# HELP h H.\n# TYPE h histogram\n{text}h_sum 1\nh_count 2\n"
        ))
    };
    assert!(steps("h_bucket{le=\"1\"} 1\nh_bucket{le=\"+Inf\"} 2\n").is_ok());
    assert!(steps("h_bucket{le=\"1\"} 3\nh_bucket{le=\"+Inf\"} 2\n").is_err());
    assert!(steps("h_bucket{le=\"1\"} 1\n").is_err());
}
