use dinh_sdk::serde_json::{Value, json};
use dinh_sdk::testing::FakeHost;
use dinh_sdk::{Entry, Link, Outcome, Request, View};

use super::page;
use crate::procedure::{COUNTERS, PROCEDURES};

fn entry(collection: &str, id: &str, body: Value) -> Entry {
    let Value::Object(body) = body else {
        panic!("no object: {body}")
    };
    Entry {
        id: id.into(),
        collection: collection.into(),
        url: format!("/dich-vu-cong/{id}"),
        title: id.into(),
        body,
        ..Entry::default()
    }
}

fn birth() -> Value {
    json!({
        "agency": "Ủy ban nhân dân xã Đông Sơn",
        "effective_from": "2025-01-01",
        "sets": 1,
        "channels": ["Trực tuyến"],
        "questions": [
            {"question": "Ai đi làm?", "answer": "Cha, mẹ", "key": "cha-me"},
            {"question": "Ai đi làm?", "answer": "Người khác", "key": "khac"},
            {"question": "Trong bao lâu?", "answer": "Trong 60 ngày", "key": "dung"},
            {"question": "Trong bao lâu?", "answer": "Sau 60 ngày", "key": "muon"},
        ],
        "papers": [
            {"paper": "Tờ khai", "original": 1},
            {"paper": "Văn bản ủy quyền", "original": 1, "when": "khac"},
        ],
        "fees": [{"fee": "Lệ phí", "amount": 1_250_000, "when": "muon"}],
        "limits": [{"limit": "Trong ngày"}],
    })
}

fn host(body: Value) -> FakeHost {
    let link = Link {
        of: "birth".into(),
        field: "counters".into(),
        outgoing: true,
        entry: Some("counter".into()),
        ..Link::default()
    };
    let counter = json!({"address": "Thôn Đông Kênh", "hours": [{"days": "Thứ Hai"}]});
    FakeHost::new()
        .at("2026-11-24")
        .with_entry(entry(PROCEDURES, "birth", body))
        .with_entry(entry(COUNTERS, "counter", counter))
        .with_link(PROCEDURES, link)
}

fn shown(body: Value, asked: &[(&str, &str)]) -> View {
    let mut request = Request::to("checklist").with_param("id", "birth");
    for (name, value) in asked {
        request = request.with_query(name, value);
    }
    match page(&request, &host(body)) {
        Ok(Outcome::View(view)) => view,
        other => panic!("{other:?}"),
    }
}

#[test]
fn one_question_after_the_other_by_links() {
    let view = shown(birth(), &[]);
    assert_eq!(view.model["asked"]["number"], 1);
    let first = &view.model["asked"]["answers"][1];
    assert_eq!(first["href"], "/dich-vu-cong/birth/can-chuan-bi?c1=khac");
    let view = shown(birth(), &[("c1", "khac")]);
    assert_eq!(view.model["given"][0]["answer"], "Người khác");
    let second = &view.model["asked"]["answers"][1];
    assert_eq!(
        second["href"],
        "/dich-vu-cong/birth/can-chuan-bi?c1=khac&c2=muon"
    );
}

#[test]
fn the_answers_choose_papers_and_fees() {
    let result =
        |first, second| shown(birth(), &[("c1", first), ("c2", second)]).model["result"].clone();
    let all = result("khac", "muon");
    assert_eq!(all["papers"].as_array().unwrap().len(), 2);
    assert_eq!(all["fees"][0]["amount"], "1.250.000");
    assert_eq!(all["total"], "", "one fee is its own total");
    assert_eq!(all["counters"][0]["address"], "Thôn Đông Kênh");
    let few = result("cha-me", "dung");
    assert_eq!(few["papers"].as_array().unwrap().len(), 1);
    assert_eq!((&few["total"], &few["is_free"]), (&json!(""), &json!(true)));
}

#[test]
fn an_address_made_by_hand_is_told_so() {
    for asked in [
        &[("c1", "ai-do")][..],
        &[("c2", "dung")],
        &[("c1", "cha-me"), ("c2", "khac")],
        &[("c1", "cha-me"), ("c2", "dung"), ("c3", "x")],
        &[("c1", "<script>")],
    ] {
        let view = shown(birth(), asked);
        assert_eq!(view.status, 400, "{asked:?}");
        assert_eq!(view.model["bad"], true);
        assert!(view.model["result"].is_null());
    }
}

#[test]
fn what_does_not_apply_is_not_prepared() {
    for (field, on, why) in [
        ("replaced_from", "2026-11-24", Some("replaced")),
        ("abolished_from", "2026-01-01", Some("abolished")),
        ("effective_from", "2026-11-25", Some("announced")),
        ("replaced_from", "2026-11-25", None),
    ] {
        let mut body = birth();
        body[field] = json!(on);
        let view = shown(body, &[]);
        assert_eq!(view.model["not_now"].as_str(), why, "{field} {on}");
        assert_eq!(view.model["asked"].is_null(), why.is_some());
    }
}

#[test]
fn what_is_not_known_or_goes_by_the_page_is_not_added_up() {
    let result = |fees: Value| {
        let mut body = birth();
        body["fees"] = fees;
        shown(body, &[("c1", "khac"), ("c2", "dung")]).model["result"].clone()
    };
    let by_page = json!([
        {"fee": "Trang 1 và 2", "amount": 2000, "unit": "trang"},
        {"fee": "Từ trang 3", "amount": 1000, "unit": "trang"},
    ]);
    assert_eq!(result(by_page)["total"], "");
    let mixed = json!([
        {"fee": "Lệ phí", "amount": 5000, "unit": "lần"},
        {"fee": "Phí", "amount": 3000},
        {"fee": "Bản sao", "amount": 1000, "unit": "bản"},
        {"fee": "Theo hợp đồng"},
    ]);
    assert_eq!(result(mixed)["total"], "8.000");
    let unknown = result(json!([]));
    assert_eq!(unknown["is_free"], false, "nobody has said that it is free");
}

#[test]
fn a_counter_that_is_not_of_this_site_is_named_as_the_procedure_names_it() {
    let link = Link {
        of: "birth".into(),
        field: "counters".into(),
        outgoing: true,
        entry: Some("above".into()),
        label: "Bộ phận Một cửa huyện".into(),
        ..Link::default()
    };
    let host = host(birth()).with_link(PROCEDURES, link);
    let request = Request::to("checklist").with_param("id", "birth");
    let request = request.with_query("c1", "khac").with_query("c2", "dung");
    let Ok(Outcome::View(view)) = page(&request, &host) else {
        panic!("a page")
    };
    let counters = view.model["result"]["counters"].as_array().unwrap();
    assert_eq!(counters.len(), 2);
    assert_eq!(counters[1]["name"], "Bộ phận Một cửa huyện");
}
