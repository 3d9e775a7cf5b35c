use dinh_domain::table::{Code, Dimension, Role};

use super::*;

#[test]
fn the_one_that_nobody_asked_for_goes_first() {
    let code = |at: usize| Code {
        id: at.to_string(),
        label: at.to_string(),
    };
    let dimension = |id: &str, count: usize| Dimension {
        id: id.to_owned(),
        label: id.to_owned(),
        role: Role::Other,
        codes: (0..count).map(code).collect(),
    };
    let large = Table::empty(vec![dimension("a", 2_000), dimension("b", 1_000)]);
    let large = Arc::new(large.expect("it fits"));
    let fit = TABLES_BYTES_MAX / large.size_bytes();
    let tables = Tables::default();
    for at in 0..fit {
        tables.put(&at.to_string(), &large);
    }
    assert!(tables.get("0").is_some());
    tables.put("new", &large);
    assert!(tables.get("0").is_some() && tables.get("new").is_some());
    assert!(tables.get("1").is_none());
}

#[tokio::test]
async fn many_who_wait_for_a_table_read_it_once_and_a_failure_is_not_kept() {
    let tables = Tables::default();
    let reads = std::sync::atomic::AtomicUsize::new(0);
    let read = async || {
        reads.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        tokio::task::yield_now().await;
        let code = Code {
            id: "a".to_owned(),
            label: "A".to_owned(),
        };
        let dimension = Dimension {
            id: "a".to_owned(),
            label: "A".to_owned(),
            role: Role::Other,
            codes: vec![code],
        };
        let table = Table::empty(vec![dimension]);
        table
            .map(Arc::new)
            .map_err(|_| Failure::internal("no table"))
    };
    let failed = tables.get_or_read("x", async { Err(Failure::internal("away")) });
    assert!(failed.await.is_err());
    let (one, other, third) = tokio::join!(
        tables.get_or_read("x", read()),
        tables.get_or_read("x", read()),
        tables.get_or_read("x", read()),
    );
    assert!(one.is_ok() && other.is_ok() && third.is_ok());
    assert_eq!(reads.into_inner(), 1);
    assert!(tables.reading.lock().is_ok_and(|it| it.is_empty()));
}
