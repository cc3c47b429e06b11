//! Where findings stand: lines and columns of the sources, found once, however many findings there are.

use std::cell::OnceCell;
use std::ops::Range;

use crate::krm::{Finding, Side, Source, SourceSpan};
use crate::yaml::Position;

/// How many bytes of a line are counted through for a column.
const STRIDE: usize = 1024;

/// The sources with their lines.
pub(super) struct Places<'s> {
    sources: Vec<(&'s Source<'s>, OnceCell<Vec<Mark>>)>,
}

/// A byte whose position is known: the first of each line, and some within long ones.
#[derive(Clone, Copy)]
struct Mark {
    offset: usize,
    position: Position,
}

/// Where a finding stands in a file.
pub(super) struct Location<'s> {
    pub(super) path: &'s str,
    pub(super) text: &'s str,
    pub(super) span: Range<usize>,
    pub(super) first: Position,
    pub(super) last: Position,
}

impl<'s> Places<'s> {
    pub(super) fn new(sources: &'s [Source<'s>]) -> Self {
        Self { sources: sources.iter().map(|source| (source, OnceCell::new())).collect() }
    }

    /// The location of a finding whose place is known.
    pub(super) fn of(&self, finding: &Finding) -> Option<Location<'s>> {
        self.at(finding.place.as_ref()?)
    }

    /// The location of a place.
    pub(super) fn at(&self, place: &SourceSpan) -> Option<Location<'s>> {
        let (source, marks) = self.sources.get(place.source)?;
        let (text, span) = (source.text, place.span.clone());
        let marks = marks.get_or_init(|| marks_of(text));
        let (first, last) = (position(text, marks, span.start), position(text, marks, span.end));
        Some(Location { path: source.path.unwrap_or("stdin"), text, span, first, last })
    }
}

impl Places<'_> {
    /// Another side of a finding as a person would say it: `NetConfig openstack/netconfig at a.yaml:12:5`.
    pub(super) fn beside(&self, other: &Side) -> String {
        let place = other.place.as_ref().and_then(|place| self.at(place));
        let at = place.map(|place| format!(" at {}:{}:{}", place.path, place.first.line, place.first.column));
        format!("and {}{}", other.resource, at.unwrap_or_default())
    }
}

fn marks_of(text: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    let (mut offset, mut line) = (0, 1);
    for row in text.split_inclusive('\n') {
        mark_row(&mut marks, row, Mark { offset, position: Position { line, column: 1 } });
        offset += row.len();
        line += 1;
    }
    if text.is_empty() || text.ends_with('\n') {
        marks.push(Mark { offset, position: Position { line, column: 1 } });
    }
    marks
}

/// The row's first byte, and one in each stride.
fn mark_row(marks: &mut Vec<Mark>, row: &str, mut mark: Mark) {
    marks.push(mark);
    let mut rest = row;
    while let Some((passed, behind)) = split_near(rest, STRIDE) {
        mark.offset += passed.len();
        mark.position.column += passed.chars().count();
        marks.push(mark);
        rest = behind;
    }
}

/// A text in two at the first character on from a byte; none where that is the text's end.
fn split_near(text: &str, byte: usize) -> Option<(&str, &str)> {
    (byte..text.len()).find_map(|byte| text.split_at_checked(byte))
}

/// As `Position::of` has it.
fn position(text: &str, marks: &[Mark], offset: usize) -> Position {
    let offset = if text.is_char_boundary(offset) { offset } else { text.len() };
    let behind = marks.partition_point(|mark| mark.offset <= offset);
    let Some(mark) = behind.checked_sub(1).and_then(|before| marks.get(before)) else {
        return Position::of(text, offset);
    };
    let columns = text.get(mark.offset..offset).unwrap_or_default().chars().count();
    Position { column: mark.position.column + columns, ..mark.position }
}

#[cfg(test)]
mod tests {
    use super::{marks_of, position};
    use crate::yaml::Position;

    #[test]
    fn every_byte_is_where_counting_from_the_start_has_it() {
        let long = "é—x".repeat(900);
        for text in ["", "\n", "a", "a\n", "a\r\n\nbé: c\n", &format!("a\n{long}\n{long}"), &long] {
            let marks = marks_of(text);
            for offset in 0..text.len() + 3 {
                assert_eq!(position(text, &marks, offset), Position::of(text, offset), "{offset}");
            }
        }
    }
}
