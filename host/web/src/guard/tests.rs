use super::{Panicked, unwinding};

#[tokio::test]
async fn a_panic_becomes_an_error_with_its_words() {
    let broken = unwinding(async {
        tokio::task::yield_now().await;
        let empty: Vec<u8> = Vec::new();
        assert!(!empty.is_empty(), "nothing {}", "here");
    });
    assert_eq!(broken.await, Err(Panicked("nothing here".to_owned())));
    assert_eq!(unwinding(async { 7 }).await, Ok(7));
}
