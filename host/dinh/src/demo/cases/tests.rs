use super::parse::{Request, parse};
use super::{cases, differences, link, said};
use crate::demo::browse::Answer;
use crate::demo::page::{self, Place};

const CASE: &str = "# Directives alone.
GET /van-ban?kind=chi-thi
Host: localhost
Accept: text/html
----
200
Content-Type: text/html
contains:  Chỉ   thị
lacks: Báo cáo
====
# The second visit.
FOLLOW Hiệu lực của văn bản theo ngày ?ngay=2015-01-01
----
400
====
FOLLOW 06/2014/QĐ-UBND
----

404
";

#[test]
fn a_case_is_read_visit_by_visit_with_the_line_of_each_part() {
    let visits = parse(CASE).unwrap();
    assert_eq!(visits.len(), 3);
    let [first, second, third] = visits.as_slice() else {
        panic!("three visits")
    };
    assert_eq!(first.line, 2);
    assert_eq!(
        first.request,
        Request::Get("/van-ban?kind=chi-thi".to_owned())
    );
    let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(
        first.headers,
        [header("Host", "localhost"), header("Accept", "text/html")]
    );
    assert_eq!(first.expected.status, (6, 200));
    assert_eq!(
        first.expected.headers,
        [(7, "Content-Type".to_owned(), "text/html".to_owned())]
    );
    assert_eq!(first.expected.contains, [(8, "Chỉ thị".to_owned())]);
    assert_eq!(first.expected.lacks, [(9, "Báo cáo".to_owned())]);
    let follow = |text: &str, query: Option<&str>| Request::Follow {
        text: text.to_owned(),
        query: query.map(str::to_owned),
    };
    assert_eq!(
        second.request,
        follow("Hiệu lực của văn bản theo ngày", Some("ngay=2015-01-01"))
    );
    assert_eq!(third.request, follow("06/2014/QĐ-UBND", None));
    assert_eq!(third.expected.status, (19, 404));
}

#[test]
fn what_is_sent_is_told_from_headers() {
    let visits = parse(
        "SEND /x/hoi\nHost: localhost\nwords = Giờ: nào = tốt?\nagreed=1\n----\n303\n====\n\
         DELIVER /moc/x/y\nX-Signature: a=b\nbody = {\"a\": 1}\n----\n401\n",
    );
    let [form, delivery] = visits.unwrap().try_into().unwrap();
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(form.request, Request::Send("/x/hoi".to_owned()));
    assert_eq!(form.headers, [pair("Host", "localhost")]);
    let sent = [pair("words", "Giờ: nào = tốt?"), pair("agreed", "1")];
    assert_eq!(form.fields, sent);
    assert_eq!(super::form(&sent[1..]), "agreed=1");
    assert_eq!(delivery.headers, [pair("X-Signature", "a=b")]);
    assert_eq!(super::delivered(&delivery.fields), "{\"a\": 1}");
}

#[test]
fn a_case_that_cannot_be_read_says_in_which_line() {
    let bad = [
        ("", "line 1: the visit has no line ----"),
        ("GET /x\n200\n", "line 2: the visit has no line ----"),
        (
            "# Nothing.\n----\n200\n",
            "line 2: there is no request above",
        ),
        (
            "POST /x\n----\n200\n",
            "line 1: a request begins with GET, FOLLOW, SEND or DELIVER, not `POST`",
        ),
        (
            "GET van-ban\n----\n200\n",
            "line 1: GET takes an address that begins with /",
        ),
        (
            "GET /a b\n----\n200\n",
            "line 1: GET takes an address that begins with /",
        ),
        (
            "FOLLOW\n----\n200\n",
            "line 1: FOLLOW takes the text of a link",
        ),
        (
            "GET /\nHost localhost\n----\n200\n",
            "line 2: `Host localhost` is not of the form",
        ),
        ("GET /\n----\n", "line 2: no status is expected"),
        ("GET /\n----\nOK\n", "line 3: `OK` is no status"),
        ("GET /\n----\n1000\n", "line 3: `1000` is no status"),
        (
            "GET /\n----\n200\ncontains:\n",
            "line 4: nothing stands behind `contains:`",
        ),
        (
            "GET /\n----\n200\n====\nGET /\n",
            "line 5: the visit has no line ----",
        ),
    ];
    for (case, fault) in bad {
        let told = parse(case).unwrap_err();
        assert!(told.starts_with(fault), "{case:?}: {told}");
    }
}

fn answer(status: u16, body: &str) -> Answer {
    let headers = vec![(
        "content-type".to_owned(),
        "text/html; charset=utf-8".to_owned(),
    )];
    Answer {
        status,
        headers,
        body: body.as_bytes().to_vec(),
    }
}

#[test]
fn every_difference_is_named_with_its_line() {
    let visits =
        parse("GET /\n----\n200\nContent-Type: json\nX-No: 1\ncontains: a b\nlacks: c\n").unwrap();
    let expected = &visits.first().unwrap().expected;
    let told = differences(&answer(404, "<p>c</p>"), expected);
    let wanted = [
        "line 3: the status is 404, not 200",
        "line 4: the header Content-Type is text/html; charset=utf-8, it should contain json",
        "line 5: the header X-No is missing, it should contain 1",
        "line 6: the answer does not contain “a b”",
        "line 7: the answer contains “c”",
    ];
    assert_eq!(told, wanted);
}

#[test]
fn words_are_found_across_tags_and_lines_and_markup_as_it_is_written() {
    let visits = parse(
        "GET /\n----\n200\nContent-Type: text/html\ncontains: Bị thay thế bởi 02/2017\ncontains: href=\"/a\"\ncontains: R&D\n",
    );
    let visits = visits.unwrap();
    let page = "<p>Bị thay\n  thế bởi <a href=\"/a\">02/2017</a> R&amp;D</p>";
    assert_eq!(
        differences(&answer(200, page), &visits.first().unwrap().expected),
        Vec::<String>::new()
    );
}

#[test]
fn a_link_is_taken_by_its_whole_text_before_its_end_before_a_part() {
    let html = r#"<a class="chip" href="/1">Bỏ Số: 06/2014 ✕</a> <a href="/2?a=1&amp;b=2">Quyết định 06/2014</a> <a href="/3"><b>06/2014</b></a>"#;
    assert_eq!(link(html, "06/2014").as_deref(), Some("/3"));
    assert_eq!(link(html, "định 06/2014").as_deref(), Some("/2?a=1&b=2"));
    assert_eq!(link(html, "Số: 06").as_deref(), Some("/1"));
    assert_eq!(link(html, "07/2014"), None);
}

#[test]
fn an_address_is_followed_from_where_it_stands() {
    let at = Place::new("localhost", "/van-ban/thay-the?nam=2020");
    for (address, host, path) in [
        (
            "thay-the?nam=2021",
            "localhost",
            "/van-ban/thay-the?nam=2021",
        ),
        ("?nam=2021", "localhost", "/van-ban/thay-the?nam=2021"),
        ("../tim-kiem", "localhost", "/tim-kiem"),
        ("/van-ban#a", "localhost", "/van-ban"),
        ("#a", "localhost", "/van-ban/thay-the?nam=2020"),
        (
            "http://dong-son.localhost:8080/van-ban/x",
            "dong-son.localhost:8080",
            "/van-ban/x",
        ),
        ("https://localhost", "localhost", "/"),
    ] {
        assert_eq!(at.follow(address), Place::new(host, path), "{address}");
    }
}

#[test]
fn a_folder_without_cases_is_an_error_and_not_a_success() {
    let folder = tempfile::tempdir().unwrap();
    assert!(cases(folder.path()).unwrap_err().contains("cases"));
    std::fs::create_dir(folder.path().join("cases")).unwrap();
    std::fs::write(folder.path().join("cases/note.txt"), "").unwrap();
    assert!(
        cases(folder.path())
            .unwrap_err()
            .contains("no file that ends in .case")
    );
    std::fs::write(folder.path().join("cases/b.case"), "").unwrap();
    std::fs::write(folder.path().join("cases/a.case"), "").unwrap();
    let found = cases(folder.path()).unwrap();
    assert!(found[0].ends_with("a.case") && found[1].ends_with("b.case"));
}

#[test]
fn what_an_answer_says_is_its_main_part_without_tags() {
    let page = "<nav>Menu</nav><main id=\"x\"><h1>Biểu mẫu</h1><p>đã thay đổi</p></main>";
    assert_eq!(
        said(7, &answer(409, page)),
        "line 7: the answer is 409: Biểu mẫu đã thay đổi"
    );
}

#[test]
fn a_form_is_sent_with_its_hidden_fields() {
    let form = "<form><input type=\"hidden\" name=\"bieu-mau\" value=\"a&amp;b\"><input name=\"words\" value=\"c\"></form>";
    assert_eq!(
        page::hidden_fields(form),
        [("bieu-mau".to_owned(), "a&b".to_owned())]
    );
}
