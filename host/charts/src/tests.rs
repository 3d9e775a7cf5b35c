use super::*;

fn chart(kind: Kind) -> Chart {
    Chart {
        title: "Hộ nghèo & cận nghèo".to_owned(),
        kind,
        labels: ["2012", "2013", "2014"].map(str::to_owned).to_vec(),
        series: vec![
            Series {
                name: "Đồng <Sơn>".to_owned(),
                values: vec![Some(120.0), None, Some(90.5)],
            },
            Series {
                name: "Xuân Lương".to_owned(),
                values: vec![Some(80.0), Some(75.0), Some(1_200.0)],
            },
        ],
        unit: "hộ".to_owned(),
    }
}

#[test]
fn every_kind_is_drawn_with_its_names_and_without_style() {
    for kind in [Kind::Lines, Kind::Bars, Kind::Stacked, Kind::Pyramid] {
        let drawn = svg(&chart(kind)).expect("it can be drawn");
        assert!(
            drawn.starts_with(
                "<svg class=\"chart\" role=\"img\" aria-label=\"Hộ nghèo &amp; cận nghèo\""
            ),
            "{drawn}"
        );
        for name in ["2013", "Đồng &lt;Sơn&gt;", "Xuân Lương"] {
            assert!(drawn.contains(name), "{kind:?} lacks {name}: {drawn}");
        }
        for word in ["style=", "<style", "<script", "javascript", "href"] {
            assert!(!drawn.contains(word), "{kind:?} has {word}");
        }
        assert!(drawn.trim_end().ends_with("</svg>"));
    }
}

#[test]
fn bars_are_as_long_as_their_figures() {
    let mut one = chart(Kind::Bars);
    one.series.truncate(1);
    one.series[0].values = vec![Some(10.0), Some(20.0), Some(0.0)];
    let drawn = svg(&one).expect("it can be drawn");
    let widths = drawn
        .split("<rect ")
        .skip(1)
        .filter(|it| it.contains("#005A96"));
    let widths: Vec<f64> = widths
        .filter_map(|it| it.split_once("width=\"")?.1.split_once('"')?.0.parse().ok())
        .collect();
    assert_eq!(widths.len(), 3, "{drawn}");
    let [nothing, ten, twenty] = {
        let mut sorted = widths.clone();
        sorted.sort_by(f64::total_cmp);
        [sorted[0], sorted[1], sorted[2]]
    };
    assert!(
        nothing <= 1.0 && (twenty / ten - 2.0).abs() < 0.05,
        "{widths:?}"
    );
}

#[test]
fn one_name_alone_is_drawn_and_no_bar_is_less_than_nothing() {
    for kind in [Kind::Bars, Kind::Stacked, Kind::Pyramid] {
        let mut one = chart(kind);
        one.labels.truncate(1);
        one.series.iter_mut().for_each(|it| it.values.truncate(1));
        let drawn = svg(&one).expect("it can be drawn");
        assert!(drawn.contains("2012"), "{drawn}");
        assert!(
            !drawn.contains("height=\"-") && !drawn.contains("width=\"-"),
            "{drawn}"
        );
    }
}

#[test]
fn what_cannot_be_drawn_says_why() {
    let mut empty = chart(Kind::Bars);
    empty
        .series
        .iter_mut()
        .for_each(|it| it.values = vec![None; 3]);
    assert_eq!(svg(&empty), Err(NoChart::Empty));
    let mut negative = chart(Kind::Stacked);
    negative.series[0].values[0] = Some(-1.0);
    assert_eq!(svg(&negative), Err(NoChart::Unfit));
    let mut many = chart(Kind::Bars);
    many.series = vec![many.series[0].clone(); MAX_SERIES + 1];
    assert_eq!(svg(&many), Err(NoChart::TooMuch));
    let mut short = chart(Kind::Bars);
    short.series[0].values.pop();
    assert_eq!(svg(&short), Err(NoChart::TooMuch));
}

#[test]
fn numbers_of_an_axis_are_vietnamese() {
    assert_eq!(tick(1_234_567.0), "1.234.567");
    assert_eq!(tick(-0.5), "-0,5");
    assert_eq!(tick(12.25), "12,25");
}
