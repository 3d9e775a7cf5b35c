//! What the calls of a plugin's code cost, beside what they may cost.

use dinh_portal::CHECK_CPU_MS;
use dinh_runtime::{Budget, CallFigures, Engine, Export};

/// The figures of one plugin's exports at a moment.
pub(super) struct Costs(Vec<CallFigures>);

impl Costs {
    pub(super) fn now(engine: &Engine, plugin: &str) -> Self {
        let all = engine.figures().into_iter();
        Self(all.filter(|it| it.plugin == plugin).collect())
    }

    fn of(&self, export: Export) -> Option<&CallFigures> {
        self.0.iter().find(|it| it.export == export)
    }

    /// What was called since an earlier moment: `2 of pages, 41,300 operations each`. The same in every run.
    pub(super) fn since(&self, before: &Self) -> String {
        let told = self.0.iter().filter_map(|now| {
            let was = before.of(now.export);
            let calls = now.cpu.count() - was.map_or(0, |it| it.cpu.count());
            let burnt = now.operations - was.map_or(0, |it| it.operations);
            (calls > 0).then(|| {
                format!(
                    "{calls} of {}, {} operations each",
                    now.export,
                    grouped(burnt / calls)
                )
            })
        });
        told.collect::<Vec<_>>().join("; ")
    }

    /// Calls that did not end well by the plugin's own doing, each way with its number.
    pub(super) fn failures(&self, before: &Self) -> Vec<String> {
        let ways = self.0.iter().flat_map(|now| {
            let was = before.of(now.export);
            now.endings.iter().filter_map(move |(ending, count)| {
                let earlier = was.and_then(|it| it.endings.iter().find(|(one, _)| one == ending));
                let more = count - earlier.map_or(0, |(_, count)| *count);
                let why = now.last_trap.as_ref().map_or("", |it| it.reason.as_str());
                (more > 0 && ending.is_failure()).then(|| {
                    let (export, ending) = (now.export, ending.name());
                    format!("{more} of {export} ended as {ending}: the host's own view stood in for it. {why}")
                })
            })
        });
        ways.map(|it| it.trim_end().to_owned()).collect()
    }

    /// The table of all calls.
    pub(super) fn table(&self) -> String {
        let mut text = format!(
            "{:8} {:>6} {:>16} {:>10} {:>10} {:>8}\n",
            "export", "calls", "operations each", "median ms", "slowest ms", "budget"
        );
        for it in &self.0 {
            let ms = |part| it.cpu.quantile_ms(part).unwrap_or(0.0);
            text.push_str(&format!(
                "{:8} {:>6} {:>16} {:>10.2} {:>10.2} {:>8}\n",
                it.export.to_string(),
                it.cpu.count(),
                grouped(it.operations / it.cpu.count().max(1)),
                ms(0.5),
                ms(1.0),
                budget_ms(it.export)
            ));
        }
        text
    }
}

/// A number with its thousands apart: `1,234,567`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Computing time that a call may have.
fn budget_ms(export: Export) -> u64 {
    match export {
        Export::Pages => Budget::PAGE.cpu_ms,
        Export::Forms => Budget::SUBMIT.cpu_ms,
        Export::Jobs => Budget::JOB.cpu_ms,
        Export::Webhooks => Budget::RECEIVE.cpu_ms,
        Export::Hooks => CHECK_CPU_MS,
    }
}
