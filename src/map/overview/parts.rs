//! Cuts an overview into parts as wide as the medium, each with all rows. Must not know media but for their width.

use std::ops::Range;

use super::Overview;

/// As many letters of a row's name are shown.
const NAME: usize = 24;

/// Some columns, with the widths of the rows' names and of each column in letters.
pub(super) struct Part {
    /// The columns.
    pub(super) columns: Range<usize>,
    /// The width of each.
    pub(super) widths: Vec<usize>,
}

/// The width of the rows' names in letters.
pub(super) fn names(overview: &Overview) -> usize {
    let letters = overview.rows.iter().map(|row| row.title().chars().count());
    letters.chain([overview.head().len()]).max().unwrap_or_default().min(NAME)
}

/// A row's name, cut where it is longer.
pub(super) fn name(title: &str) -> String {
    if title.chars().count() <= NAME {
        return title.to_owned();
    }
    title.chars().take(NAME.saturating_sub(1)).chain(['…']).collect()
}

/// Parts of as many columns as there is room for, at least one; each column takes `between` letters more than it has.
pub(super) fn parts(widths: &[usize], room: usize, between: usize) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut used: usize = 0;
    for (column, width) in widths.iter().enumerate() {
        used = used.saturating_add(*width).saturating_add(between);
        let next = column.saturating_add(1);
        if let Some(part) = parts.last_mut().filter(|_| used <= room) {
            part.columns.end = next;
            part.widths.push(*width);
        } else {
            used = width.saturating_add(between);
            parts.push(Part { columns: column..next, widths: vec![*width] });
        }
    }
    parts
}
