//! The overview as a grid in a picture, in parts as wide as the picture.

use super::parts::{Part, name, names, parts};
use super::{Cell, Overview, Row};
use crate::map::drawing::{Drawing, cell as ground};
use crate::map::words;
use crate::markup::Markup;

/// A letter's width in tenths of a pixel, as in the bars' labels.
const LETTER: usize = 66;
/// The height of a line, and what stands around a cell's lines.
const LINE: u32 = 14;
const PADDING: u32 = 6;
/// Pixels between cells.
const GAP: u32 = 3;
/// Letters that a cell has beside its text.
const BESIDE: usize = 4;
/// Pixels of the instance's colour before a cell's text.
const STRIPE: u32 = 6;

/// A picture of this width, from `top` down.
pub(in super::super) fn draw(overview: &Overview, (left, top): (u32, u32), width: u32) -> Drawing {
    let mut drawing = Drawing { markup: Vec::new(), height: 0 };
    if overview.is_empty() {
        return drawing;
    }
    let widths: Vec<usize> = (0..overview.columns.len()).map(|column| letters(overview, column)).collect();
    let room = usize::try_from(width).unwrap_or_default().saturating_mul(10) / LETTER;
    let before = names(overview).saturating_add(4);
    let mut y = top;
    for part in parts(&widths, room.saturating_sub(before), BESIDE) {
        let grid = Grid { overview, part: &part, left, cells: left.saturating_add(pixels(before)) };
        y = grid.draw(y, &mut drawing.markup).saturating_add(12);
    }
    for sentence in &overview.left_out {
        y = y.saturating_add(LINE);
        drawing.markup.push(text("says", left, y, sentence));
    }
    drawing.height = y.saturating_sub(top);
    drawing
}

/// Some columns of the overview, where they stand.
struct Grid<'o> {
    overview: &'o Overview,
    part: &'o Part,
    left: u32,
    cells: u32,
}

impl Grid<'_> {
    /// Draws the head and all rows, and returns where they end.
    fn draw(&self, top: u32, markup: &mut Vec<Markup>) -> u32 {
        let heads = self.overview.columns.get(self.part.columns.clone()).unwrap_or_default();
        let first = top.saturating_add(LINE);
        markup.push(text("says", self.left, first, self.overview.head()));
        markup.extend(
            self.columns().zip(heads).map(|((x, width), head)| text("says", x, first, &cut(head, width))),
        );
        let mut y = first.saturating_add(PADDING);
        for row in &self.overview.rows {
            let cells = row.cells.get(self.part.columns.clone()).unwrap_or_default();
            let lines = cells.iter().map(|cell| lines(cell).len()).max().unwrap_or_default().max(1);
            let height = u32::try_from(lines).unwrap_or(1).saturating_mul(LINE).saturating_add(PADDING);
            markup.push(self.row(row, cells, y, height));
            y = y.saturating_add(height).saturating_add(GAP);
        }
        y
    }

    /// Where each column begins, and how wide it is.
    fn columns(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        self.part.widths.iter().scan(self.cells, |x, letters| {
            let (own, width) = (*x, pixels(letters.saturating_add(BESIDE)));
            *x = x.saturating_add(width);
            Some((own, width.saturating_sub(GAP)))
        })
    }

    fn row(&self, row: &Row, cells: &[Cell], y: u32, height: u32) -> Markup {
        let sign = format!("{} ", words::look_sign(row.look));
        let sign = Markup::leaf("tspan", &[("class", &"sign")], &sign);
        let place: [(&str, &dyn std::fmt::Display); 3] =
            [("class", &"name"), ("x", &self.left), ("y", &y.saturating_add(LINE))];
        let head = Markup::inline("text", &place, [sign, Markup::text(&name(&row.title()))]);
        let cells = self.columns().zip(cells).map(|((x, width), cell)| drawn(cell, (x, y), (width, height)));
        Markup::inline("g", &[], [head].into_iter().chain(cells))
    }
}

fn drawn(cell: &Cell, (x, y): (u32, u32), (width, height): (u32, u32)) -> Markup {
    let frame: [(&str, &dyn std::fmt::Display); 5] =
        [("class", &"strip"), ("x", &x), ("y", &y), ("width", &width), ("height", &height)];
    let frame = Markup::leaf("rect", &frame, "");
    let colour = cell.look.map(|look| {
        let wide = if matches!(look, crate::map::layout::Look::Taken(_)) { STRIPE } else { width };
        ground(look, x, y, (wide, height))
    });
    let lines = lines(cell).into_iter().zip(1_u32..).map(|(line, number)| {
        text("cell", x.saturating_add(STRIPE + 5), y.saturating_add(number.saturating_mul(LINE)), &line)
    });
    Markup::joined([frame].into_iter().chain(colour).chain(lines))
}

fn lines(cell: &Cell) -> Vec<String> {
    let texts = cell.parts.iter().map(|(text, _)| text.clone());
    texts.chain((!cell.carried.is_empty()).then(|| cell.carried.clone())).collect()
}

fn letters(overview: &Overview, column: usize) -> usize {
    let cells = overview.rows.iter().filter_map(|row| row.cells.get(column)).flat_map(lines);
    let head = overview.columns.get(column).map_or(0, |name| name.chars().count());
    cells.map(|line| line.chars().count()).chain([head.min(30), 8]).max().unwrap_or_default()
}

/// As much of a text as there is room for.
fn cut(text: &str, width: u32) -> String {
    text.chars().take(usize::try_from(width).unwrap_or_default().saturating_mul(10) / LETTER).collect()
}

fn pixels(letters: usize) -> u32 {
    u32::try_from(letters.saturating_mul(LETTER) / 10).unwrap_or(u32::MAX)
}

fn text(class: &str, x: u32, y: u32, text: &str) -> Markup {
    Markup::leaf("text", &[("class", &class), ("x", &x), ("y", &y)], text)
}
