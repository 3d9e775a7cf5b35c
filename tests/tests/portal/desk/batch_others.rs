//! Rows of entries that are there already: public ones, and those that a colleague writes.

use crate::desk::batch::{PAGE, Said, register, task, uploaded};
use crate::desk::form::officer;
use crate::people::person::{Browser, portal};

const UNIT_HEAD: &str = "thu-truong";

#[tokio::test]
async fn what_is_public_gets_a_text_behind_it_and_a_colleagues_text_stays_hers() {
    let portal = portal().await;
    let own = officer(&portal).await;
    let public = task("MH.ĐS.01-2024", "02/10/2024")
        .replace("Trạm Khuyến nông", "Ủy ban nhân dân xã Đông Sơn");
    let sheet = register(&[public, task("KN-1", "01/02/2024")]);
    let shown = uploaded(&own, PAGE, ("so.csv", sheet.as_bytes())).await;
    let said = Said::of(&shown);
    let seen = said.send(&own, "xem", &[]).await.assert_status(200);
    seen.assert_contains("Bản thảo mới: 1")
        .assert_contains("Bản đã có được sửa: 1")
        .assert_contains("Bản sửa đổi của mục đã đăng");
    said.keep(&own, &[]).await.assert_status(303);
    let kept = "select e.state || ', ' || r.title as t from entry e
        join entry_revision r on r.id = e.working_revision
        where e.site_id = 'dong-son' and e.published_revision <> e.working_revision
        and r.body like '%MH.ĐS.01-2024%' and r.body like '%\"findings\"%'";
    assert_eq!(
        portal.database().lines(kept).await,
        ["draft, Nuôi gà đồi MH.ĐS.01-2024"],
        "what the sheet does not say stays"
    );
    let page = portal
        .visitor()
        .get(
            "dong-son.localhost",
            "/khoa-hoc/mo-hinh-um-ga-con-bang-ham-sinh-nhiet-tu-vo-trau",
        )
        .await;
    page.assert_status(200)
        .assert_contains("Mô hình úm gà con")
        .assert_lacks("Nuôi gà đồi");
    // A colleague brings other texts of the same tasks: both are being written by somebody.
    let head = Browser::signed_in(&portal, UNIT_HEAD).await;
    let sheet = register(&[task("KN-1", "09/02/2024"), task("KN-9", "01/02/2024")]);
    let shown = uploaded(&head, PAGE, ("so.csv", sheet.as_bytes())).await;
    let seen = Said::of(&shown).send(&head, "xem", &[]).await;
    seen.assert_status(200)
        .assert_contains("mục này đã có và Lý Thị Mai đang soạn")
        .assert_contains("Bản thảo mới: 1");
    // What waits to be approved is not written under the eyes of whoever approves it.
    let id = "select e.id from entry e join entry_revision r on r.id = e.working_revision
        where r.title = 'Nuôi gà đồi KN-1'";
    let id = portal.database().lines(id).await.remove(0);
    let submitted = format!("update entry set state = 'submitted' where id = '{id}'");
    portal.database().run(&submitted).await;
    let sheet = register(&[task("KN-1", "09/02/2024")]);
    let shown = uploaded(&own, PAGE, ("so.csv", sheet.as_bytes())).await;
    let seen = Said::of(&shown).send(&own, "xem", &[]).await;
    seen.assert_contains("đang ở trạng thái “Chờ duyệt”, chưa sửa được")
        .assert_lacks("value=\"ghi\"");
    // What somebody gave up is nobody's: it is begun anew.
    let discarded = format!("update entry set state = 'discarded' where id = '{id}'");
    portal.database().run(&discarded).await;
    let seen = Said::of(&shown).send(&own, "xem", &[]).await;
    seen.assert_contains("Bản thảo mới: 1");
}

#[tokio::test]
async fn a_contributor_is_told_nothing_of_what_a_colleague_writes() {
    let portal = portal().await;
    let own = officer(&portal).await;
    let sheet = register(&[task("KN-1", "01/02/2024")]);
    let shown = uploaded(&own, PAGE, ("so.csv", sheet.as_bytes())).await;
    Said::of(&shown).keep(&own, &[]).await.assert_status(303);
    let role = format!(
        "update role_grant set role = 'contributor'
         where account_id = (select id from account where name = '{UNIT_HEAD}')"
    );
    portal.database().run(&role).await;
    let kim = Browser::signed_in(&portal, UNIT_HEAD).await;
    // Nothing but what the task is known by: everything else would be what stands there.
    let row = task("KN-1", "01/02/2024");
    let cells = row.split(';').map(|it| match it {
        "KN-1" | "Cấp cơ sở" | "Trạm Khuyến nông" => it,
        _ => "",
    });
    let sheet = register(&[cells.collect::<Vec<_>>().join(";")]);
    let shown = uploaded(&kim, PAGE, ("so.csv", sheet.as_bytes())).await;
    let seen = Said::of(&shown).send(&kim, "xem", &[]).await;
    seen.assert_status(200)
        .assert_contains("mục này đã có và không thuộc quyền sửa của ông/bà")
        .assert_lacks("Giữ nguyên, vì đã giống hệt: 1")
        .assert_lacks("Nuôi gà đồi KN-1")
        .assert_lacks("Lý Thị Mai")
        .assert_lacks("value=\"ghi\"");
}

#[tokio::test]
async fn one_act_is_recorded_with_the_file_and_the_counts() {
    let portal = portal().await;
    let own = officer(&portal).await;
    let sheet = register(&[task("KN-1", "01/02/2024"), task("KN-1", "01/02/2024")]);
    let shown = uploaded(&own, PAGE, ("so.csv", sheet.as_bytes())).await;
    let kept = Said::of(&shown).keep(&own, &[("bo-loi", "1")]).await;
    kept.assert_status(303);
    let acts = "select p.became as a from audit a join audit_payload p on p.number = a.number
        where a.act = 'entries-brought' and a.subject = 'science-projects/project'";
    let acts = portal.database().lines(acts).await;
    assert_eq!(acts.len(), 1);
    for word in ["\"new\":1", "\"faulty\":1", "so.csv", "\"sha256\":"] {
        assert!(acts[0].contains(word), "{word}: {}", acts[0]);
    }
}
