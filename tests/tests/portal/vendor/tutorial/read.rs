//! The steps of a tutorial: its fenced blocks.
//!
//! ```text
//! console      `$ command`, then lines that it prints, in order; `! words` are of standard error, and it fails
//! diff FILE    lines with `+` are added, with `-` removed, others stand around them
//! visit        a path, then what the page shows
//! LANG FILE    a new file
//! ```

/// A command with what is expected of it.
pub(super) struct Command {
    pub(super) words: Vec<String>,
    pub(super) prints: Vec<String>,
    pub(super) complains: Vec<String>,
}

/// One step.
pub(super) enum Step {
    Run(Vec<Command>),
    /// A file and its content.
    Write(String, String),
    /// A file, what stands in it, and what takes its place.
    Change(String, String, String),
    /// A path and a text of its page.
    Visit(String, String),
}

/// All steps with the lines of their fences. Blocks without a word behind the fence are for people alone.
pub(super) fn steps(document: &str) -> Vec<(usize, Step)> {
    let mut found = Vec::new();
    let mut open: Option<(usize, String, String)> = None;
    for (number, line) in (1..).zip(document.lines()) {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(words)) => open = Some((number, words.to_owned(), String::new())),
            (None, None) => {}
            (Some((_, _, text)), None) => {
                text.push_str(line);
                text.push('\n');
            }
            (Some(_), Some(_)) => {
                if let Some((at, words, text)) = open.take() {
                    found.extend(step(&words, text).map(|step| (at, step)));
                }
            }
        }
    }
    found
}

fn step(words: &str, text: String) -> Option<Step> {
    let (kind, file) = words.split_once(' ').unwrap_or((words, ""));
    match (kind, file) {
        ("console", _) => Some(Step::Run(commands(&text))),
        ("visit", _) => {
            let (path, shown) = text.split_once('\n')?;
            Some(Step::Visit(path.to_owned(), shown.trim().to_owned()))
        }
        (_, "") => None,
        ("diff", file) => {
            let (mut from, mut to) = (String::new(), String::new());
            for line in text.lines() {
                let (sign, rest) = line.split_at(line.len().min(1));
                if sign != "+" {
                    from.push_str(rest);
                    from.push('\n');
                }
                if sign != "-" {
                    to.push_str(rest);
                    to.push('\n');
                }
            }
            Some(Step::Change(file.to_owned(), from, to))
        }
        (_, file) => Some(Step::Write(file.to_owned(), text)),
    }
}

fn commands(text: &str) -> Vec<Command> {
    let mut found: Vec<Command> = Vec::new();
    for line in text.lines() {
        if let Some(command) = line.strip_prefix("$ ") {
            found.push(Command {
                words: words(command),
                prints: Vec::new(),
                complains: Vec::new(),
            });
        } else if let Some(command) = found.last_mut() {
            match line.strip_prefix("! ") {
                Some(told) => command.complains.push(told.to_owned()),
                None => command.prints.push(line.to_owned()),
            }
        }
    }
    found
}

/// The words of a command; double quotes keep blanks.
fn words(command: &str) -> Vec<String> {
    let parts = (0..).zip(command.split('"'));
    parts
        .flat_map(|(at, part)| match at % 2 {
            0 => part.split_whitespace().map(str::to_owned).collect(),
            _ => vec![part.to_owned()],
        })
        .collect()
}
