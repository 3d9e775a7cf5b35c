//! A new key of secrets, and what operators do with the code of a receipt.

use dinh::command::Command;
use dinh::keeper::{KeeperAct, KeeperWork};
use dinh_tests::TestPortal;

use super::citizen::{NAME, citizen, code, open, sent};

async fn keep(portal: &TestPortal, what: KeeperAct) -> Result<String, String> {
    let by = "operator:kim".to_owned();
    portal
        .command(Command::Keeper(KeeperWork { by, what }))
        .await
}

async fn keys(portal: &TestPortal) -> Vec<(String, String, u64)> {
    let lines = portal.portal().seals().await.unwrap();
    let line = |it: dinh_portal::SealLine| (it.key, it.state.to_owned(), it.sealed);
    lines.into_iter().map(line).collect()
}

#[tokio::test]
async fn a_new_key_seals_everything_anew_and_never_goes_back() {
    let portal = open().await;
    let browser = citizen(&portal);
    let links = [sent(&browser).await, sent(&browser).await];
    let before = keys(&portal).await;
    let former = before[0].0.clone();
    let sealed = before[0].2;
    assert!(sealed >= 2, "{before:?}");
    keep(&portal, KeeperAct::AddSeal).await.unwrap();
    let waiting = keys(&portal).await;
    assert_eq!(waiting[0], (former.clone(), "seals".to_owned(), sealed));
    let new = waiting[1].0.clone();
    assert_eq!(waiting[1].1, "waits");
    let damaged = "update entry_private set data_key = '1:00000000000000ff:00:00'
        where entry_id = (select min(entry_id) from entry_private)";
    portal.sql(damaged).await;
    let told = keep(&portal, KeeperAct::RenewSeals).await.unwrap_err();
    assert!(
        told.contains("cannot be opened") && told.contains("entry-private/"),
        "{told}"
    );
    for _ in 0..2 {
        keep(&portal, KeeperAct::RenewSeals).await.unwrap_err();
        let now = keys(&portal).await;
        assert_eq!(now[0], (new.clone(), "seals".to_owned(), sealed - 1));
        assert_eq!(now[1], (former.clone(), "opens".to_owned(), 0));
    }
    keep(&portal, KeeperAct::ForgetSeals).await.unwrap();
    browser
        .get(&links[1])
        .await
        .assert_status(200)
        .assert_contains(NAME);
    let acts = portal
        .database()
        .lines("select act from audit order by number")
        .await;
    assert!(acts.iter().any(|it| it == "seals-renewed"), "{acts:?}");
}

#[tokio::test]
async fn operators_find_and_erase_by_the_code_of_a_receipt() {
    let portal = open().await;
    let browser = citizen(&portal);
    let link = sent(&browser).await;
    let receipt = code(&browser.get(&link).await);
    let (code, site) = (receipt.to_lowercase(), "yen-the".to_owned());
    let show = |code: &str, site: &str| KeeperAct::Show {
        code: code.to_owned(),
        site: site.to_owned(),
    };
    let shown = keep(&portal, show(&code, &site)).await.unwrap();
    assert!(shown.contains(NAME), "{shown}");
    let elsewhere = keep(&portal, show(&code, "dong-son")).await.unwrap_err();
    assert!(
        elsewhere.contains("nothing on dong-son has the code"),
        "{elsewhere}"
    );
    let erase = |ground: &str| KeeperAct::Erase {
        code: code.clone(),
        site: site.clone(),
        ground: ground.to_owned(),
    };
    let bare = keep(&portal, erase(" ")).await.unwrap_err();
    assert!(bare.contains("say on what ground"), "{bare}");
    keep(&portal, erase("Đơn số 12")).await.unwrap();
    let shown = keep(&portal, show(&code, &site)).await.unwrap();
    assert!(!shown.contains(NAME), "{shown}");
    let read = "select count(*) from audit where act = 'personal-read' and actor = 'kim'";
    assert_eq!(portal.database().lines(read).await, ["2"]);
}
