//! A plan for terminals: a block for each slot, its columns in line with those of all others.

use super::{Sheet, words};
use crate::plan::{Course, Row};
use crate::report::shown;

/// A line of a slot's block.
type Line = [String; 5];

pub(super) fn print(sheet: &Sheet<'_>) -> String {
    let blocks: Vec<(String, Vec<Line>)> = sheet.rows.iter().map(|row| (head(row), lines(row))).collect();
    let widths: [usize; 5] = std::array::from_fn(|column| {
        let cells = blocks.iter().flat_map(|(_, lines)| lines).filter_map(|line| line.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or_default()
    });
    let head = format!("{}: {}\n", sheet.title(), sheet.sentences().join("\n"));
    let block = |(head, lines): &(String, Vec<Line>)| {
        let lines = lines.iter().map(|line| format!("{}\n", laid_out(line, &widths)));
        std::iter::once(format!("\n{head}\n")).chain(lines).collect::<String>()
    };
    let text: String = std::iter::once(head).chain(blocks.iter().map(block)).collect();
    // A terminal reads it.
    shown(&text).into_owned()
}

fn head(row: &Row<'_>) -> String {
    format!("slot {}  {}", row.slot, row.instance.unwrap_or("free"))
}

/// Columns that are empty everywhere take no room.
fn laid_out(line: &Line, widths: &[usize; 5]) -> String {
    let mut text = String::new();
    for (cell, width) in line.iter().zip(widths).filter(|(_, width)| **width > 0) {
        text = format!("{text}  {cell:<width$}");
    }
    text.trim_end().to_owned()
}

fn lines(row: &Row<'_>) -> Vec<Line> {
    let empty = String::new;
    let mut lines = Vec::new();
    for (network, own) in &row.networks {
        let name = match network.course {
            Course::Shared => format!("{} (shared)", network.name),
            _ => network.name.clone(),
        };
        let Ok(own) = own else {
            lines.push([name, "has no room".to_owned(), empty(), empty(), empty()]);
            continue;
        };
        let (addresses, vlan, interface, domain) = words(own);
        let mut addresses = addresses.into_iter();
        lines.push([name, addresses.next().unwrap_or_default(), vlan, interface, domain]);
        lines.extend(addresses.map(|one| [empty(), one, empty(), empty(), empty()]));
    }
    for (from, to) in &row.interfaces {
        let to = to.clone().unwrap_or_else(|| "none".to_owned());
        lines.push([format!("port {from}"), empty(), empty(), to, empty()]);
    }
    lines
}
