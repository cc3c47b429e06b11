//! The map as one self-contained HTML page: a picture and a table for each network.

use std::cmp::Reverse;
use std::fmt::Display;

use super::atlas::{Atlas, Network, Span, amount, count, spelled};
use super::drawing::{self, GUTTER, MARGIN, STYLE, WEAVES};
use super::layout::{Look, WIDTH};
use super::scale::Scale;
use super::words;
use crate::address::Block;
use crate::markup::Markup;

const PAGE: &str = include_str!("page.css");

/// The whole page.
pub(super) fn print(atlas: &Atlas) -> String {
    let title = words::title(atlas);
    let head = [
        Markup::own("<meta charset=\"utf-8\">"),
        Markup::own("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"),
        Markup::leaf("title", &[], &title),
        Markup::inline("style", &[], [Markup::own(STYLE), Markup::own(PAGE)]),
    ];
    let networks = atlas.networks.len();
    let lead = format!(
        "{networks} network{}, {}",
        if networks == 1 { "" } else { "s" },
        words::conflicts(atlas.conflicts())
    );
    let top =
        [Markup::leaf("h1", &[], &title), Markup::leaf("p", &[("class", &"lead")], &lead), legend(atlas)];
    let sections = atlas.networks.iter().map(|network| section(atlas, network));
    let defs = Markup::inline("svg", &[("class", &"defs"), ("aria-hidden", &"true")], [Markup::own(WEAVES)]);
    let main = Markup::lines("main", &[], top.into_iter().chain(sections));
    let page = [Markup::lines("head", &[], head), Markup::lines("body", &[], [defs, main])];
    format!("<!doctype html>\n{}\n", Markup::lines("html", &[("lang", &"en")], page).into_text())
}

fn legend(atlas: &Atlas) -> Markup {
    let attributes: [(&str, &dyn Display); 5] = [
        ("class", &"map"),
        ("aria-hidden", &"true"),
        ("viewBox", &"0 0 32 14"),
        ("width", &32),
        ("height", &14),
    ];
    let key = |(look, label): (Look, String)| {
        let swatch = Markup::inline("svg", &attributes, [drawing::swatch(look, 0, 1)]);
        Markup::inline("li", &[], [swatch, Markup::text(&label)])
    };
    Markup::lines("ul", &[("class", &"legend")], drawing::keys(atlas).into_iter().map(key))
}

fn section(atlas: &Atlas, network: &Network) -> Markup {
    let scale = Scale::of(network, WIDTH);
    let net = Markup::leaf("code", &[], &network.block.to_string());
    let name = Markup::text(&format!("{} ", network.title()));
    let mut parts = vec![
        Markup::inline("h2", &[], [name, net]),
        Markup::leaf("p", &[("class", &"says")], &words::summary(network)),
    ];
    let zoom = words::zoom(network, &scale);
    parts.extend(zoom.map(|zoom| Markup::leaf("p", &[("class", &"zoom")], &zoom)));
    parts.push(picture(atlas, network, &scale));
    if !network.conflicts.is_empty() {
        let sentences = network.conflicts.iter().map(|conflict| Markup::leaf("li", &[], &conflict.sentence));
        parts.push(Markup::lines("ol", &[("class", &"conflicts")], sentences));
    }
    parts.push(table(atlas, network));
    Markup::lines("section", &[], parts)
}

fn picture(atlas: &Atlas, network: &Network, scale: &Scale) -> Markup {
    let drawing = drawing::network(atlas, network, scale, 0);
    let (width, height) = (GUTTER + WIDTH + MARGIN, drawing.height.saturating_add(1));
    let size = format!("0 0 {width} {height}");
    let label = format!("Addresses of {}, {}; the table below says the same", network.title(), network.block);
    let attributes: [(&str, &dyn Display); 6] = [
        ("class", &"map"),
        ("role", &"img"),
        ("aria-label", &label),
        ("viewBox", &size),
        ("width", &width),
        ("height", &height),
    ];
    Markup::inline("div", &[("class", &"scroll")], [Markup::lines("svg", &attributes, drawing.markup)])
}

/// All ranges by address, free ones too.
fn table(atlas: &Atlas, network: &Network) -> Markup {
    let mut rows: Vec<(&Block, Markup)> =
        network.spans.iter().map(|span| (&span.block, taken(atlas, span))).collect();
    rows.extend(
        network
            .free
            .iter()
            .map(|block| (block, row("free", &[&spelled(block), &amount(count(block)), "free", "", ""]))),
    );
    rows.sort_by_cached_key(|(block, _)| (block.first(), Reverse(block.last())));
    let heads = ["Addresses", "Count", "What", "Whose", "Which"];
    let heads = heads.map(|head| {
        let class = if head == "Count" { "n" } else { "" };
        Markup::leaf("th", &[("scope", &"col"), ("class", &class)], head)
    });
    let body = Markup::lines("tbody", &[], rows.into_iter().map(|(_, row)| row));
    let head = Markup::inline("thead", &[], [Markup::inline("tr", &[], heads)]);
    let summary = format!("All ranges of {}", network.title());
    let table = Markup::lines("table", &[], [head, body]);
    let scroll = Markup::inline("div", &[("class", &"scroll")], [table]);
    Markup::lines("details", &[], [Markup::leaf("summary", &[], &summary), scroll])
}

fn taken(atlas: &Atlas, span: &Span) -> Markup {
    let mut which = vec![span.names.join(", ")];
    which.extend(words::remarks(span));
    let whose = atlas.owner(span.owner);
    row(
        "taken",
        &[&spelled(&span.block), &amount(count(&span.block)), span.kind.word(), whose, &which.join("; ")],
    )
}

fn row(class: &str, cells: &[&str]) -> Markup {
    let classes = ["r", "n", "", "", ""];
    let cells = cells.iter().zip(classes).map(|(cell, class)| {
        let inner = [Markup::text(cell)];
        if cell.is_empty() {
            Markup::own("<td></td>")
        } else {
            Markup::inline("td", &[("class", &class)], inner)
        }
    });
    Markup::inline("tr", &[("class", &class)], cells)
}
