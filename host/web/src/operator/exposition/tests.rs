use dinh_portal::{Family, FamilyKind, Measure, Sample};

use super::text;

fn family(kind: FamilyKind, samples: Vec<Sample>) -> Family {
    Family {
        name: "dinh_things_total",
        help: "Things, in all.",
        kind,
        samples,
    }
}

#[test]
fn numbers_stand_behind_their_labels_and_labels_are_escaped() {
    let labels = vec![
        ("plugin", "a\"b\\c\nd".to_owned()),
        ("site", "x".to_owned()),
    ];
    let samples = vec![
        Sample {
            labels,
            measure: Measure::Number(3.0),
        },
        Sample {
            labels: Vec::new(),
            measure: Measure::Number(0.25),
        },
    ];
    assert_eq!(
        text(&[family(FamilyKind::Counter, samples)]),
        "# HELP dinh_things_total Things, in all.\n# TYPE dinh_things_total counter\n\
         dinh_things_total{plugin=\"a\\\"b\\\\c\\nd\",site=\"x\"} 3\n\
         dinh_things_total 0.25\n"
    );
}

#[test]
fn a_histogram_ends_with_everything_its_sum_and_its_count() {
    let samples = vec![Sample {
        labels: vec![("plugin", "a".to_owned())],
        measure: Measure::Steps {
            steps: vec![(0.001, 1), (0.5, 2)],
            count: 3,
            sum: 61.5,
        },
    }];
    let told = text(&[family(FamilyKind::Histogram, samples)]);
    let lines: Vec<&str> = told.lines().skip(2).collect();
    assert_eq!(
        lines,
        [
            "dinh_things_total_bucket{plugin=\"a\",le=\"0.001\"} 1",
            "dinh_things_total_bucket{plugin=\"a\",le=\"0.5\"} 2",
            "dinh_things_total_bucket{plugin=\"a\",le=\"+Inf\"} 3",
            "dinh_things_total_sum{plugin=\"a\"} 61.5",
            "dinh_things_total_count{plugin=\"a\"} 3",
        ]
    );
}

#[test]
fn a_family_without_figures_is_left_out() {
    assert_eq!(text(&[family(FamilyKind::Gauge, Vec::new())]), "");
}
