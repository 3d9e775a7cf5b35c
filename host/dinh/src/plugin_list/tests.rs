use std::collections::BTreeMap;

use dinh_portal::{
    BreakerLine, CallLine, JobCountLine, PluginLine, RefusalLine, SandboxLine, TrapLine,
};

use super::text;

fn trapped() -> PluginLine {
    let pages = CallLine {
        export: "pages".into(),
        calls: 12,
        failures: 1,
        endings: BTreeMap::from([("answered".into(), 11), ("trapped".into(), 1)]),
        cpu_p50_ms: Some(0.25),
        cpu_p99_ms: Some(3.0),
        wall_p50_ms: Some(0.5),
        wall_p99_ms: Some(4.0),
        last_trap: Some(TrapLine {
            at: "2026-11-24T12:00:00+07:00".into(),
            site: "dong-son".into(),
            reason: "the plugin trapped: \u{1b}[2J\nforged".into(),
            backtrace: vec!["0: 0x1a2 - register::page".into()],
        }),
    };
    PluginLine {
        plugin: "register".into(),
        version: "1.0.0".into(),
        publisher: "Town".into(),
        capabilities: vec!["content.read".into(), "clock".into()],
        sites: vec!["dong-son".into()],
        state: "enabled".into(),
        reason: String::new(),
        held_on: Vec::new(),
        publisher_key: Some("key-1".into()),
        reviewer_key: None,
        grants: vec!["content.read".into()],
        code: Some("cache".into()),
        calls: 12,
        failures: 1,
        exports: vec![pages],
        breakers: vec![BreakerLine {
            site: "dong-son".into(),
            export: "pages".into(),
            state: "open".into(),
            until: Some("2026-11-24T12:00:30+07:00".into()),
            last_failure: "the plugin trapped".into(),
        }],
        webhooks: vec!["/moc/notices/paid".to_owned()],
        jobs: vec![JobCountLine {
            site: "dong-son".into(),
            waiting: 3,
            given_up: 1,
        }],
        refusals: vec![RefusalLine {
            site: "dong-son".into(),
            limit: "more than 600 writes a minute".into(),
            count: 7,
            last_at: "2026-11-24T12:00:00+07:00".into(),
        }],
    }
}

#[test]
fn a_plugin_is_a_paragraph_whose_words_cannot_move_the_cursor() {
    let sandbox = SandboxLine {
        allocator: "pooling".into(),
        slots: 64,
        in_use: 2,
        waited: 3,
        refused: 1,
        keeps_code: true,
        code_from_cache: 4,
        code_compiled: 1,
        code_thrown_away: 0,
    };
    let expected = "\
register                 1.0.0      enabled
    by       Town
    signed   by key-1
    may      content.read clock
    code     compiled before, from the cache
    sites    dong-son
    webhooks /moc/notices/paid
    pages    12 calls, 1 failed; CPU 0.25 ms (99 %: 3.00), wall 0.50 ms (99 %: 4.00)
    stopped  2026-11-24T12:00:00+07:00 on dong-son: the plugin trapped: \\u{1b}[2J\\nforged
             0: 0x1a2 - register::page
    breaker  pages on dong-son open until 2026-11-24T12:00:30+07:00; last: the plugin trapped
    jobs     on dong-son: 3 waiting, 1 given up
    refused  more than 600 writes a minute on dong-son, 7 times, last 2026-11-24T12:00:00+07:00
sandbox: 2 of 64 slots in use, allocator pooling, 3 calls waited, 1 got none
code: 4 from the cache, 1 compiled, 0 kept files thrown away";
    assert_eq!(text(&[trapped()], &sandbox), expected);
}
