use super::Secrets;
use crate::CallError;

fn secrets() -> Secrets {
    let mut secrets = Secrets::default();
    secrets.add("correct horse");
    secrets
}

#[test]
fn a_secret_is_masked_wherever_it_stands_and_where_it_was_cut() {
    let masked = |text| secrets().masked(text).into_owned();
    assert_eq!(
        masked("a correct horse, a correct horse"),
        "a [secret], a [secret]"
    );
    assert_eq!(masked("it is correct h"), "it is [secret]");
    assert_eq!(
        masked("it is correct"),
        "it is correct",
        "seven letters are a word"
    );
    assert_eq!(masked("nothing"), "nothing");
}

#[test]
fn a_failure_does_not_say_it_either() {
    let told = |error: CallError| secrets().out_of(error).to_string();
    assert!(!told(CallError::Fault("correct horse".to_owned())).contains("horse"));
    let trap = CallError::Trap {
        message: "correct horse".to_owned(),
        backtrace: String::new(),
        stderr: "panicked at correct horse".to_owned(),
    };
    assert!(!told(trap).contains("horse"));
}
