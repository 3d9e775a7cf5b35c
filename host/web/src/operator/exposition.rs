//! Figures in the text format of Prometheus.

use std::fmt::Write;

use dinh_portal::{Family, FamilyKind, Measure, Sample};

/// All families, each with its help and type; one without figures is left out.
pub(super) fn text(families: &[Family]) -> String {
    let mut text = String::new();
    for family in families.iter().filter(|it| !it.samples.is_empty()) {
        let kind = match family.kind {
            FamilyKind::Counter => "counter",
            FamilyKind::Gauge => "gauge",
            FamilyKind::Histogram => "histogram",
        };
        let (name, help) = (family.name, escaped(family.help, Quotes::AsTheyAre));
        text.push_str(&format!("# HELP {name} {help}\n# TYPE {name} {kind}\n"));
        for sample in &family.samples {
            put(&mut text, name, sample);
        }
    }
    text
}

fn put(text: &mut String, name: &str, sample: &Sample) {
    let mut line = |suffix: &str, more: Option<(&str, String)>, value: f64| {
        let labels = sample.labels.iter().map(|(name, value)| (*name, value));
        let more = more.iter().map(|(name, value)| (*name, value));
        let labels: Vec<String> = labels
            .chain(more)
            .map(|(name, value)| format!("{name}=\"{}\"", escaped(value, Quotes::Escaped)))
            .collect();
        let labels = match labels.as_slice() {
            [] => String::new(),
            labels => format!("{{{}}}", labels.join(",")),
        };
        // Writing to a text cannot fail.
        let _written = writeln!(text, "{name}{suffix}{labels} {value}");
    };
    match &sample.measure {
        Measure::Number(value) => line("", None, *value),
        Measure::Steps { steps, count, sum } => {
            for (bound, so_far) in steps {
                line("_bucket", Some(("le", bound.to_string())), *so_far as f64);
            }
            line("_bucket", Some(("le", "+Inf".to_owned())), *count as f64);
            line("_sum", None, *sum);
            line("_count", None, *count as f64);
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Quotes {
    Escaped,
    AsTheyAre,
}

fn escaped(value: &str, quotes: Quotes) -> String {
    let value = value.replace('\\', "\\\\").replace('\n', "\\n");
    match quotes {
        Quotes::Escaped => value.replace('"', "\\\""),
        Quotes::AsTheyAre => value,
    }
}

#[cfg(test)]
mod tests;
