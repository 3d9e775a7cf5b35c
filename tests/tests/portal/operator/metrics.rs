//! What the operator sees of plugins while the portal serves: the list and the figures.

use std::collections::BTreeMap;

use dinh_tests::Visitor;

use crate::hostile::stage::{SITE, Stage, id};
use crate::operator::exposition::{self, Figures};

const CRASH: &str = "00-crash";

async fn figures(stage: &Stage) -> Figures {
    let operator = stage.operator;
    let answer = operator
        .get("localhost", "/metrics")
        .await
        .assert_status(200);
    assert_eq!(
        answer.header("content-type"),
        "text/plain; version=0.0.4; charset=utf-8"
    );
    exposition::read(&answer.text()).unwrap()
}

#[track_caller]
fn figure(figures: &Figures, name: &str, labels: &[(&str, &str)]) -> f64 {
    let labels: BTreeMap<String, String> = labels
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let found = figures.get(&(name.to_owned(), labels));
    *found.unwrap_or_else(|| panic!("no {name}: {figures:#?}"))
}

#[tokio::test]
async fn a_strict_reader_reads_the_figures_and_every_call_is_in_them() {
    let stage = Stage::with([CRASH]).await;
    let plugin = id(CRASH);
    let calls = |ending: &'static str| {
        [
            ("plugin", plugin.clone()),
            ("export", "pages".into()),
            ("ending", ending.into()),
        ]
    };
    let count = |figures: &Figures, ending: &'static str| {
        let labels = calls(ending);
        let labels: Vec<(&str, &str)> = labels.iter().map(|(a, b)| (*a, b.as_str())).collect();
        figure(figures, "dinh_plugin_calls_total", &labels)
    };
    let before = figures(&stage).await;
    assert_eq!(count(&before, "answered"), 0.0);
    stage.page(CRASH, "calm").await.assert_status(200);
    for _ in 0..4 {
        stage.page(CRASH, "evil").await.assert_status(200);
    }
    let after = figures(&stage).await;
    assert_eq!(count(&after, "answered"), 1.0);
    assert_eq!(count(&after, "trapped"), 3.0);
    assert_eq!(count(&after, "parked"), 1.0, "the breaker is open");
    let own = [("plugin", plugin.as_str()), ("export", "pages")];
    assert_eq!(figure(&after, "dinh_plugin_wall_seconds_count", &own), 4.0);
    assert!(figure(&after, "dinh_plugin_wall_seconds_sum", &own) > 0.0);
    assert!(figure(&after, "dinh_plugin_cpu_seconds_sum", &own) > 0.0);
    let here = [
        ("plugin", plugin.as_str()),
        ("site", SITE),
        ("export", "pages"),
    ];
    assert_eq!(figure(&after, "dinh_plugin_breaker_open", &here), 1.0);
    let parked = [("plugin", plugin.as_str()), ("version", "1.0.0")];
    assert_eq!(figure(&after, "dinh_plugin_parked", &parked), 0.0);
    assert_eq!(figure(&after, "dinh_sandbox_slots", &[]), 64.0);
    assert_eq!(figure(&after, "dinh_sandbox_slots_in_use", &[]), 0.0);
    let pooling = [("allocator", "pooling")];
    assert_eq!(figure(&after, "dinh_sandbox_allocator_info", &pooling), 1.0);
}

#[tokio::test]
async fn the_operators_listener_has_the_figures_alone_and_the_public_one_has_none() {
    let stage = Stage::with([]).await;
    let operator = stage.operator;
    operator
        .get("localhost", "/van-ban")
        .await
        .assert_status(404);
    operator
        .ask("POST", "localhost", "/metrics", &[])
        .await
        .assert_status(405);
    let public = stage.server.visitor();
    public.get("localhost", "/metrics").await.assert_status(404);
    let nobody = Visitor::new(([127, 0, 0, 1], operator.port()).into());
    nobody
        .get("somewhere.example", "/metrics")
        .await
        .assert_status(200);
}

#[tokio::test]
async fn the_list_says_who_a_plugin_is_what_it_did_and_where_it_crashed() {
    let stage = Stage::with([CRASH]).await;
    stage.page(CRASH, "calm").await.assert_status(200);
    stage.page(CRASH, "evil").await.assert_status(200);
    let line = stage.listed(CRASH);
    assert_eq!(
        (&line["version"], &line["publisher"], &line["state"]),
        (&"1.0.0".into(), &"Mallory".into(), &"enabled".into())
    );
    assert_eq!(line["sites"][0], SITE);
    assert_eq!((&line["calls"], &line["failures"]), (&2.into(), &1.into()));
    let pages = line["exports"].as_array().unwrap();
    let pages = pages.iter().find(|it| it["export"] == "pages").unwrap();
    assert_eq!(pages["endings"]["trapped"], 1);
    for time in ["cpu_p50_ms", "cpu_p99_ms", "wall_p50_ms", "wall_p99_ms"] {
        assert!(pages[time].as_f64().unwrap() > 0.0, "{time}: {pages}");
    }
    assert!(pages["cpu_p99_ms"].as_f64() <= pages["wall_p99_ms"].as_f64());
    let trap = &pages["last_trap"];
    assert_eq!(trap["site"], SITE);
    assert!(
        trap["reason"].as_str().unwrap().contains("unreachable"),
        "{trap}"
    );
    let frames = trap["backtrace"].as_array().unwrap();
    assert!(
        frames[0].as_str().unwrap().contains("register::page"),
        "a name as people write it: {frames:?}"
    );
    let told = stage.command(&serde_json::json!({ "plugin-list": { "json": false } }));
    let told = told.unwrap();
    for text in [
        "register::page",
        "pages    2 calls, 1 failed",
        "allocator pooling",
        "by       Mallory",
    ] {
        assert!(told.contains(text), "{text}: {told}");
    }
}
