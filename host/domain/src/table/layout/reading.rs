//! The rows and columns of a sheet, with what their names and headings say.

use std::collections::HashMap;

use super::signs::{clean, without_status};
use super::{Given, Layout, MAX_NOTE_CHARS, MAX_NOTES, SheetFaultKind, SheetFaults};
use crate::table::{Code, MAX_LABEL_CHARS, Mark, ids};

/// The values of one dimension, as they turn up.
#[derive(Default)]
pub(super) struct Names {
    labels: Vec<String>,
    by_label: HashMap<String, usize>,
}

impl Names {
    fn place(&mut self, label: &str) -> usize {
        if let Some(known) = self.by_label.get(label) {
            return *known;
        }
        self.by_label.insert(label.to_owned(), self.labels.len());
        self.labels.push(label.to_owned());
        self.labels.len() - 1
    }

    /// Takes them, with words for addresses.
    pub(super) fn take(&mut self) -> Vec<Code> {
        let labels = std::mem::take(&mut self.labels);
        let ids = ids(&labels).into_iter();
        let codes = ids.zip(labels).map(|(id, label)| Code { id, label });
        codes.collect()
    }
}

/// A row or a column of figures: its values of the dimensions that lie across it.
pub(super) struct Line {
    pub(super) at: usize,
    pub(super) places: Vec<usize>,
    pub(super) mark: Mark,
}

pub(super) struct Reading<'a> {
    pub(super) layout: &'a Layout,
    pub(super) rows: &'a [Vec<Given>],
    pub(super) faults: SheetFaults,
    pub(super) dimensions: Vec<Names>,
    /// What stands below the figures.
    pub(super) notes: Vec<String>,
}

impl Reading<'_> {
    pub(super) fn given(&self, row: usize, column: usize) -> &Given {
        const NOTHING: &Given = &Given::Empty;
        let row = self.rows.get(row);
        row.and_then(|it| it.get(column)).unwrap_or(NOTHING)
    }

    fn first_row(&self) -> usize {
        self.layout.heading_row + self.layout.heading_rows
    }

    /// The columns of figures with what their headings say. A heading above several columns stands in the first.
    pub(super) fn columns(&mut self) -> Vec<Line> {
        let layout = self.layout;
        let heading = layout.heading_row..self.first_row();
        let width = self.rows.iter().map(Vec::len).max().unwrap_or_default();
        let mut above = vec![String::new(); layout.heading_rows];
        let mut columns = Vec::new();
        for column in layout.name_columns..width {
            let mut labels = Vec::new();
            for (depth, row) in heading.clone().enumerate() {
                let own = self.heading(row, column);
                let is_last = depth + 1 == layout.heading_rows;
                if !own.is_empty() || is_last {
                    above[depth] = own;
                    // What stands below another heading begins anew.
                    above[depth + 1..].iter_mut().for_each(String::clear);
                }
                labels.push(above[depth].clone());
            }
            if let Some(line) = self.column(column, labels) {
                columns.push(line);
            }
        }
        columns
    }

    fn heading(&self, row: usize, column: usize) -> String {
        let mut text = self.given(row, column).text().to_owned();
        for sign in self.layout.drop.iter().filter(|it| !it.is_empty()) {
            text = text.replace(sign.as_str(), " ");
        }
        clean(&text)
    }

    fn column(&mut self, column: usize, mut labels: Vec<String>) -> Option<Line> {
        let last_row = self.first_row() - 1;
        if labels.iter().any(String::is_empty) {
            let figures = self.rows.iter().enumerate().skip(self.first_row());
            let figure =
                figures.filter(|(_, row)| row.get(column).is_some_and(|it| !it.text().is_empty()));
            let first = figure.map(|(at, _)| at).next();
            if let Some(row) = first {
                let given = self.given(row, column).text().to_owned();
                let at = (Some(row), Some(column));
                self.faults.add(SheetFaultKind::NoHeading, at, &given);
            }
            return None;
        }
        let mut sure = Mark::Plain;
        if self.layout.is_split
            && let Some(both) = labels.pop()
        {
            // "Sơ bộ 2016 Tiểu học": what it says of its figures is no part of the year.
            let (both, mark) = without_status(&both);
            sure = mark;
            let Some((one, other)) = both.split_once(' ') else {
                let at = (Some(last_row), Some(column));
                self.faults.add(SheetFaultKind::NotSplit, at, both);
                return None;
            };
            labels.push(one.to_owned());
            labels.push(other.trim().to_owned());
        }
        let first = self.layout.name_columns;
        let place = (Some(last_row), Some(column));
        let mut line = self.line(column, place, first, &labels);
        if sure != Mark::Plain {
            line.mark = sure;
        }
        Some(line)
    }

    /// The rows with their names. A name for several rows stands in the first. A row without any figure stays, and each
    /// of its cells is missing; words below the last figures are notes.
    pub(super) fn lines(&mut self, columns: &[Line]) -> Vec<Line> {
        let layout = self.layout;
        let mut above = vec![String::new(); layout.name_columns];
        let mut lines = Vec::new();
        let has_figures = |row: &[Given]| {
            let is_there = |it: &Line| row.get(it.at).is_some_and(|it| !it.text().is_empty());
            columns.iter().any(is_there)
        };
        let last = self.rows.iter().rposition(|row| has_figures(row));
        for row in self.first_row()..last.map_or(0, |it| it + 1) {
            for depth in 0..layout.name_columns {
                let own = clean(self.given(row, depth).text());
                if !own.is_empty() || depth + 1 == layout.name_columns {
                    // What stands below another name begins anew.
                    above[depth + 1..].iter_mut().for_each(String::clear);
                    above[depth] = own;
                }
            }
            if above.iter().any(String::is_empty) {
                if has_figures(&self.rows[row]) {
                    self.faults
                        .add(SheetFaultKind::NoName, (Some(row), None), "");
                }
                continue;
            }
            let labels = above.clone();
            lines.push(self.line(row, (Some(row), None), 0, &labels));
        }
        if let Some(last) = last {
            self.notes_below(last);
        }
        lines
    }

    fn notes_below(&mut self, last: usize) {
        let below = self.rows.iter().enumerate().skip(last + 1);
        for (at, row) in below {
            let words: Vec<String> = row.iter().map(|it| clean(it.text())).collect();
            let note = words.join(" ").trim().to_owned();
            if note.is_empty() {
                continue;
            }
            if self.notes.len() == MAX_NOTES || note.chars().count() > MAX_NOTE_CHARS {
                let what = SheetFaultKind::NotNotes;
                self.faults.add(what, (Some(at), None), &note);
                return;
            }
            self.notes.push(note);
        }
    }

    fn line(
        &mut self,
        at: usize,
        place: (Option<usize>, Option<usize>),
        first: usize,
        labels: &[String],
    ) -> Line {
        let mut line = Line {
            at,
            places: Vec::with_capacity(labels.len()),
            mark: Mark::Plain,
        };
        for (depth, label) in labels.iter().enumerate() {
            let (label, mark) = without_status(label);
            if label.chars().count() > MAX_LABEL_CHARS {
                self.faults.add(SheetFaultKind::LongName, place, label);
            }
            if mark != Mark::Plain {
                line.mark = mark;
            }
            line.places
                .push(self.dimensions[first + depth].place(label));
        }
        line
    }
}
