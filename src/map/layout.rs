//! Positions of a network's marks and labels in lanes and rows, such that no two labels meet.
//!
//! Units are pixels and letters of a monospaced font. Must not know a medium.

use std::collections::BTreeMap;

use super::atlas::{Atlas, Network, Span, amount, count, ends, listed, spelled};
use super::merging::once;
use super::scale::Scale;
use super::words;
use crate::address::Block;
use crate::model::Kind;

/// The bar's width in pixels: a power of two, so that each address of a /24 has two pixels. With its names it is legible
/// on a page of 800 pixels.
pub(super) const WIDTH: u32 = 512;
/// A letter's width in tenths of a pixel, at the labels' size; monospaced fonts need 60% of the size or less.
const LETTER: u32 = 66;
/// Pixels between a mark and its label.
const GAP: u32 = 6;
/// Pixels between a label and the next mark, so that it is not taken for that mark's.
const APART: u32 = 20;
/// Letters of names in a label, at most.
const LISTED: u32 = 90;
/// Rows of a lane, at most: marks that have no room in them stand in one more row, without labels.
const ROWS: usize = 40;

/// What a mark stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// Addresses of an instance, or of all.
    Taken(Option<usize>),
    /// Free addresses.
    Free,
    /// A conflict.
    Conflict,
    /// A slot that no instance has.
    FreeSlot,
    /// A slot that meets what is reserved.
    Reserved,
    /// What the plan has for an instance that is not among the manifests.
    Planned,
}

/// One mark with its label.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    /// What it stands for.
    pub(super) look: Look,
    /// Its left end in pixels.
    pub(super) x: u32,
    /// Its width in pixels.
    pub(super) width: u32,
    /// The letter of its instance, before the label, if there are several.
    pub(super) sign: Option<char>,
    /// The label.
    pub(super) label: String,
    /// The label's left end in pixels.
    pub(super) label_x: u32,
    /// The tooltip.
    pub(super) title: String,
    row: usize,
}

/// Marks of one kind, in rows.
#[derive(Debug, Clone)]
pub(super) struct Lane {
    /// The lane's name.
    pub(super) name: &'static str,
    /// The rows, each from left to right.
    pub(super) rows: Vec<Vec<Mark>>,
}

/// The spans of each lane, from top to bottom; they must be sorted by lane.
pub(super) fn by_lane(network: &Network) -> impl Iterator<Item = (&'static str, &[Span])> {
    let lanes = network.spans.chunk_by(|one, next| one.kind.lane() == next.kind.lane());
    lanes.filter_map(|spans| Some((spans.first()?.kind.lane(), spans)))
}

/// The lanes of a network from top to bottom, without empty ones.
pub(super) fn lanes(atlas: &Atlas, network: &Network, scale: &Scale) -> Vec<Lane> {
    let mut lanes = vec![lane("conflicts", conflict_marks(network, scale))];
    for (name, spans) in by_lane(network) {
        let spans = runs(spans);
        lanes.push(lane(name, spans.iter().filter_map(|span| span_mark(atlas, span, scale)).collect()));
    }
    lanes.push(Lane { name: "free", rows: vec![free_marks(network, scale)] });
    lanes.retain(|lane| lane.rows.iter().any(|row| !row.is_empty()));
    lanes
}

/// Joins nodes with consecutive addresses.
fn runs(spans: &[Span]) -> Vec<Span> {
    let mut runs: Vec<Span> = Vec::new();
    for span in spans {
        let last = runs.last_mut().filter(|last| {
            let next = ends(&last.block).1.checked_add(1) == Some(ends(&span.block).0);
            next && matches!(span.kind, Kind::Host | Kind::DataPlane)
                && (last.kind, last.owner, &last.note) == (span.kind, span.owner, &span.note)
        });
        match last.map(|last| (Block::range(last.block.first(), span.block.last()), last)) {
            Some((Ok(block), last)) => {
                last.block = block;
                last.names.extend(span.names.iter().cloned());
            }
            _ => runs.push(span.clone()),
        }
    }
    for run in &mut runs {
        run.names = once(std::mem::take(&mut run.names));
    }
    runs
}

/// A span's mark, with as many names as there is room for beside it.
fn span_mark(atlas: &Atlas, span: &Span, scale: &Scale) -> Option<Mark> {
    let addresses = scale.short_block(&span.block);
    let sign = (atlas.instances.len() > 1).then(|| words::sign(span.owner));
    let title = words::sentence(atlas, span);
    let mut mark = mark(scale, &span.block, Look::Taken(span.owner), (sign, addresses, title))?;
    let beside = WIDTH.saturating_sub(mark.x.saturating_add(mark.width)).max(mark.x);
    let room = beside.saturating_sub(pixels(&mark).saturating_add(2 * GAP)).saturating_mul(10) / LETTER;
    // Most endpoints that MetalLB serves are internal.
    let short = |name: &String| name.strip_suffix(" internal").unwrap_or(name).to_owned();
    let names: Vec<String> = match span.kind {
        Kind::Gateway => vec!["gateway".to_owned()],
        _ => span.names.iter().map(short).collect(),
    };
    let letters = room.min(LISTED).saturating_sub(9);
    let label = format!("{} {}", mark.label, listed(&names, usize::try_from(letters).unwrap_or_default()));
    mark.label = cut(label, usize::try_from(WIDTH * 10 / LETTER).unwrap_or_default().saturating_sub(2));
    Some(mark)
}

/// A label of so many letters at most.
fn cut(label: String, letters: usize) -> String {
    match label.char_indices().nth(letters) {
        None => label,
        Some(_) => label.chars().take(letters.saturating_sub(1)).chain(['…']).collect(),
    }
}

fn conflict_marks(network: &Network, scale: &Scale) -> Vec<Mark> {
    let marks = network.conflicts.iter().zip(1_usize..).filter_map(|(conflict, number)| {
        let label = format!("{number}  {}", conflict.short);
        mark(scale, &conflict.block, Look::Conflict, (None, label, conflict.sentence.clone()))
    });
    marks.collect()
}

/// Marks of free addresses; with their number if it fits.
fn free_marks(network: &Network, scale: &Scale) -> Vec<Mark> {
    let marks = network.free.iter().filter_map(|block| {
        let label = amount(count(block));
        let title = format!("free: {}, {}", spelled(block), words::addresses(count(block)));
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

/// A label's width in pixels.
fn pixels(mark: &Mark) -> u32 {
    let sign = if mark.sign.is_some() { 2 } else { 0 };
    let letters = mark.label.chars().count().saturating_add(sign);
    u32::try_from(letters).unwrap_or(WIDTH).saturating_mul(LETTER).div_ceil(10)
}

/// Puts each mark into the first row with room for it and its label.
fn lane(name: &'static str, mut marks: Vec<Mark>) -> Lane {
    let mut rows: Vec<Vec<(u32, u32)>> = Vec::new();
    for mark in &mut marks {
        let sides = sides(mark);
        let found = rows.iter().enumerate().find_map(|(place, row)| {
            let side = sides.iter().find(|(_, left, right)| fits(row, *left, *right))?;
            Some((place, *side))
        });
        let first = sides.first().copied().filter(|_| rows.len() < ROWS).map(|side| (rows.len(), side));
        let Some((place, (label_x, left, right))) = found.or(first) else {
            mark.row = ROWS;
            mark.label.clear();
            continue;
        };
        if place == rows.len() {
            rows.push(Vec::new());
        }
        if let Some(row) = rows.get_mut(place) {
            row.push((left, right));
        }
        (mark.row, mark.label_x) = (place, label_x);
    }
    Lane { name, rows: in_rows(marks, rows.len()) }
}

fn fits(row: &[(u32, u32)], left: u32, right: u32) -> bool {
    row.iter()
        .all(|(first, last)| right.saturating_add(APART) <= *first || last.saturating_add(APART) <= left)
}

/// The marks by row; of those in the row without labels, one at each place.
fn in_rows(marks: Vec<Mark>, rows: usize) -> Vec<Vec<Mark>> {
    let (labelled, rest): (Vec<Mark>, Vec<Mark>) = marks.into_iter().partition(|mark| mark.row < ROWS);
    let mut by_row: Vec<Vec<Mark>> = (0..rows).map(|_| Vec::new()).collect();
    for mark in labelled {
        if let Some(row) = by_row.get_mut(mark.row) {
            row.push(mark);
        }
    }
    let number = rest.len();
    let mut at: BTreeMap<(u32, u32), Mark> =
        rest.into_iter().map(|mark| ((mark.x, mark.width), mark)).collect();
    for mark in at.values_mut() {
        mark.title = format!("one of {number} that have no room above; the table has them all");
    }
    if !at.is_empty() {
        by_row.push(at.into_values().collect());
    }
    by_row
}

/// Where a label may begin, with both ends of mark and label together: right of the mark, left of it, else on it.
fn sides(mark: &Mark) -> Vec<(u32, u32, u32)> {
    let (left, right, label) = (mark.x, mark.x.saturating_add(mark.width), pixels(mark));
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
