//! The words of settings, forms and webhooks stand in the locale files, or the plugin is refused with the place.

use std::fs;
use std::path::Path;

use dinh_tests::Program;

use super::outside::{at, component, made};

const DECLARED: &str = r#"
[settings.limit]
kind = "number"
label = "setting.nobody_wrote"
default = 10

[[webhooks]]
name = "paid"
path = "da-tra"
system = "webhook.no_system"

[[routes]]
name = "ask"
path = "gui"
title = "route.year"
fallback = "list"
kind = "form"
button = "form.no_button"
fields = [
    { name = "a", kind = "line", label = "form.no_label", help = "form.no_help" },
    { name = "b", kind = "choice", label = "route.year", choices = [{ value = "x", label = "form.no_choice" }] },
]
"#;

fn line_of(folder: &Path, key: &str) -> usize {
    let text = fs::read_to_string(folder.join("plugin.toml")).unwrap();
    let at = text
        .lines()
        .position(|line| line.contains(&format!("\"{key}\"")));
    at.unwrap() + 1
}

#[tokio::test]
async fn words_of_settings_forms_and_webhooks_that_nobody_wrote_are_named_with_their_line() {
    let program = Program::new().await;
    let (_place, folder) = made(&program);
    fs::write(folder.join("plugin.wasm"), component(&program)).unwrap();
    let manifest = folder.join("plugin.toml");
    let text = fs::read_to_string(&manifest).unwrap();
    let asked = "\"log\",\n    \"settings\", \"forms\", \"webhooks\",";
    fs::write(&manifest, text.replace("\"log\",", asked) + DECLARED).unwrap();
    let ended = at(&program, &folder, &["plugin", "check"]).assert_code(1);
    for key in [
        "setting.nobody_wrote",
        "form.no_button",
        "form.no_label",
        "form.no_help",
        "form.no_choice",
        "webhook.no_system",
    ] {
        let line = line_of(&folder, key);
        let wanted =
            format!("plugin.toml:{line}: there is no text `{key}` in locales/vi.toml: add it");
        let told = ended.out.matches(&wanted).count();
        assert_eq!(told, 1, "{key}: {}", ended.out);
    }
    assert!(!ended.out.contains("no text `route.year`"), "{}", ended.out);
}
