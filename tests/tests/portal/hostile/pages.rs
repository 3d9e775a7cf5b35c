//! Hostile pages: the visitor gets the standard view, the operator the reason, and nobody else feels it.

use std::time::{Duration, Instant};

use crate::hostile::behaviours::{ALL, Behaviour, Ends};
use crate::hostile::neighbours::{Neighbours, ceiling};
use crate::hostile::report::{self, Row};
use crate::hostile::stage::{Stage, id};

/// How long neighbours are watched before the first attack.
const QUIET: Duration = Duration::from_secs(3);
/// How long each attack lasts at least: so many visits of neighbours have a percentile.
const ATTACK: Duration = Duration::from_secs(1);
/// Hostile visitors at the same time.
const VISITORS: usize = 4;
/// Longest answer to the visitor of a hostile page, on a machine that runs other tests beside.
const PATIENCE: Duration = Duration::from_secs(5);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_hostile_page_ends_with_the_standard_view_and_harms_nobody() {
    let stage = Stage::with(ALL.iter().map(|it| it.guest)).await;
    let neighbours = Neighbours::of(stage.server.visitor());
    let began = Instant::now();
    tokio::time::sleep(QUIET).await;
    let quiet = neighbours.p99_since(began);
    for behaviour in &ALL {
        let began = Instant::now();
        let took = once(&stage, behaviour).await;
        let ended = told(&stage, behaviour).await;
        while began.elapsed() < ATTACK {
            stage.unpark(behaviour.guest);
            wave(&stage, behaviour).await;
        }
        let attacked = neighbours.p99_since(began);
        assert!(
            attacked <= ceiling(quiet),
            "{}: neighbours' p99 is {attacked:?}, quiet {quiet:?}",
            behaviour.guest
        );
        let row = Row {
            did: behaviour.does.to_owned(),
            ended,
            took,
            felt: Some((quiet, attacked)),
        };
        report::add(behaviour.guest, "page", row);
    }
    drop(neighbours);
    stage.all_slots_are_free().await;
}

/// One hostile visit, and then one to the same plugin that is answered well.
async fn once(stage: &Stage, behaviour: &Behaviour) -> Duration {
    let guest = behaviour.guest;
    let began = Instant::now();
    visit(stage, behaviour).await;
    let took = began.elapsed();
    if behaviour.can_be_calm {
        let calm = stage.page(guest, "calm").await.assert_status(200);
        assert_eq!(calm.text(), "calm", "{guest}: the next good call works");
    }
    took
}

async fn visit(stage: &Stage, behaviour: &Behaviour) {
    let began = Instant::now();
    let page = stage.page(behaviour.guest, "evil").await.assert_status(200);
    if behaviour.page == Ends::Harmless {
        assert_eq!(page.text(), "calm", "{}", behaviour.guest);
    } else {
        page.assert_contains(&format!("Sổ {}", id(behaviour.guest)))
            .assert_lacks("evil.example")
            .assert_lacks("alert(1)");
    }
    assert!(began.elapsed() < PATIENCE, "{}", behaviour.guest);
}

async fn wave(stage: &Stage, behaviour: &Behaviour) {
    let visits = [(); VISITORS].map(|()| visit(stage, behaviour));
    let [a, b, c, d] = visits;
    tokio::join!(a, b, c, d);
}

/// What the operator reads of it, in the list and in the log.
async fn told(stage: &Stage, behaviour: &Behaviour) -> String {
    let guest = behaviour.guest;
    let Ends::Told(why) = behaviour.page else {
        return "answered".to_owned();
    };
    let logged = stage.logged(guest, why).await;
    let long = logged.iter().find(|line| line.len() > LONGEST_LINE);
    assert_eq!(long, None, "{guest}: a line of the log is too long");
    // The host itself refuses what a template writes; the code behind it did nothing wrong.
    if guest.starts_with("13") {
        return why.to_owned();
    }
    let listed = stage.listed(guest)["breakers"].to_string();
    assert!(
        listed.contains(why),
        "{guest}: not listed “{why}”: {listed}"
    );
    why.to_owned()
}

/// A line with a plugin's own words, cut by the host, and the words around them.
const LONGEST_LINE: usize = 8 << 10;
