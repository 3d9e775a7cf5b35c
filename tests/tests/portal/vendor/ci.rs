//! The template for a vendor's own checks at every push names commands that there are.

use std::fs;
use std::path::Path;

use dinh_tests::Program;

#[tokio::test]
async fn the_commands_of_the_template_are_those_of_the_program() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../sdk/ci/github.yml");
    let text = fs::read_to_string(path).unwrap();
    let lines = text
        .lines()
        .filter_map(|line| line.trim().strip_prefix("- run: dinh "));
    let commands: Vec<&str> = lines.collect();
    assert_eq!(commands, ["plugin build", "plugin check", "plugin test"]);
    let program = Program::new().await;
    for command in commands {
        let mut words: Vec<&str> = command.split(' ').collect();
        words.push("--help");
        program.run(&words).assert_code(0);
    }
}
