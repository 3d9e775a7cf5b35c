//! The question on a terminal.

use std::io::Write;
use std::process::{Command, Stdio};

use dinh_tests::{Code, Ended, NOTICES, Program, program_path};

use super::install::ready;

/// Installs on a terminal of its own, with this answer; none where the system has no `script`.
fn answered(program: &Program, package: &str, answer: &str) -> Option<Ended> {
    let line = format!("{} plugin install {package}", program_path().display());
    let mut command = Command::new("script");
    command.args(["-qec", &line, "/dev/null"]);
    for (name, value) in program.command(&[]).get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let Ok(mut child) = command.spawn() else {
        println!("NOTE: there is no `script`: the terminal was not tried");
        return None;
    };
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(answer.as_bytes()).unwrap();
    Some(child.wait_with_output().unwrap().into())
}

#[tokio::test]
async fn a_yes_on_the_terminal_grants_and_anything_else_does_not() {
    let (program, _vendor, package) = ready(Code::Curious).await;
    let Some(no) = answered(&program, &package, "\n") else {
        return;
    };
    assert!(no.out.contains("Grant all of this?"), "{}", no.out);
    let no = no.assert_code(1);
    assert!(no.out.contains("it was not granted"), "{}", no.out);
    let list = program.run(&["plugin", "list"]).assert_code(0);
    assert!(!list.out.contains(NOTICES), "{}", list.out);
    let yes = answered(&program, &package, "c\n").unwrap().assert_code(0);
    assert!(
        yes.out.contains("notices 1.0.0 is installed"),
        "{}",
        yes.out
    );
}
