//! The overview for terminals: a line for each instance or slot, in parts of 80 letters.

use super::parts::{Part, name, names, parts};
use super::{Cell, Overview, Row};
use crate::map::words;

/// The letters of a line.
const LINE: usize = 80;

/// The lines, with an empty one before each part.
pub(in super::super) fn lines(overview: &Overview) -> Vec<String> {
    if overview.is_empty() {
        return Vec::new();
    }
    let widths: Vec<usize> = (0..overview.columns.len()).map(|column| width(overview, column)).collect();
    let before = names(overview).saturating_add(2);
    let parts = parts(&widths, LINE.saturating_sub(before), 2);
    let mut lines: Vec<String> = parts.iter().flat_map(|part| part_lines(overview, part)).collect();
    lines.extend(overview.left_out.iter().map(|sentence| format!("  {sentence}")));
    lines
}

fn width(overview: &Overview, column: usize) -> usize {
    let cells = overview.rows.iter().filter_map(|row| row.cells.get(column));
    let head = overview.columns.get(column).map_or(0, |name| name.chars().count()).saturating_add(2);
    cells.map(|cell| shown(cell).chars().count()).chain([head]).max().unwrap_or_default()
}

/// `A 172.17.0.0/24`.
fn shown(cell: &Cell) -> String {
    let texts: Vec<&str> = cell.parts.iter().map(|(text, _)| text.as_str()).collect();
    format!("{} {}", cell.look.map_or(' ', words::look_sign), texts.join(" "))
}

fn part_lines(overview: &Overview, part: &Part) -> Vec<String> {
    let before = names(overview);
    let line = |title: &str, cells: Vec<String>| {
        let cells = cells.iter().zip(&part.widths).map(|(cell, width)| format!("  {cell:<width$}"));
        format!("{:<before$}{}", name(title), cells.collect::<String>())
    };
    let heads = overview.columns.get(part.columns.clone()).unwrap_or_default();
    let heads = heads.iter().map(|head| format!("  {head}")).collect();
    let row = |row: &Row| {
        let cells = row.cells.get(part.columns.clone()).unwrap_or_default();
        line(&row.title(), cells.iter().map(shown).collect())
    };
    let rows = overview.rows.iter().map(row);
    [String::new(), line(overview.head(), heads)].into_iter().chain(rows).collect()
}
