//! A citizen sends a form.

use dinh_tests::{OTHER_LEDGER, body};

use crate::form::desk::{Desk, FORM, HOST, OTHER_HOST};

#[tokio::test]
async fn a_form_is_shown_taken_and_kept_for_its_own_plugin_and_site() {
    let desk = Desk::open().await;
    desk.get(HOST, FORM)
        .await
        .assert_status(200)
        .assert_header("cache-control", "no-store")
        .assert_contains("Xin chào, 10; 0")
        .assert_contains("Tiêu đề (bắt buộc)")
        .assert_contains("Viết ngắn gọn.")
        .assert_contains("Khen");
    desk.send("Gà đồi")
        .await
        .assert_status(200)
        .assert_contains("; 1");
    desk.send("redirect")
        .await
        .assert_status(303)
        .assert_header("location", "/");
    desk.assert_count(HOST, FORM, 2).await;
    desk.assert_count(OTHER_HOST, FORM, 0).await;
    let other = format!("/{OTHER_LEDGER}/gui");
    desk.assert_count(HOST, &other, 0).await;
    let all = desk.send("everything").await.assert_status(200);
    all.assert_contains("Gà đồi").assert_contains("entry/00002");
    let all = desk.send_to(HOST, &other, "everything", "").await;
    all.assert_status(200).assert_lacks("Gà đồi");
    let all = desk.send_to(OTHER_HOST, FORM, "everything", "").await;
    all.assert_status(200).assert_lacks("Gà đồi");
}

#[tokio::test]
async fn faults_stand_beside_their_fields_with_what_was_typed() {
    let desk = Desk::open().await;
    let visitor = desk.server.visitor();
    let long = "x".repeat(41);
    let fields = [
        ("subject", long.as_str()),
        ("words", "dòng 1\r\ndòng 2"),
        ("kind", "scorn"),
    ];
    let page = visitor.send(HOST, FORM, &fields).await.assert_status(422);
    page.assert_header("cache-control", "no-store")
        .assert_contains("Mục này dài quá 40 ký tự")
        .assert_contains("Xin chọn một trong những mục có sẵn.")
        .assert_contains("Xin điền mục này.")
        .assert_contains(&long)
        .assert_contains("dòng 1")
        .assert_contains("aria-describedby=\"giup-words\"")
        .assert_contains("aria-describedby=\"loi-subject\"")
        .assert_contains("Xin chào");
    let page = desk
        .send_to(HOST, FORM, "fault", "giữ <lại>")
        .await
        .assert_status(422);
    page.assert_contains("Tiêu đề “fault” đã có")
        .assert_contains("Không ghi được: hết chỗ")
        .assert_contains("giữ &lt;lại&gt;")
        .assert_contains("value=\"fault\"");
    desk.assert_count(HOST, FORM, 0).await;
}

#[tokio::test]
async fn a_form_comes_from_its_own_page_whole_and_of_its_type() {
    let desk = Desk::open().await;
    let visitor = desk.server.visitor();
    let good = body(&[("subject", "Gà"), ("agreed", "1")]);
    let refused: [(&[(&str, &str)], u16); 7] = [
        (&[], 403),
        (&[("Sec-Fetch-Site", "cross-site")], 403),
        (&[("Sec-Fetch-Site", "same-site")], 403),
        (&[("Sec-Fetch-Site", "none")], 403),
        (&[("Origin", "null")], 403),
        (&[("Origin", "https://xuan-luong.localhost")], 403),
        (
            &[
                ("Sec-Fetch-Site", "same-origin"),
                ("Content-Type", "text/plain"),
            ],
            415,
        ),
    ];
    for (headers, status) in refused {
        let sent = visitor.send_with(HOST, FORM, &good, headers).await;
        sent.assert_status(status);
    }
    let origin = [("Origin", "http://dong-son.localhost:8080")];
    let own = [("Sec-Fetch-Site", "same-origin")];
    visitor
        .send_with(HOST, FORM, &good, &origin)
        .await
        .assert_status(200);
    let large = format!("{good}&words={}", "x".repeat(64 * 1024));
    for (bad, status) in [
        (large.as_str(), 413),
        ("subject=G&agreed=1&role=admin", 400),
        ("subject=G&subject=V&agreed=1", 400),
        ("subject=%FF&agreed=1", 400),
        ("subject=%G0&agreed=1", 400),
        ("", 422),
    ] {
        visitor
            .send_with(HOST, FORM, bad, &own)
            .await
            .assert_status(status);
    }
    for path in [
        "/",
        "/ledger",
        "/van-ban",
        "/tim-kiem",
        "/api/v1/sites",
        "/ledger/none",
        "/healthz",
    ] {
        let sent = visitor.send_with(HOST, path, &good, &own).await;
        sent.assert_status(405);
    }
    desk.assert_count(HOST, FORM, 1).await;
}

#[tokio::test]
async fn who_sends_too_often_is_told_when_to_come_back() {
    let desk = Desk::with(&[]).await;
    for _ in 0..10 {
        desk.send("Gà").await.assert_status(200);
    }
    let mut told = desk.send("Gà").await;
    // A slow machine may have earned one or two more meanwhile.
    for _ in 0..5 {
        if told.status() == 429 {
            break;
        }
        told = desk.send("Gà").await;
    }
    let told = told.assert_status(429);
    assert!(!told.header("retry-after").is_empty());
    desk.get(HOST, FORM).await.assert_status(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sendings_at_the_same_time_do_not_overwrite_each_other() {
    let desk = Desk::open().await;
    let visitor = desk.server.visitor();
    let sending = (0..12).map(|at| {
        tokio::spawn(async move {
            let subject = format!("Gà {at}");
            let fields = [("subject", subject.as_str()), ("agreed", "1")];
            visitor.send(HOST, FORM, &fields).await.status()
        })
    });
    let sending: Vec<_> = sending.collect();
    let mut taken = 0;
    for sent in sending {
        match sent.await.unwrap() {
            200 => taken += 1,
            status => assert_eq!(status, 503, "taken or told to come back"),
        }
    }
    assert!(taken > 0);
    desk.assert_count(HOST, FORM, taken).await;
}
