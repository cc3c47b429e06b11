//! Where each mark of a network and its label stand: lanes, and rows in them, so that no two labels meet.
//!
//! Counts in pixels and letters of one width. Knows no medium.

use super::atlas::{Atlas, Kind, Network, amount, count, listed, spelled};
use super::scale::Scale;
use crate::address::Block;

/// How wide the addresses are drawn: a power of two, so that the addresses of a /24 are four pixels each.
pub(super) const WIDTH: u32 = 1024;
/// The width of one letter, in tenths of a pixel, at the labels' size; fonts of one width have 60% or less.
const LETTER: u32 = 66;
/// Between a mark and its label, and between a label and the next mark.
const GAP: u32 = 6;
/// Up to so many letters, names are listed in a label.
const LISTED: usize = 58;

/// What a mark shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// Taken, by an instance or by all.
    Taken(Option<usize>),
    /// Nobody's.
    Free,
    /// What is wrong.
    Conflict,
}

/// One mark with its label.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    /// How it looks.
    pub(super) look: Look,
    /// Its left end and its width.
    pub(super) x: u32,
    /// Its width.
    pub(super) width: u32,
    /// The sign of its instance, before the label, where there are several.
    pub(super) sign: Option<char>,
    /// What stands beside it.
    pub(super) label: String,
    /// Where the label begins.
    pub(super) label_x: u32,
    /// All there is to say.
    pub(super) title: String,
    row: usize,
}

/// Marks of one kind, in rows.
#[derive(Debug, Clone)]
pub(super) struct Lane {
    /// What is in it.
    pub(super) name: &'static str,
    /// The rows, each from left to right.
    pub(super) rows: Vec<Vec<Mark>>,
}

const LANES: [(&str, &[Kind]); 5] = [
    ("gateways, nodes", &[Kind::Gateway, Kind::Node]),
    ("attachments", &[Kind::Attachment]),
    ("pools", &[Kind::Pool]),
    ("VIPs", &[Kind::Vip]),
    ("allocation", &[Kind::Allocation]),
];

/// The lanes of a network, from top to bottom; empty ones are left out.
pub(super) fn lanes(atlas: &Atlas, network: &Network, scale: &Scale) -> Vec<Lane> {
    let mut lanes = vec![lane("conflicts", conflict_marks(network, scale))];
    for (name, kinds) in LANES {
        let spans = network.spans.iter().filter(|span| kinds.contains(&span.kind));
        let marks = spans.filter_map(|span| {
            let name = listed(&span.names, LISTED);
            let label = format!("{} {name}", scale.short_block(&span.block));
            let title = super::words::sentence(atlas, span);
            let sign = (atlas.instances.len() > 1).then(|| super::words::sign(span.owner));
            mark(scale, &span.block, Look::Taken(span.owner), (sign, label, title))
        });
        lanes.push(lane(name, marks.collect()));
    }
    lanes.push(lane("free", free_marks(network, scale)));
    lanes.retain(|lane| !lane.rows.is_empty());
    lanes
}

fn conflict_marks(network: &Network, scale: &Scale) -> Vec<Mark> {
    let marks = network.conflicts.iter().zip(1_usize..).filter_map(|(conflict, number)| {
        let label = format!("{number}  {}", conflict.short);
        mark(scale, &conflict.block, Look::Conflict, (None, label, conflict.sentence.clone()))
    });
    marks.collect()
}

/// What is free, with its size where that fits into it.
fn free_marks(network: &Network, scale: &Scale) -> Vec<Mark> {
    let marks = network.free.iter().filter_map(|block| {
        let label = amount(count(block));
        let title = format!("free: {}, {}", spelled(block), super::words::addresses(count(block)));
        let mut mark = mark(scale, block, Look::Free, (None, label, title))?;
        let letters = pixels(&mark);
        if letters.saturating_add(GAP) > mark.width {
            mark.label.clear();
        }
        mark.label_x = mark.x + mark.width.saturating_sub(letters) / 2;
        Some(mark)
    });
    marks.collect()
}

fn mark(
    scale: &Scale,
    block: &Block,
    look: Look,
    (sign, label, title): (Option<char>, String, String),
) -> Option<Mark> {
    let (x, width) = scale.place(block)?;
    Some(Mark { look, x, width: width.max(4), sign, label, label_x: 0, title, row: 0 })
}

/// How wide a mark's label is.
fn pixels(mark: &Mark) -> u32 {
    let sign = if mark.sign.is_some() { 2 } else { 0 };
    let letters = mark.label.chars().count().saturating_add(sign);
    u32::try_from(letters).unwrap_or(WIDTH).saturating_mul(LETTER).div_ceil(10)
}

/// Marks into the first row that has room for each and its label.
fn lane(name: &'static str, mut marks: Vec<Mark>) -> Lane {
    let mut rows: Vec<Vec<(u32, u32)>> = Vec::new();
    for mark in &mut marks {
        let sides = sides(mark);
        let fits = |row: &Vec<(u32, u32)>, left: u32, right: u32| {
            row.iter().all(|(first, last)| right.saturating_add(GAP) <= *first || last.saturating_add(GAP) <= left)
        };
        let found = rows.iter().enumerate().find_map(|(place, row)| {
            let side = sides.iter().find(|(_, left, right)| fits(row, *left, *right))?;
            Some((place, *side))
        });
        let first = sides.first().copied().unwrap_or((mark.x, mark.x, mark.x.saturating_add(mark.width)));
        let (place, (label_x, left, right)) = found.unwrap_or((rows.len(), first));
        if place == rows.len() {
            rows.push(Vec::new());
        }
        if let Some(row) = rows.get_mut(place) {
            row.push((left, right));
        }
        mark.row = place;
        mark.label_x = label_x;
    }
    let row = |place: usize| marks.iter().filter(|mark| mark.row == place).cloned().collect();
    Lane { name, rows: (0..rows.len()).map(row).collect() }
}

/// Where a label may begin, with the ends of mark and label together: behind the mark, before it, on it.
fn sides(mark: &Mark) -> Vec<(u32, u32, u32)> {
    let (left, right, label) = (mark.x, mark.x.saturating_add(mark.width), pixels(mark));
    if mark.look == Look::Free || label == 0 {
        return vec![(mark.label_x, left, right)];
    }
    let behind = right.saturating_add(GAP);
    let end = behind.saturating_add(label);
    let mut sides = Vec::new();
    if end <= WIDTH {
        sides.push((behind, left, end));
    }
    if let Some(before) = left.checked_sub(label.saturating_add(GAP)) {
        sides.push((before, before, right));
    }
    if sides.is_empty() {
        let on = WIDTH.saturating_sub(label).min(left.saturating_add(GAP));
        sides.push((on, on.min(left), right.max(on.saturating_add(label))));
    }
    sides
}
