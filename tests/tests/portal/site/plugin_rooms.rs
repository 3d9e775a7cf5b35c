//! The room of plugins: what each may do, what failed, what waits for consent.

use dinh::demo::people::PASSWORD;
use dinh_tests::{
    Code, NOTICES, Program, TestPortal, Vendor, Visited, Visitor, body, bundle_folder,
};

use crate::people::person::Browser;
use crate::program::running::Server;

const ROOM: &str = "/quan-tri/phan-mo-rong";
const OWN: &str = "/quan-tri/phan-mo-rong/legal-documents";

#[tokio::test]
async fn a_plugin_says_what_it_may_and_is_parked_and_let_run_with_reasons() {
    let server = TestPortal::demo_of_bundle(&bundle_folder()).await;
    let head = Browser::signed_in(&server, "truong-ban").await;
    head.get(ROOM)
        .await
        .assert_status(200)
        .assert_contains("legal-documents")
        .assert_contains("Đang chạy");
    let page = head.get(OWN).await.assert_status(200);
    page.assert_contains("Đọc các mục của chính nó")
        .assert_contains("không mở tệp");
    let wrong = head
        .post(OWN, &[("viec", "park"), ("ly-do-ngung", "")])
        .await
        .assert_status(422);
    wrong.assert_contains("id=\"loi-ly-do-ngung\"");
    head.post(OWN, &[("viec", "park"), ("ly-do-ngung", "Nghi lỗi")])
        .await
        .assert_status(303);
    let page = head.get(&format!("{OWN}?xong=park")).await;
    page.assert_contains("Đã tạm ngừng")
        .assert_contains("Nghi lỗi")
        .assert_contains("Cho chạy lại");
    // The section stays readable.
    server
        .visitor()
        .get("localhost", "/van-ban")
        .await
        .assert_status(200);
    let fields = [("viec", "unpark"), ("ly-do-chay", "Đã kiểm tra")];
    head.post(OWN, &fields).await.assert_status(303);
    head.get(OWN).await.assert_contains("Đang chạy");
    let audit = head.get("/quan-tri/nhat-ky").await;
    audit
        .assert_contains("Cho phần mở rộng chạy lại")
        .assert_contains("Đã kiểm tra");
    head.get(&format!("{ROOM}/nothing"))
        .await
        .assert_status(404);
    head.post(OWN, &[("viec", "agree"), ("ban-ke", "x")])
        .await
        .assert_status(422);
}

/// The head of the Board, signed in to a program that serves.
struct Head {
    visitor: Visitor,
    cookie: String,
}

impl Head {
    async fn of(server: &Server) -> Self {
        let visitor = server.visitor();
        let sent = body(&[("ten", "truong-ban"), ("mat-khau", PASSWORD)]);
        let headers = [("Sec-Fetch-Site", "same-origin")];
        let signed = visitor
            .send_with("localhost", "/dang-nhap", &sent, &headers)
            .await;
        let signed = signed.assert_status(303);
        let cookie = signed
            .header("set-cookie")
            .split(';')
            .next()
            .unwrap()
            .to_owned();
        Self { visitor, cookie }
    }

    fn headers(&self) -> [(&str, &str); 2] {
        [("Sec-Fetch-Site", "same-origin"), ("Cookie", &self.cookie)]
    }

    async fn get(&self, path: &str) -> Visited {
        self.visitor
            .get_with("localhost", path, &self.headers())
            .await
    }

    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Visited {
        let sent = body(fields);
        self.visitor
            .send_with("localhost", path, &sent, &self.headers())
            .await
    }
}

/// Refuses the version whose manifest was shown.
async fn refuse(head: &Head, path: &str, manifest: &str) -> Visited {
    let fields = [
        ("viec", "refuse"),
        ("ban-ke", manifest),
        ("ly-do-tu-choi", "Chưa cần"),
    ];
    head.post(path, &fields).await
}

/// The hash of the manifest that a page asks to agree to.
fn shown(page: &Visited) -> String {
    let text = page.text();
    let (_, rest) = text.split_once("name=\"ban-ke\" value=\"").unwrap();
    rest.split_once('"').unwrap().0.to_owned()
}

#[tokio::test]
async fn a_version_waits_until_the_district_agrees_to_what_is_new() {
    let program = Program::with_demo().await;
    let vendor = Vendor::new(&program);
    vendor.be_trusted(&program, "vendor.pub");
    let first = vendor.package(&program, "1.0.0", "first", Code::Quiet);
    let more = vendor.package(&program, "1.1.0", "second", Code::Curious);
    let server = Server::start(&program, "demo");
    let head = Head::of(&server).await;
    let path = format!("{ROOM}/{NOTICES}");
    let wait = |package: &str| {
        program
            .run(&["plugin", "install", package, "--wait"])
            .assert_code(0)
    };

    let told = wait(&first);
    assert!(
        told.out.contains("waits until somebody agrees"),
        "{}",
        told.out
    );
    head.get(ROOM)
        .await
        .assert_contains("Chưa cài")
        .assert_contains("Có bản chờ đồng ý");
    let page = head.get(&path).await.assert_status(200);
    head.post(&path, &[("viec", "refuse"), ("ly-do-tu-choi", "")])
        .await
        .assert_status(422);
    let manifest = shown(&page);
    head.post(&path, &[("viec", "agree"), ("ban-ke", &manifest)])
        .await
        .assert_status(303);
    let page = head.get(&path).await;
    page.assert_contains("1.0.0")
        .assert_contains("Đang chạy")
        .assert_lacks("ban-ke");

    // It asks for more: nothing of it runs, and what is new is marked.
    wait(&more);
    let page = head.get(&path).await;
    let page = page
        .assert_contains("Phiên bản 1.1.0 chờ đồng ý")
        .assert_contains("(mới) Đọc các mục của chính nó");
    let list = program.run(&["plugin", "list"]).assert_code(0);
    assert!(list.out.contains("1.0.0"), "{}", list.out);
    // What was shown before is not what waits now.
    head.post(&path, &[("viec", "agree"), ("ban-ke", &manifest)])
        .await
        .assert_status(422);
    refuse(&head, &path, &manifest).await.assert_status(422);
    refuse(&head, &path, &shown(&page)).await.assert_status(303);
    head.get(&path).await.assert_lacks("chờ đồng ý");
    wait(&more);
    head.post(&path, &[("viec", "agree"), ("ban-ke", &shown(&page))])
        .await
        .assert_status(303);
    let list = program.run(&["plugin", "list"]).assert_code(0);
    assert!(list.out.contains("1.1.0"), "{}", list.out);
    let audit = program.run(&["audit", "list"]).assert_code(0).out;
    for act in ["plugin-waiting", "plugin-agreed-to", "plugin-refused"] {
        assert!(audit.contains(act), "{act}: {audit}");
    }
    assert!(audit.contains("Chưa cần"), "{audit}");
    let upgraded = audit.lines().find(|it| it.contains("plugin-upgraded"));
    assert!(
        upgraded.is_some_and(|it| it.contains(" account:")),
        "{audit}"
    );
    program.run(&["audit", "verify"]).assert_code(0);
}
