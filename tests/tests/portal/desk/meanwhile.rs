//! A form that is open while somebody else works on the same entry.

use super::form::{NEW, PDF, draft, hidden, officer, with, with_a_file};
use crate::people::person::{Browser, portal};

#[tokio::test]
async fn what_only_the_other_one_changed_is_taken_and_what_both_changed_is_shown() {
    let portal = portal().await;
    let officer = officer(&portal).await;
    let page = draft(&officer).await;
    let edit = format!("{page}/sua");
    let ban = hidden(&officer.get(&edit).await, "ban");
    let head = Browser::signed_in(&portal, "thu-truong").await;
    let theirs = with(&[
        ("ban", ban.as_str()),
        ("f.signer", "Người khác ký"),
        ("f.abstract", "Lời của thủ trưởng"),
    ]);
    head.post_parts(&edit, &theirs, &[])
        .await
        .assert_status(303);
    let mine = with(&[("ban", ban.as_str()), ("f.abstract", "Lời của cán bộ")]);
    let told = officer
        .post_parts(&edit, &mine, &[])
        .await
        .assert_status(409);
    let told = told
        .assert_contains("Hoàng Văn Sơn đã lưu bản khác")
        .assert_contains("Lời của thủ trưởng")
        .assert_contains("Lời của cán bộ</textarea>")
        .assert_contains("value=\"Người khác ký\"");
    let former = ban;
    let ban = hidden(&told, "ban");
    assert_ne!(ban, former, "saving again is over what there is now");
    let again = with(&[
        ("ban", ban.as_str()),
        ("f.signer", "Người khác ký"),
        ("f.abstract", "Lời của cán bộ"),
    ]);
    officer
        .post_parts(&edit, &again, &[])
        .await
        .assert_status(303);
    let shown = officer.get(&page).await;
    shown
        .assert_contains("Lời của cán bộ")
        .assert_contains("Người khác ký");
}

#[tokio::test]
async fn what_is_typed_while_the_entry_moves_on_comes_back_and_is_saved_when_it_may_be() {
    let portal = portal().await;
    let officer = officer(&portal).await;
    let whole = with(&[("f.issued_on", "5/3/2026")]);
    let files = [("f.files.new", "a.pdf", PDF)];
    let saved = officer.post_parts(NEW, &whole, &files).await;
    let page = saved
        .header("location")
        .split_once('?')
        .unwrap()
        .0
        .to_owned();
    let edit = format!("{page}/sua");
    let ban = hidden(&officer.get(&edit).await, "ban");
    let head = Browser::signed_in(&portal, "thu-truong").await;
    let send = [("viec", "submit"), ("ban", ban.as_str())];
    head.post(&page, &send).await.assert_status(303);
    let mine = with(&[("ban", ban.as_str()), ("f.abstract", "Đang viết dở")]);
    let told = officer
        .post_parts(&edit, &mine, &[])
        .await
        .assert_status(409);
    let told = told
        .assert_contains("đã chuyển sang trạng thái “Chờ duyệt”")
        .assert_contains("Đang viết dở</textarea>");
    let ban = hidden(&told, "ban");
    let recall = [("viec", "recall"), ("ban", ban.as_str())];
    officer.post(&page, &recall).await.assert_status(303);
    let again = with(&[("ban", ban.as_str()), ("f.abstract", "Đang viết dở")]);
    officer
        .post_parts(&edit, &again, &[])
        .await
        .assert_status(303);
    officer.get(&page).await.assert_contains("Đang viết dở");
}

#[tokio::test]
async fn a_file_that_a_colleague_took_out_comes_back_whole() {
    let portal = portal().await;
    let officer = officer(&portal).await;
    let (edit, ban, file) = with_a_file(&officer).await;
    let head = Browser::signed_in(&portal, "thu-truong").await;
    let gone = with(&[
        ("ban", ban.as_str()),
        ("f.files.file", file.as_str()),
        ("f.files.label", ""),
        ("f.files.gone", file.as_str()),
    ]);
    head.post_parts(&edit, &gone, &[]).await.assert_status(303);
    let kept = [
        ("f.files.file", file.as_str()),
        ("f.files.label", "Bản chính"),
    ];
    let mut mine = with(&kept);
    mine.push(("ban", ban.as_str()));
    let told = officer
        .post_parts(&edit, &mine, &[])
        .await
        .assert_status(409);
    let ban = hidden(&told.assert_contains("a.pdf"), "ban");
    let mut again = with(&kept);
    again.push(("ban", ban.as_str()));
    officer
        .post_parts(&edit, &again, &[])
        .await
        .assert_status(303);
    let page = edit.strip_suffix("/sua").unwrap();
    officer.get(page).await.assert_contains("Bản chính (a.pdf)");
}

#[tokio::test]
async fn a_row_that_was_emptied_moves_no_choice_to_another() {
    let portal = portal().await;
    let officer = officer(&portal).await;
    let rows = [
        ("f.relations.kind", "based-on"),
        ("f.relations.target", ""),
        ("f.relations.label", ""),
        ("f.relations.kind", "based-on"),
        ("f.relations.target", "một"),
        ("f.relations.label", ""),
        ("f.relations.kind", "replaces"),
        ("f.relations.target", "2/2020/QĐ-UBND"),
        ("f.relations.label", ""),
        ("viec", "lay:relations:1:1/2020/QĐ-UBND"),
    ];
    let taken = officer
        .post_parts(NEW, &with(&rows), &[])
        .await
        .assert_status(200);
    taken
        .assert_contains("name=\"f.relations.target\" value=\"1/2020/QĐ-UBND\"")
        .assert_contains("name=\"f.relations.target\" value=\"2/2020/QĐ-UBND\"")
        .assert_lacks("value=\"một\"");
}
