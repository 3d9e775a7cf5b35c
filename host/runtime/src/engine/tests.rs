use super::slots::Slots;
use super::{Allocator, Engine, EngineOptions};

#[test]
fn the_default_engine_has_a_pool_of_64_slots() {
    let health = Engine::new(EngineOptions::default()).unwrap().health();
    assert_eq!(health.allocator, Allocator::Pooling);
    assert_eq!((health.slots, health.in_use), (64, 0));
}

#[test]
fn without_enough_address_space_a_smaller_allocator_is_found() {
    // 60,000 slots of 4 GiB are more than the 128 TiB that a process can address.
    let options = EngineOptions {
        concurrent_calls: 60_000,
        ..EngineOptions::default()
    };
    let health = Engine::new(options).unwrap().health();
    assert_ne!(health.allocator, Allocator::Pooling);
}

#[tokio::test]
async fn one_plugin_holds_a_quarter_of_the_slots() {
    let slots = Slots::new(8);
    let first = slots.take("greedy").await.unwrap();
    let _second = slots.take("greedy").await.unwrap();
    assert!(slots.take("greedy").await.is_none());
    assert_eq!((slots.in_use(), slots.waited(), slots.refused()), (2, 1, 1));

    assert!(slots.take("other").await.is_some(), "its neighbour runs");
    drop(first);
    assert!(slots.take("greedy").await.is_some());
}

#[tokio::test]
async fn a_full_engine_refuses_after_fifty_milliseconds() {
    let slots = Slots::new(2);
    let _one = slots.take("a").await.unwrap();
    let _two = slots.take("b").await.unwrap();
    let before = std::time::Instant::now();
    assert!(slots.take("c").await.is_none());
    assert!(before.elapsed().as_millis() >= 50);
}
