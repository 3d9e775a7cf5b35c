//! Who is locked out, and who is not.

use dinh::demo::people::PASSWORD;
use dinh::user::UserAct;

use super::person::{Browser, HOUR, OWN, operate, portal};

#[tokio::test]
async fn five_failures_lock_until_the_clock_releases() {
    let server = portal().await;
    let mut stranger = Browser::at(&server, "192.0.2.9");
    for _ in 0..4 {
        stranger.sign_in("can-bo", "sai").await.assert_status(401);
    }
    // The right password there forgives nothing elsewhere.
    stranger
        .sign_in("can-bo", PASSWORD)
        .await
        .assert_status(303);
    let mut other = Browser::at(&server, "192.0.2.10");
    other.sign_in("can-bo", "sai").await.assert_status(401);
    other.sign_in("can-bo", PASSWORD).await.assert_status(401);
    server.clock().advance(12 * HOUR - 1);
    other.sign_in("can-bo", PASSWORD).await.assert_status(401);
    server.clock().advance(1);
    other.sign_in("can-bo", PASSWORD).await.assert_status(303);
}

#[tokio::test]
async fn a_stranger_locks_nobody_out_where_they_are_known() {
    let server = portal().await;
    let at_work = Browser::signed_in(&server, "can-bo").await;
    let mut stranger = Browser::at(&server, "192.0.2.9");
    for _ in 0..8 {
        stranger.sign_in("can-bo", "sai").await.assert_status(401);
    }
    stranger
        .sign_in("can-bo", PASSWORD)
        .await
        .assert_status(401);
    // The session goes on, and so does signing in from there.
    at_work.get(OWN).await.assert_status(200);
    let mut again = Browser::at(&server, "192.0.2.1");
    again.sign_in("can-bo", PASSWORD).await.assert_status(303);
    // Failures at the known address count there.
    for _ in 0..5 {
        again.sign_in("can-bo", "sai").await.assert_status(401);
    }
    again.sign_in("can-bo", PASSWORD).await.assert_status(401);
    at_work.get(OWN).await.assert_status(200);
    // Colleagues at the same address are not concerned.
    again
        .sign_in("thu-truong", PASSWORD)
        .await
        .assert_status(303);
    operate(&server, UserAct::Enable("can-bo".to_owned()))
        .await
        .unwrap();
    again.sign_in("can-bo", PASSWORD).await.assert_status(303);
}

#[tokio::test]
async fn an_address_that_tries_many_names_is_locked_for_those_it_does_not_know() {
    let server = portal().await;
    let mut office = Browser::at(&server, "192.0.2.20");
    office.sign_in("can-bo", PASSWORD).await.assert_status(303);
    for number in 0..20 {
        let name = format!("ten-{number}");
        office.sign_in(&name, "sai").await.assert_status(401);
    }
    office
        .sign_in("thanh-tra", PASSWORD)
        .await
        .assert_status(401);
    office.sign_in("can-bo", PASSWORD).await.assert_status(303);
    let mut elsewhere = Browser::at(&server, "192.0.2.21");
    elsewhere
        .sign_in("thanh-tra", PASSWORD)
        .await
        .assert_status(303);
}
