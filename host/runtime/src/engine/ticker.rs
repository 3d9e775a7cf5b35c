//! The clock by which guests are interrupted.

use std::thread::JoinHandle;
use std::time::Duration;

/// The grain of CPU budgets.
pub(crate) const TICK: Duration = Duration::from_millis(10);

/// Ticks on a thread of its own until the last handle of the engine is gone.
pub(super) fn start(engine: &wasmtime::Engine) -> std::io::Result<JoinHandle<()>> {
    let engine = engine.weak();
    let tick = move || {
        loop {
            std::thread::sleep(TICK);
            let Some(engine) = engine.upgrade() else {
                return;
            };
            engine.increment_epoch();
        }
    };
    std::thread::Builder::new()
        .name("plugin-ticker".into())
        .spawn(tick)
}

#[cfg(test)]
mod tests {
    use super::start;

    #[test]
    fn the_thread_ends_with_the_engine() {
        let engine = wasmtime::Engine::default();
        let thread = start(&engine).unwrap();
        assert!(!thread.is_finished());
        drop(engine);
        thread.join().unwrap();
    }
}
