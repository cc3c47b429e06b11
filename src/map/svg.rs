//! The map as one self-contained SVG picture.

use std::fmt::Display;

use super::atlas::{Atlas, Network};
use super::drawing::{self, Drawing, GUTTER, MARGIN, STYLE, WEAVES};
use super::layout::WIDTH;
use super::scale::Scale;
use super::{overview, words};
use crate::markup::Markup;

const FULL: u32 = GUTTER + WIDTH + MARGIN + 2 * EDGE;
const EDGE: u32 = 16;
const LINE: u32 = 18;
/// The letters of a sentence that fit into a line.
const LETTERS: usize = 86;

/// The whole map.
pub(super) fn print(atlas: &Atlas) -> String {
    let Drawing { markup: legend, height } = legend(atlas);
    let mut y = height;
    let mut parts = legend;
    let overview = overview(atlas, y);
    parts.extend(overview.markup);
    y = y.saturating_add(overview.height);
    for network in &atlas.networks {
        let Drawing { markup, height } = card(atlas, network, y);
        parts.extend(markup);
        y = y.saturating_add(height).saturating_add(EDGE);
    }
    let title = words::title(atlas);
    let head = [
        Markup::leaf("title", &[], &title),
        Markup::inline("style", &[], [Markup::own(STYLE)]),
        Markup::own(WEAVES.trim_end()),
        rect("paper", 0, 0, FULL, y),
    ];
    let size = format!("0 0 {FULL} {y}");
    let attributes: [(&str, &dyn Display); 6] = [
        ("xmlns", &"http://www.w3.org/2000/svg"),
        ("class", &"map"),
        ("role", &"img"),
        ("viewBox", &size),
        ("width", &FULL),
        ("height", &y),
    ];
    let svg = Markup::lines("svg", &attributes, head.into_iter().chain(parts));
    format!("{}\n", svg.into_text())
}

/// The overview's card, if there is one.
fn overview(atlas: &Atlas, top: u32) -> Drawing {
    let wide = FULL.saturating_sub(2 * EDGE);
    let place = (EDGE.saturating_add(16), top.saturating_add(36));
    let grid = overview::svg::draw(&atlas.overview, place, wide.saturating_sub(32));
    if grid.markup.is_empty() {
        return Drawing { markup: Vec::new(), height: 0 };
    }
    let height = grid.height.saturating_add(36);
    let title = words_at("title", place.0, top.saturating_add(28), "Overview");
    let markup = [rect("card", EDGE, top, wide, height), title].into_iter().chain(grid.markup).collect();
    Drawing { markup, height: height.saturating_add(EDGE) }
}

fn rect(class: &str, x: u32, y: u32, width: u32, height: u32) -> Markup {
    Markup::leaf(
        "rect",
        &[("class", &class), ("x", &x), ("y", &y), ("width", &width), ("height", &height), ("rx", &8)],
        "",
    )
}

fn words_at(class: &str, x: u32, y: u32, text: &str) -> Markup {
    Markup::leaf("text", &[("class", &class), ("x", &x), ("y", &y)], text)
}

/// The legend, wrapped to the picture's width.
fn legend(atlas: &Atlas) -> Drawing {
    let (mut x, mut y, mut markup) = (EDGE, EDGE, Vec::new());
    for (look, label) in drawing::keys(atlas) {
        let letters = u32::try_from(label.chars().count()).unwrap_or_default();
        let width = letters.saturating_mul(7).saturating_add(62);
        if x.saturating_add(width) > FULL {
            (x, y) = (EDGE, y.saturating_add(LINE));
        }
        let text = words_at("key", x.saturating_add(40), y.saturating_add(10), &label);
        markup.push(Markup::inline("g", &[], [drawing::swatch(look, x, y), text]));
        x = x.saturating_add(width);
    }
    Drawing { markup, height: y.saturating_add(LINE).saturating_add(EDGE) }
}

/// A sentence, wrapped to the picture's width.
fn wrapped(sentence: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in sentence.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < LETTERS => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// A network with its title, its bar and its conflicts.
fn card(atlas: &Atlas, network: &Network, top: u32) -> Drawing {
    let scale = Scale::of(network, WIDTH);
    let left = EDGE.saturating_add(16);
    let mut y = top.saturating_add(28);
    let net = Markup::leaf("tspan", &[("class", &"net"), ("dx", &10)], &network.block.to_string());
    let mut markup = vec![Markup::inline(
        "text",
        &[("class", &"title"), ("x", &left), ("y", &y)],
        [Markup::text(&network.title()), net],
    )];
    let says = [words::summary(atlas, network)].into_iter().chain(words::zoom(network, &scale));
    for line in says.flat_map(|line| wrapped(&line)) {
        y = y.saturating_add(LINE);
        markup.push(words_at("says", left, y, &line));
    }
    y = y.saturating_add(8);
    let bar = drawing::network(atlas, network, &scale, y);
    let shift = format!("translate({EDGE} 0)");
    markup.push(Markup::lines("g", &[("transform", &shift)], bar.markup));
    y = y.saturating_add(bar.height).saturating_add(4);
    for line in words::numbered(network).flat_map(|sentence| wrapped(&sentence)) {
        y = y.saturating_add(LINE);
        markup.push(words_at("conflict", EDGE.saturating_add(GUTTER), y, &line));
    }
    let height = y.saturating_add(14).saturating_sub(top);
    markup.insert(0, rect("card", EDGE, top, FULL.saturating_sub(2 * EDGE), height));
    Drawing { markup, height }
}
