//! The map for terminals: bars of 64 cells, one for each lane, and a table of ranges. No colours or control
//! characters.

use std::cmp::Reverse;

use super::atlas::{Atlas, Network, Span, amount, count, listed, spelled};
use super::drawing;
use super::layout::{Look, by_lane};
use super::scale::Scale;
use super::{overview, words};
use crate::address::Block;

const CELLS: u32 = 64;
const TICKS: u32 = 8;

/// The width of a lane's name: a line with its bar then has 80 letters.
const NAMES: usize = 14;
const LINE: usize = 80;

/// The whole map.
pub(super) fn print(atlas: &Atlas) -> String {
    let mut lines = legend(atlas);
    lines.extend(overview::text::lines(&atlas.overview));
    for network in &atlas.networks {
        lines.push(String::new());
        lines.extend(network_lines(atlas, network));
    }
    // A name must not control the terminal.
    let harmless = |letter: char| if letter.is_control() { char::REPLACEMENT_CHARACTER } else { letter };
    lines.iter().flat_map(|line| line.trim_end().chars().map(harmless).chain(['\n'])).collect()
}

/// The letters, in lines of 80.
fn legend(atlas: &Atlas) -> Vec<String> {
    let sign = |(look, label): (Look, String)| match look {
        // The label of an instance begins with its letter.
        Look::Taken(_) => label,
        look => format!("{} {label}", words::look_sign(look)),
    };
    let mut keys = drawing::keys(atlas);
    // Both are dots.
    keys.retain(|(look, _)| *look != Look::FreeSlot);
    let mut signs: Vec<String> = keys.into_iter().map(sign).collect();
    if atlas.instances.len() > 1 {
        signs.push("* several".to_owned());
    }
    let mut lines: Vec<String> = Vec::new();
    for sign in signs {
        match lines.last_mut() {
            Some(line) if line.chars().count() + sign.chars().count() + 3 <= LINE => {
                line.push_str("   ");
                line.push_str(&sign);
            }
            _ => lines.push(sign),
        }
    }
    lines
}

fn network_lines(atlas: &Atlas, network: &Network) -> Vec<String> {
    let scale = Scale::of(network, CELLS);
    let mut lines = vec![format!("{}  {}", network.title(), network.block), words::summary(atlas, network)];
    lines.extend(words::zoom(network, &scale));
    lines.push(String::new());
    lines.push(ruler(&scale));
    let blocks: Vec<Block> = network.conflicts.iter().map(|conflict| conflict.block).collect();
    if !blocks.is_empty() {
        let cells = blocks.iter().map(|block| (block, '!'));
        lines.push(bar("conflicts", &scale, ' ', cells));
    }
    for (name, spans) in by_lane(network) {
        let cells = spans.iter().map(|span| (&span.block, words::sign(span.owner)));
        lines.push(bar(name, &scale, '.', cells));
    }
    let all = network.spans.iter().map(|span| (&span.block, words::sign(span.owner)));
    lines.push(bar("all", &scale, '.', all));
    lines.push(String::new());
    lines.extend(table(atlas, network));
    if !network.conflicts.is_empty() {
        lines.push(String::new());
    }
    lines.extend(words::numbered(network).map(|sentence| format!("  ! {sentence}")));
    lines
}

/// Addresses at equal distances, above their cells.
fn ruler(scale: &Scale) -> String {
    let mut line = String::new();
    for (cell, text) in scale.ticks(TICKS) {
        let column = usize::try_from(cell).unwrap_or_default().saturating_add(NAMES + 1);
        if line.chars().count() < column || line.is_empty() {
            line = format!("{line:<column$}{text}");
        }
    }
    line
}

/// One lane; a cell of several instances is `*`.
fn bar<'a>(name: &str, scale: &Scale, empty: char, spans: impl Iterator<Item = (&'a Block, char)>) -> String {
    let mut cells: Vec<char> = (0..CELLS).map(|_| empty).collect();
    for (block, sign) in spans {
        let Some((left, width)) = scale.place(block) else { continue };
        let (left, width) =
            (usize::try_from(left).unwrap_or_default(), usize::try_from(width).unwrap_or_default());
        for cell in cells.iter_mut().skip(left).take(width) {
            *cell = if *cell == empty || *cell == sign { sign } else { '*' };
        }
    }
    format!("{name:<NAMES$}|{}|", cells.iter().collect::<String>())
}

/// All ranges by address, free ones too.
fn table(atlas: &Atlas, network: &Network) -> Vec<String> {
    let mut rows: Vec<(&Block, [String; 4])> =
        network.spans.iter().map(|span| (&span.block, row(atlas, span))).collect();
    rows.extend(
        network
            .free
            .iter()
            .map(|block| (block, [amount(count(block)), "free".to_owned(), String::new(), String::new()])),
    );
    rows.sort_by_cached_key(|(block, _)| (block.first(), Reverse(block.last())));
    let rows: Vec<[String; 5]> = rows
        .into_iter()
        .map(|(block, [count, what, whose, which])| [spelled(block), count, what, whose, which])
        .collect();
    let widths: [usize; 5] = std::array::from_fn(|column| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or_default()
    });
    let [range, count, what, whose, _] = widths;
    let line = |[one, two, three, four, five]: &[String; 5]| {
        format!("  {one:<range$}  {two:>count$}  {three:<what$}  {four:<whose$}  {five}")
    };
    rows.iter().map(line).collect()
}

fn row(atlas: &Atlas, span: &Span) -> [String; 4] {
    let whose = if atlas.instances.len() > 1 { atlas.owner(span.owner) } else { "" };
    let mut which = vec![listed(&span.names, 200)];
    which.extend(words::remarks(span));
    [amount(count(&span.block)), span.kind.word().to_owned(), whose.to_owned(), which.join("; ")]
}
