//! The grammar of what follows `có hiệu lực`, over folded text.

use crate::dates::Day;

/// Most days of a delay that a clause may name: none waits longer than three years.
const MAX_DELAY_DAYS: u32 = 1_100;

/// Longest rest of a council's name, with term and session.
const MAX_COUNCIL_BYTES: usize = 120;

/// When a document starts to apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// On that day.
    On(Day),
    /// So many days after it was signed or issued; 0 on the day itself.
    AfterIssue(u32),
    /// Counted from a day that the document does not hold: that of the gazette.
    Elsewhere,
}

/// A place in folded text. Every method that finds nothing moves nothing.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a> {
    text: &'a str,
    /// Bytes read so far.
    pub(super) at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip_blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\n', '*', '_']).len();
    }

    /// Reads the words if they come next, with any white space between them.
    pub(super) fn eat(&mut self, words: &str) -> bool {
        let before = self.at;
        for word in words.split(' ') {
            self.skip_blanks();
            let rest = self.rest();
            let ends = |after: &str| !after.starts_with(|c: char| c.is_ascii_alphanumeric());
            match rest.strip_prefix(word) {
                Some(after)
                    if ends(after) || !word.ends_with(|c: char| c.is_ascii_alphanumeric()) =>
                {
                    self.at += word.len();
                }
                _ => {
                    self.at = before;
                    return false;
                }
            }
        }
        true
    }

    fn eat_any(&mut self, choices: &[&str]) -> bool {
        choices.iter().any(|choice| self.eat(choice))
    }

    fn number(&mut self) -> Option<u32> {
        let before = self.at;
        self.skip_blanks();
        let rest = self.rest();
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        match rest[..digits].parse() {
            Ok(value) if digits <= 4 => {
                self.at += digits;
                Some(value)
            }
            _ => {
                self.at = before;
                None
            }
        }
    }

    /// A number in figures or words, the other of the two after it in brackets.
    fn count(&mut self) -> Option<u32> {
        let value = self.number().or_else(|| self.number_word())?;
        if self.eat("(") {
            let rest = self.rest();
            self.at += rest.find(')').map_or(0, |close| close + 1);
        }
        Some(value)
    }

    fn number_word(&mut self) -> Option<u32> {
        let found = NUMBER_WORDS.iter().find(|(words, _)| self.eat(words));
        found.map(|(_, value)| *value)
    }

    /// `01 tháng 7 năm 2025`, `01/7/2025`, `1-7-2025`.
    fn date(&mut self) -> Option<Day> {
        let before = self.at;
        let day = self.date_parts();
        if day.is_none() {
            self.at = before;
        }
        day
    }

    fn date_parts(&mut self) -> Option<Day> {
        let day = self.number()?;
        self.eat_any(&["thang", "/", "-", "."]).then_some(())?;
        let month = self.number()?;
        self.eat_any(&["nam", "/", "-", "."]).then_some(())?;
        let year = self.number()?;
        Day::from_parts(i32::try_from(year).ok()?, month, day)
    }

    /// What stands after `có hiệu lực`.
    pub(super) fn start(&mut self) -> Option<Start> {
        let _ = self.eat_any(&["thi hanh", "phap luat", "thuc hien", "ap dung"]);
        let _ = self.eat(",");
        if self.eat("sau") {
            return self.delay();
        }
        let _ = self.eat("bat dau");
        let _ = self.eat("ke");
        if self.eat("tu") {
            let _ = self.eat("0 gio 00 phut") || self.eat("00 gio 00 phut") || self.eat("0 gio");
            let _ = self.eat("ngay");
        } else if !self.eat("ngay") {
            return None;
        }
        if let Some(day) = self.date() {
            return Some(Start::On(day));
        }
        self.event()
    }

    fn delay(&mut self) -> Option<Start> {
        let days = self.count().filter(|days| *days <= MAX_DELAY_DAYS)?;
        self.eat("ngay").then_some(())?;
        let _ = self.eat(",");
        let _ = self.eat("ke");
        if self.eat("sau") {
            let _ = self.eat("ngay") || self.eat("khi");
        } else {
            self.eat("tu").then_some(())?;
            let _ = self.eat("ngay") || self.eat("khi");
        }
        if let Some(day) = self.date() {
            return Some(Start::On(day.plus(days)));
        }
        match self.event()? {
            Start::AfterIssue(more) => Some(Start::AfterIssue(days + more)),
            other => Some(other),
        }
    }

    /// Steps over `Hội đồng nhân dân huyện khóa XIX` before `thông qua`.
    fn council(&mut self) -> Option<()> {
        let before = self.at;
        self.eat_any(&["hoi dong nhan dan", "quoc hoi"])
            .then_some(())?;
        let name = self
            .rest()
            .split(['.', ';', ':', '\n'])
            .next()
            .unwrap_or_default();
        match name.find("thong qua").filter(|at| *at <= MAX_COUNCIL_BYTES) {
            Some(at) => self.at += at,
            None => self.at = before,
        }
        Some(())
    }

    /// The event from which days are counted.
    fn event(&mut self) -> Option<Start> {
        let _ = self.eat("duoc");
        let _ = self.council();
        if self.eat("ky") || self.eat("ban hanh") {
            let _ = self.eat("ban hanh");
            return Some(Start::AfterIssue(0));
        }
        if self.eat("thong qua") {
            return Some(Start::AfterIssue(0));
        }
        self.eat_any(&["dang", "cong bao", "cong bo"])
            .then_some(Start::Elsewhere)
    }
}

/// Delays that are written in words, longest wording first.
const NUMBER_WORDS: &[(&str, u32)] = &[
    ("bon muoi lam", 45),
    ("bon muoi nham", 45),
    ("ba muoi", 30),
    ("hai muoi", 20),
    ("sau muoi", 60),
    ("chin muoi", 90),
    ("muoi lam", 15),
    ("muoi nham", 15),
    ("muoi", 10),
    ("ba", 3),
    ("nam", 5),
    ("bay", 7),
];
