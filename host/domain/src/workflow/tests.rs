use super::{Effect, Refusal, named, next};

#[test]
fn a_register_entry_is_published_withdrawn_with_a_reason_and_published_again() {
    let register = named("register").unwrap();
    let step = next(&register, register.initial, "publish", None).unwrap();
    assert_eq!((step.to, step.effect), ("published", Effect::Publish));
    let refused = next(&register, "published", "withdraw", Some("  "));
    assert_eq!(refused, Err(Refusal::ReasonMissing("withdraw".to_owned())));
    let step = next(&register, "published", "withdraw", Some("Đăng nhầm")).unwrap();
    assert_eq!((step.to, step.effect), ("withdrawn", Effect::Withdraw));
    assert!(next(&register, "withdrawn", "publish", None).is_ok());
}

#[test]
fn an_action_that_the_state_does_not_allow_is_refused_by_name() {
    let register = named("register").unwrap();
    let refused = next(&register, "draft", "withdraw", Some("x")).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "action `withdraw` cannot be taken in state `draft`"
    );
    assert!(named("no-such").is_none());
}
