//! What a monitoring system reads: families of figures, without a word of the form they are sent in.

use dinh_domain::ids::PluginId;
use dinh_runtime::{BreakerState, CallFigures, CodeFigures, Health, Spread};
use dinh_store::{PluginStanding, PluginState};

use crate::failure::Failure;
use crate::operate::held_on;
use crate::portal::Portal;

/// Longest reason in a label, in characters.
const REASON_CHARS_MAX: usize = 200;

/// Figures of one meaning.
#[derive(Debug, Clone, PartialEq)]
pub struct Family {
    /// Lower case, with its unit at the end.
    pub name: &'static str,
    /// One sentence.
    pub help: &'static str,
    /// How they are read.
    pub kind: FamilyKind,
    /// One for each combination of labels.
    pub samples: Vec<Sample>,
}

/// How figures are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FamilyKind {
    /// Only rises while the process lives.
    Counter,
    /// Rises and falls.
    Gauge,
    /// How many were at most so large.
    Histogram,
}

/// A figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// What it is of.
    pub labels: Vec<(&'static str, String)>,
    /// What was measured.
    pub measure: Measure,
}

/// What was measured.
#[derive(Debug, Clone, PartialEq)]
pub enum Measure {
    /// A number.
    Number(f64),
    /// Upper bounds with the number that did not exceed them; how many there were, and their sum.
    Steps {
        /// Rising.
        steps: Vec<(f64, u64)>,
        /// All of them.
        count: u64,
        /// What they add up to.
        sum: f64,
    },
}

impl Portal {
    /// The sandbox, its plugins and mail in figures. Asks the database for who is parked and, where mail is sent, for
    /// what waits.
    pub async fn figures(&self) -> Result<Vec<Family>, Failure> {
        let states = self.store().directory().await?.plugins;
        let engine = self.engine();
        let parked = self.plugins().all().map(|plugin| {
            let id = &plugin.declaration.manifest.id;
            let is_parked = plugin.hold().is_some()
                || states
                    .iter()
                    .any(|it| it.plugin == *id && it.state == PluginStanding::Parked);
            let version = plugin.declaration.manifest.version.to_string();
            let labels = vec![("plugin", id.to_string()), ("version", version)];
            number(labels, f64::from(u8::from(is_parked)))
        });
        let mut families = sandbox(&engine.health());
        families.push(self.out_of_service(&states).await?);
        families.push(gauge(
            "dinh_plugin_parked",
            "Whether the plugin is parked.",
            parked.collect(),
        ));
        let open = engine.breaker().list().into_iter().map(|report| {
            let labels = vec![
                ("plugin", report.key.plugin),
                ("site", report.key.site),
                ("export", report.key.export.to_string()),
            ];
            let is_open = report.state != BreakerState::Closed;
            number(labels, f64::from(u8::from(is_open)))
        });
        families.push(gauge(
            "dinh_plugin_breaker_open",
            "Whether an export is kept from being called on a site because it failed.",
            open.collect(),
        ));
        families.push(self.refusals());
        families.push(code(&engine.code()));
        families.extend(calls(&engine.figures()));
        families.extend(self.mail_figures().await?);
        Ok(families)
    }
}

impl Portal {
    fn refusals(&self) -> Family {
        let refusals = self.allowances().refusals().into_iter().map(|it| {
            let labels = vec![
                ("plugin", it.plugin.to_string()),
                ("site", it.site.to_string()),
                ("limit", it.limit.name().to_owned()),
            ];
            number(labels, it.count as f64)
        });
        counter(
            "dinh_plugin_refusals_total",
            "What a plugin wanted beyond what it may have on a site.",
            refusals.collect(),
        )
    }

    /// Whose code does not run, where and why.
    async fn out_of_service(&self, states: &[PluginState]) -> Result<Family, Failure> {
        let directory = self.directory().await?;
        let sample = |plugin: &PluginId, site: &str, reason: &str| {
            let labels = vec![
                ("plugin", plugin.to_string()),
                ("site", site.to_owned()),
                ("reason", reason.chars().take(REASON_CHARS_MAX).collect()),
            ];
            number(labels, 1.0)
        };
        let mut samples = Vec::new();
        for plugin in self.plugins().all() {
            let id = &plugin.declaration.manifest.id;
            let parked = states
                .iter()
                .find(|it| it.plugin == *id && it.state == PluginStanding::Parked);
            let why = plugin.hold().or(parked.map(|it| it.reason.as_str()));
            samples.extend(why.map(|why| sample(id, "", why)));
            let held = held_on(plugin, &directory);
            samples.extend(held.map(|(site, why)| sample(id, site.as_str(), &why)));
        }
        let missing = self.plugins().missing().iter();
        samples.extend(missing.map(|(id, it)| sample(id, "", &it.why)));
        Ok(gauge(
            "dinh_plugin_out_of_service",
            "Plugins whose code does not run, with the reason; on one site where a site is named.",
            samples,
        ))
    }
}

fn sandbox(health: &Health) -> Vec<Family> {
    let plain = |value: f64| vec![number(Vec::new(), value)];
    let version = vec![("version", env!("CARGO_PKG_VERSION").to_owned())];
    let allocator = vec![("allocator", health.allocator.name().to_owned())];
    vec![
        gauge(
            "dinh_build_info",
            "The program.",
            vec![number(version, 1.0)],
        ),
        gauge(
            "dinh_sandbox_allocator_info",
            "Where instances live; `pooling` is the best.",
            vec![number(allocator, 1.0)],
        ),
        gauge(
            "dinh_sandbox_slots",
            "Calls of plugins that may run at the same time.",
            plain(f64::from(health.slots)),
        ),
        gauge(
            "dinh_sandbox_slots_in_use",
            "Calls of plugins that run now.",
            plain(f64::from(health.in_use)),
        ),
        counter(
            "dinh_sandbox_waits_total",
            "Calls that had to wait for a slot.",
            plain(health.waited as f64),
        ),
        counter(
            "dinh_sandbox_refusals_total",
            "Calls that got no slot in time.",
            plain(health.refused as f64),
        ),
    ]
}

fn code(figures: &CodeFigures) -> Family {
    let of = |from: &str, count: u64| number(vec![("from", from.to_owned())], count as f64);
    counter(
        "dinh_plugin_code_total",
        "Components by where their code came from; `thrown-away` are kept files that were damaged or not of this host.",
        vec![
            of("cache", figures.from_cache),
            of("compiler", figures.compiled),
            of("thrown-away", figures.thrown_away),
        ],
    )
}

fn calls(figures: &[CallFigures]) -> [Family; 3] {
    let labels = |it: &CallFigures| {
        vec![
            ("plugin", it.plugin.clone()),
            ("export", it.export.to_string()),
        ]
    };
    let endings = figures.iter().flat_map(|it| {
        it.endings.iter().map(move |(ending, count)| {
            let mut labels = labels(it);
            labels.push(("ending", ending.name().to_owned()));
            number(labels, *count as f64)
        })
    });
    let times = |of: fn(&CallFigures) -> &Spread| {
        figures
            .iter()
            .map(|it| Sample {
                labels: labels(it),
                measure: steps(of(it)),
            })
            .collect()
    };
    [
        counter(
            "dinh_plugin_calls_total",
            "Calls of plugins by how they ended.",
            endings.collect(),
        ),
        Family {
            kind: FamilyKind::Histogram,
            ..gauge(
                "dinh_plugin_cpu_seconds",
                "Time on a core that calls of plugins took.",
                times(|it| &it.cpu),
            )
        },
        Family {
            kind: FamilyKind::Histogram,
            ..gauge(
                "dinh_plugin_wall_seconds",
                "Time on the wall that calls of plugins took.",
                times(|it| &it.wall),
            )
        },
    ]
}

/// Three of six steps of a decade: 1, 2 and 5, as readers of such figures are used to.
fn steps(spread: &Spread) -> Measure {
    let told = spread.cumulative().filter(|(bound_us, _)| {
        let mut leading = *bound_us;
        while leading >= 10 && leading % 10 == 0 {
            leading /= 10;
        }
        matches!(leading, 1 | 2 | 5)
    });
    Measure::Steps {
        steps: told
            .map(|(bound_us, count)| (bound_us as f64 / 1e6, count))
            .collect(),
        count: spread.count(),
        sum: spread.sum_s(),
    }
}

fn number(labels: Vec<(&'static str, String)>, value: f64) -> Sample {
    Sample {
        labels,
        measure: Measure::Number(value),
    }
}

fn gauge(name: &'static str, help: &'static str, samples: Vec<Sample>) -> Family {
    Family {
        name,
        help,
        kind: FamilyKind::Gauge,
        samples,
    }
}

fn counter(name: &'static str, help: &'static str, samples: Vec<Sample>) -> Family {
    Family {
        kind: FamilyKind::Counter,
        ..gauge(name, help, samples)
    }
}
