//! The tutorial of `docs/PLUGINS.md` and its first page in Vietnamese, done step by step as they are written: from
//! nothing to a page on a portal, in a folder that shares nothing with this project.

mod read;

use std::fs;
use std::path::{Path, PathBuf};

use dinh_tests::Program;

use self::read::{Command, Step, steps};
use super::outside::at;
use crate::program::running::Server;

/// Somebody who follows it.
struct Reader<'p> {
    program: &'p Program,
    /// Where his terminal is.
    folder: PathBuf,
    /// Pages to look at in the end, each with what it shows.
    visits: Vec<(String, String)>,
}

impl Reader<'_> {
    fn follow(&mut self, line: usize, step: Step) {
        match step {
            Step::Run(commands) => {
                for command in commands {
                    self.run(line, &command);
                }
            }
            Step::Write(file, text) => fs::write(self.folder.join(file), text).unwrap(),
            Step::Change(file, from, to) => {
                let path = self.folder.join(&file);
                let text = fs::read_to_string(&path).unwrap();
                assert!(text.contains(&from), "line {line}: {file} has no\n{from}");
                fs::write(&path, text.replacen(&from, &to, 1)).unwrap();
            }
            Step::Visit(path, shown) => self.visits.push((path, shown)),
        }
    }

    fn run(&mut self, line: usize, command: &Command) {
        let words: Vec<&str> = command.words.iter().map(String::as_str).collect();
        if let ["cd", folder] = words.as_slice() {
            self.folder.push(folder);
            return;
        }
        let (program, mut words) = words
            .split_first()
            .map(|(it, rest)| (*it, rest.to_vec()))
            .unwrap();
        assert_eq!(program, "dinh", "line {line}");
        if words.ends_with(&["plugin", "build"]) {
            // What the tutorial needs was downloaded with what this project needs.
            words.push("--offline");
        }
        let ended = at(self.program, &self.folder, &words);
        let ended = ended.assert_code(if command.complains.is_empty() { 0 } else { 1 });
        let mut rest = ended.out.as_str();
        for told in &command.prints {
            let found = rest.find(told.as_str());
            let found = found.unwrap_or_else(|| {
                panic!(
                    "line {line}: {words:?} does not print {told}: {}",
                    ended.out
                )
            });
            rest = &rest[found + told.len()..];
        }
        for told in &command.complains {
            assert!(ended.told.contains(told), "line {line}: {}", ended.told);
        }
    }
}

fn follow(program: &Program, document: &str) -> Vec<(String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../docs")
        .join(document);
    let place = tempfile::tempdir().unwrap();
    let mut reader = Reader {
        program,
        folder: place.path().to_owned(),
        visits: Vec::new(),
    };
    let all = steps(&fs::read_to_string(path).unwrap());
    assert!(!all.is_empty());
    for (line, step) in all {
        reader.follow(line, step);
    }
    reader.visits
}

#[tokio::test]
async fn the_tutorial_leads_from_nothing_to_a_page() {
    let program = Program::with_demo().await;
    let visits = follow(&program, "PLUGINS.md");
    assert!(!visits.is_empty());
    let server = Server::start(&program, "serve");
    for (path, shown) in visits {
        let page = server.visitor().get("localhost", &path).await;
        let page = page.assert_status(200).text();
        assert!(page.contains(&shown), "{path}: {page}");
    }
}

#[tokio::test]
async fn its_first_page_in_vietnamese_can_be_followed_too() {
    let program = Program::new().await;
    follow(&program, "PLUGINS.vi.md");
}
