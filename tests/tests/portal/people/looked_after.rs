//! Accounts that others look after.

use dinh::audit::AuditWork;
use dinh::command::Command;
use dinh::demo::people::PASSWORD;
use dinh::user::UserAct;
use dinh_portal::By;

use super::person::{
    Browser, DAY, OTHER_PASSWORD, OWN, code, grant, invited, operate, portal, secret_of,
};

#[tokio::test]
async fn all_devices_are_listed_and_signed_out_together_or_one_by_one() {
    let server = portal().await;
    let first = Browser::signed_in(&server, "can-bo").await;
    let mut second = Browser::at(&server, "192.0.2.6");
    second.sign_in("can-bo", PASSWORD).await.assert_status(303);
    let page = first.get(OWN).await.assert_status(200);
    let page = page
        .assert_contains("192.0.2.6")
        .assert_contains("192.0.2.1")
        .text();
    let (_, rest) = page.split_once("name=\"phien\" value=\"").unwrap();
    let session = rest.split('"').next().unwrap();
    // Somebody else's session is none of theirs.
    let stranger = Browser::signed_in(&server, "thu-truong").await;
    stranger
        .want("sign-out-device", &[("phien", session)])
        .await
        .assert_status(303);
    second.get(OWN).await.assert_status(200);
    first
        .want("sign-out-device", &[("phien", session)])
        .await
        .assert_status(303);
    second.assert_out(second.get(OWN).await);
    second.sign_in("can-bo", PASSWORD).await.assert_status(303);
    first
        .want("sign-out-everywhere", &[])
        .await
        .assert_status(303);
    first.assert_out(first.get(OWN).await);
    second.assert_out(second.get(OWN).await);
    stranger.get(OWN).await.assert_status(200);
}

#[tokio::test]
async fn what_is_withdrawn_holds_from_the_next_request_on() {
    let server = portal().await;
    let browser = Browser::signed_in(&server, "can-bo").await;
    let token = browser.cookie.split_once('=').unwrap().1.to_owned();
    let portal = server.portal();
    let who = async || portal.signed_in(&token, portal.now()).await.unwrap();
    assert_eq!(
        who().await.unwrap().staff.grants,
        [grant("unit-officer", "dong-son")]
    );
    let (name, grant) = ("can-bo".to_owned(), grant("unit-officer", "dong-son"));
    let take = UserAct::Revoke {
        name: name.clone(),
        grant: grant.clone(),
    };
    operate(&server, take).await.unwrap();
    assert!(who().await.unwrap().staff.grants.is_empty());
    let day = |text| dinh_domain::dates::LocalDate::parse(text).unwrap();
    let give = |from, until| UserAct::Grant {
        name: name.clone(),
        grant: grant.clone(),
        from: Some(day(from)),
        until: Some(day(until)),
    };
    operate(&server, give("2026-11-25", "2026-12-01"))
        .await
        .unwrap();
    assert!(who().await.unwrap().staff.grants.is_empty());
    operate(&server, give("2026-11-20", "2026-11-23"))
        .await
        .unwrap();
    assert!(who().await.unwrap().staff.grants.is_empty());
    operate(&server, give("2026-11-24", "2026-11-24"))
        .await
        .unwrap();
    let held = who().await.unwrap().staff.grants;
    assert_eq!(held, std::slice::from_ref(&grant));
    operate(&server, UserAct::Disable(name.clone()))
        .await
        .unwrap();
    assert!(who().await.is_none());
    browser.assert_out(browser.get(OWN).await);
    let reset = UserAct::Reset {
        name: "thu-truong".to_owned(),
        link: super::person::link(),
    };
    operate(&server, reset).await.unwrap();
    for what in [UserAct::Disable, UserAct::Enable] {
        // The former password does not come back by this way.
        let _told = operate(&server, what("thu-truong".to_owned())).await;
    }
    let mut reset = Browser::at(&server, "192.0.2.1");
    reset
        .sign_in("thu-truong", PASSWORD)
        .await
        .assert_status(401);
    // A session that ended does not come back with the account.
    operate(&server, UserAct::Enable(name)).await.unwrap();
    browser.assert_out(browser.get(OWN).await);
}

#[tokio::test]
async fn somebody_is_always_left_who_looks_after_accounts() {
    let server = portal().await;
    let head = || ("truong-ban".to_owned(), grant("board-head", "yen-the"));
    let (name, grant) = head();
    let told = operate(&server, UserAct::Disable(name.clone()))
        .await
        .unwrap_err();
    assert!(told.contains("nobody would be left"), "{told}");
    let take = UserAct::Revoke {
        name: name.clone(),
        grant: grant.clone(),
    };
    assert!(
        operate(&server, take)
            .await
            .unwrap_err()
            .contains("nobody would be left")
    );
    let until = dinh_domain::dates::LocalDate::parse("2026-11-01").unwrap();
    let over = UserAct::Grant {
        name,
        grant,
        from: None,
        until: Some(until),
    };
    assert!(
        operate(&server, over)
            .await
            .unwrap_err()
            .contains("nobody would be left")
    );
    // Somebody who was invited and never came does not count; who came does.
    let path = invited(&server, "lan", "standing-office", "yen-the").await;
    assert!(operate(&server, UserAct::Disable(head().0)).await.is_err());
    let browser = Browser::at(&server, "192.0.2.7");
    let fields = [("mat-khau-moi", OTHER_PASSWORD)];
    browser.post(&path, &fields).await.assert_status(303);
    operate(&server, UserAct::Disable(head().0)).await.unwrap();
    assert!(
        operate(&server, UserAct::Disable("lan".to_owned()))
            .await
            .is_err()
    );
    // Two at once: one of them is refused.
    operate(&server, UserAct::Enable(head().0)).await.unwrap();
    let (one, two) = tokio::join!(
        operate(&server, UserAct::Disable(head().0)),
        operate(&server, UserAct::Disable("lan".to_owned())),
    );
    assert_eq!(
        [one.is_ok(), two.is_ok()].iter().filter(|it| **it).count(),
        1
    );
}

#[tokio::test]
async fn nobody_gives_more_than_they_have() {
    let server = portal().await;
    let path = invited(&server, "lan", "standing-office", "yen-the").await;
    let mut browser = Browser::at(&server, "192.0.2.7");
    browser
        .post(&path, &[("mat-khau-moi", OTHER_PASSWORD)])
        .await
        .assert_status(303);
    browser
        .sign_in("lan", OTHER_PASSWORD)
        .await
        .assert_status(303);
    let token = browser.cookie.split_once('=').unwrap().1.to_owned();
    let portal = server.portal();
    let lan = portal
        .signed_in(&token, portal.now())
        .await
        .unwrap()
        .unwrap();
    let by = By::Account(&lan);
    let none = (None, None);
    for (role, at, may) in [
        ("unit-officer", "dong-son", true),
        ("board-head", "yen-the", false),
        ("unit-head", "dong-son", false),
    ] {
        let given = portal.give_role(by, "can-bo", &grant(role, at), none).await;
        assert_eq!(given.is_ok(), may, "{role}: {given:?}");
    }
    let officer = Browser::signed_in(&server, "can-bo").await;
    let token = officer.cookie.split_once('=').unwrap().1.to_owned();
    let officer = portal
        .signed_in(&token, portal.now())
        .await
        .unwrap()
        .unwrap();
    let by = By::Account(&officer);
    assert!(portal.disable_account(by, "thu-truong").await.is_err());
    assert!(portal.reset_account(by, "can-bo").await.is_err());
    let own = grant("unit-head", "dong-son");
    assert!(portal.give_role(by, "can-bo", &own, none).await.is_err());
}

#[tokio::test]
async fn an_account_that_nobody_uses_is_disabled() {
    let server = portal().await;
    Browser::signed_in(&server, "can-bo").await;
    server.clock().advance(44 * DAY);
    Browser::signed_in(&server, "thu-truong").await;
    assert_eq!(server.portal().look_after_people().await.unwrap(), 0);
    server.clock().advance(DAY + 1);
    // The inspector and the officer; the head of the board is the last who looks after accounts.
    assert_eq!(server.portal().look_after_people().await.unwrap(), 2);
    let list = operate(&server, UserAct::List { json: true })
        .await
        .unwrap();
    let list: serde_json::Value = serde_json::from_str(&list).unwrap();
    let states: Vec<(&str, &str)> = list
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["name"].as_str().unwrap(), it["state"].as_str().unwrap()))
        .collect();
    let wanted = [
        ("can-bo", "disabled"),
        ("thanh-tra", "disabled"),
        ("thu-truong", "active"),
        ("truong-ban", "active"),
    ];
    assert_eq!(states, wanted);
    operate(&server, UserAct::Enable("can-bo".to_owned()))
        .await
        .unwrap();
    assert_eq!(server.portal().look_after_people().await.unwrap(), 0);
    Browser::signed_in(&server, "can-bo").await;
}

#[tokio::test]
async fn what_is_recorded_names_the_act_and_holds_no_secret() {
    let server = portal().await;
    let path = invited(&server, "lan", "unit-officer", "dong-son").await;
    let mut browser = Browser::at(&server, "192.0.2.8");
    let secret = secret_of(&browser.get(&path).await);
    let right = code(&server, &secret, 0);
    let fields = [
        ("mat-khau-moi", OTHER_PASSWORD),
        ("ma-xac-thuc", right.as_str()),
    ];
    browser.post(&path, &fields).await.assert_status(303);
    let next = code(&server, &secret, 1);
    browser
        .sign_in_with("lan", OTHER_PASSWORD, "111111")
        .await
        .assert_status(401);
    browser
        .sign_in_with("lan", OTHER_PASSWORD, &next)
        .await
        .assert_status(303);
    browser
        .want("sign-out-everywhere", &[])
        .await
        .assert_status(303);
    let work = AuditWork::List {
        after: 0,
        limit: 1_000,
        json: true,
    };
    let audit = server.command(Command::Audit(work)).await.unwrap();
    for act in [
        "account-invited",
        "invitation-accepted",
        "sign-in-failed",
        "signed-in",
        "signed-out-everywhere",
    ] {
        assert!(audit.contains(act), "{act}: {audit}");
    }
    assert!(
        audit.contains("192.0.2.8") && audit.contains("kim"),
        "{audit}"
    );
    let token = path.strip_prefix("/loi-moi/").unwrap();
    let cookie = browser.cookie.split_once('=').unwrap().1;
    for secret in [
        token,
        cookie,
        OTHER_PASSWORD,
        PASSWORD,
        "argon2id",
        &right,
        &next,
    ] {
        assert!(secret.is_empty() || !audit.contains(secret), "{secret}");
    }
    let whole = AuditWork::Verify { noted: None };
    server.command(Command::Audit(whole)).await.unwrap();
}
