//! Readers ask as fast as they can while things are published, hidden and expire: nobody sees what
//! was hidden once the one who hid it was told so.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use dinh_tests::{Document, TestPortal, Visitor};
use tokio::task::JoinHandle;

/// Readers at the same time.
const READERS: usize = 6;
/// Rounds of publishing and hiding.
const ROUNDS: u64 = 6;
/// How long readers look after each change, at least.
const LOOK: Duration = Duration::from_millis(120);
/// And at most.
const LOOK_MAX: Duration = Duration::from_secs(5);
/// Kept pages that they see meanwhile, at least: a busy machine takes longer over them.
const HITS_AFTER_A_CHANGE: u64 = 4 * READERS as u64;
/// No test takes longer.
const END: Duration = Duration::from_secs(120);
/// Only the document of this test says it.
const WORD: &str = "kakapo";

/// What readers must find from a request on that begins after it was set.
#[derive(Default)]
struct Truth {
    /// Counted up when a change begins and when it was acknowledged; hidden at 0, shown at 2, hidden
    /// at 4, and so on.
    step: AtomicU64,
    over: AtomicBool,
    hits: AtomicU64,
}

impl Truth {
    /// Whether the word must show, must not show, or may do either: a change is under way.
    fn now(&self) -> (u64, Option<bool>) {
        let step = self.step.load(Ordering::SeqCst);
        (step, step.is_multiple_of(2).then_some(step / 2 % 2 == 1))
    }

    async fn change(&self, change: impl Future<Output = ()>) {
        self.step.fetch_add(1, Ordering::SeqCst);
        change.await;
        self.step.fetch_add(1, Ordering::SeqCst);
        let began = Instant::now();
        let hits = self.hits.load(Ordering::Relaxed);
        tokio::time::sleep(LOOK).await;
        while self.hits.load(Ordering::Relaxed) < hits + HITS_AFTER_A_CHANGE
            && began.elapsed() < LOOK_MAX
        {
            tokio::time::sleep(LOOK / 10).await;
        }
    }
}

/// Reads one page over and over; the first thing that was wrong.
fn reader(
    visitor: Visitor,
    host: &'static str,
    path: &'static str,
    truth: Arc<Truth>,
) -> JoinHandle<Option<String>> {
    tokio::spawn(async move {
        let began = Instant::now();
        while !truth.over.load(Ordering::SeqCst) && began.elapsed() < END {
            let (before, shown) = truth.now();
            let page = visitor.get(host, path).await;
            let (after, _) = truth.now();
            let source = page.answer().header("cache-status").unwrap_or_default();
            if source == "dinh; hit" {
                truth.hits.fetch_add(1, Ordering::Relaxed);
            }
            let sees = page.answer().text().contains(WORD);
            // Judged where nothing changed from before the request to after the answer.
            if let Some(shown) = shown.filter(|_| before == after)
                && sees != shown
            {
                return Some(format!(
                    "{host}{path} at step {before}: shown {sees}, right is {shown}; {source} {}",
                    page.status()
                ));
            }
        }
        None
    })
}

struct Hammer {
    truth: Arc<Truth>,
    readers: Vec<JoinHandle<Option<String>>>,
}

impl Hammer {
    fn begin(portal: &TestPortal, pages: &[(&'static str, &'static str)]) -> Self {
        let truth = Arc::new(Truth::default());
        let readers = (0..READERS).map(|number| {
            let (host, path) = pages[number % pages.len()];
            reader(portal.visitor(), host, path, truth.clone())
        });
        Self {
            readers: readers.collect(),
            truth,
        }
    }

    async fn end(self) {
        self.truth.over.store(true, Ordering::SeqCst);
        let mut wrong = Vec::new();
        for reader in self.readers {
            wrong.extend(reader.await.unwrap());
        }
        assert_eq!(wrong, Vec::<String>::new());
        let steps = self.truth.step.load(Ordering::SeqCst) / 2;
        let hits = self.truth.hits.load(Ordering::Relaxed);
        assert!(
            hits >= steps * HITS_AFTER_A_CHANGE,
            "the cache was at work: {hits} hits in {steps} changes"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nobody_sees_what_was_withdrawn_after_it_was_acknowledged() {
    let portal = TestPortal::demo().await;
    let pages = [
        ("dong-son.localhost", "/van-ban"),
        ("localhost", "/tim-kiem?q=kakapo&section=van-ban"),
        ("dong-son.localhost", "/"),
    ];
    // The search page repeats what was asked: the word of the document is another one.
    let pages = pages.map(|(host, path)| match path {
        "/" | "/van-ban" => (host, path),
        _ => (host, "/tim-kiem?q=lo%C3%A0i+chim"),
    });
    let hammer = Hammer::begin(&portal, &pages);
    for round in 0..ROUNDS {
        let number = format!("{}/2026/QĐ-UBND", 500 + round);
        let text = format!("Về loài chim {WORD}");
        let document = Document::new(&number).on("dong-son").with("abstract", text);
        let posting = async {
            portal.post(document).await;
        };
        hammer.truth.change(posting).await;
        let list = portal
            .visitor()
            .document("dong-son.localhost", &number)
            .await;
        let path = list.page().canonical_path();
        let entry = portal.entry_id("dong-son", &path).await;
        let withdrawing = async {
            let withdrawn = portal.portal().withdraw("test", &entry, "Thử", None);
            withdrawn.await.unwrap();
        };
        hammer.truth.change(withdrawing).await;
        // The page itself, for whoever comes right after.
        let gone = portal.visitor().get("dong-son.localhost", &path).await;
        gone.assert_status(410);
    }
    hammer.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nobody_sees_a_section_that_was_switched_off_after_it_was_acknowledged() {
    let portal = TestPortal::demo().await;
    let document = Document::new("510/2026/QĐ-UBND").on("dong-son");
    portal
        .post(document.with("abstract", format!("Về loài chim {WORD}")))
        .await;
    portal.set_module("dong-son", false).await;
    let pages = [
        ("dong-son.localhost", "/van-ban"),
        ("localhost", "/tim-kiem?q=lo%C3%A0i+chim"),
    ];
    let hammer = Hammer::begin(&portal, &pages);
    for _ in 0..ROUNDS {
        hammer
            .truth
            .change(portal.set_module("dong-son", true))
            .await;
        hammer
            .truth
            .change(portal.set_module("dong-son", false))
            .await;
    }
    hammer.end().await;
}

/// The clock is moved over midnight: the word is that of a state that ends with the day.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nobody_sees_the_state_of_yesterday() {
    let portal = TestPortal::demo().await;
    let document = Document::new("511/2026/QĐ-UBND")
        .on("xuan-luong")
        .with("issued_on", "2026-11-20")
        .with("effective_on", "2026-11-25");
    portal.post(document).await;
    let page = portal
        .visitor()
        .document("xuan-luong.localhost", "511/2026/QĐ-UBND");
    let path = page.await.page().canonical_path();
    let is_new_day = Arc::new(AtomicBool::new(false));
    let over = Arc::new(AtomicBool::new(false));
    let readers: Vec<_> = (0..READERS)
        .map(|_| {
            let (visitor, path) = (portal.visitor(), path.clone());
            let (is_new_day, over) = (is_new_day.clone(), over.clone());
            tokio::spawn(async move {
                let began = Instant::now();
                let mut hits = 0_u32;
                while !over.load(Ordering::SeqCst) && began.elapsed() < END {
                    let new_day = is_new_day.load(Ordering::SeqCst);
                    let page = visitor.get("xuan-luong.localhost", &path).await;
                    hits += u32::from(page.header("cache-status") == "dinh; hit");
                    if new_day {
                        page.assert_lacks("Chưa có hiệu lực");
                    }
                }
                hits
            })
        })
        .collect();
    tokio::time::sleep(LOOK).await;
    portal.clock().set("2026-11-25");
    is_new_day.store(true, Ordering::SeqCst);
    tokio::time::sleep(LOOK).await;
    over.store(true, Ordering::SeqCst);
    let mut hits = 0;
    for reader in readers {
        hits += reader.await.unwrap();
    }
    assert!(hits > 0, "the cache was at work");
}
