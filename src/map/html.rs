//! The map as one self-contained HTML page: a picture and a table for each network.

use std::cmp::Reverse;
use std::fmt::Display;

use super::atlas::{Atlas, Network, Span, amount, count, listed, spelled};
use super::drawing::{self, GUTTER, MARGIN, STYLE, WEAVES};
use super::layout::{Look, WIDTH};
use super::scale::Scale;
use super::{overview, words};
use crate::address::Block;
use crate::markup::Markup;

/// More bars than this have an index.
const MANY: usize = 6;
/// Letters of names in a cell.
const LISTED: usize = 400;
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
    let top = [
        Markup::leaf("h1", &[], &title),
        Markup::leaf("p", &[("class", &"lead")], &words::lead(atlas)),
        legend(atlas),
    ];
    let groups: Vec<Vec<(usize, &Network)>> = atlas.groups().collect();
    let index = (atlas.networks.len() > MANY).then(|| index(&groups));
    let top = top.into_iter().chain(overview::html::section(&atlas.overview)).chain(index);
    let sections = groups.iter().map(|networks| group(atlas, networks));
    let defs = Markup::inline("svg", &[("class", &"defs"), ("aria-hidden", &"true")], [Markup::own(WEAVES)]);
    let main = Markup::lines("main", &[], top.chain(sections));
    let page = [Markup::lines("head", &[], head), Markup::lines("body", &[], [defs, main])];
    format!("<!doctype html>\n{}\n", Markup::lines("html", &[("lang", &"en")], page).into_text())
}

fn legend(atlas: &Atlas) -> Markup {
    let key =
        |(look, label): (Look, String)| Markup::inline("li", &[], [drawing::key(look), Markup::text(&label)]);
    Markup::lines("ul", &[("class", &"legend")], drawing::keys(atlas).into_iter().map(key))
}

/// Links to the bars of each name.
fn index(groups: &[Vec<(usize, &Network)>]) -> Markup {
    let link = |networks: &Vec<(usize, &Network)>| {
        let (place, network) = networks.first()?;
        let number = if networks.len() > 1 { format!(" ({})", networks.len()) } else { String::new() };
        let to = if networks.len() > 1 { format!("#g{place}") } else { format!("#n{place}") };
        Some(Markup::leaf("a", &[("href", &to)], &format!("{}{number}", name(network))))
    };
    let label: [(&str, &dyn Display); 2] = [("class", &"index"), ("aria-label", &"Networks")];
    Markup::lines("nav", &label, groups.iter().filter_map(link))
}

/// The first of a network's names.
fn name(network: &Network) -> String {
    network.names.first().map_or_else(|| network.title(), Clone::clone)
}

/// The bars of one name, beside each other where there is room.
fn group(atlas: &Atlas, networks: &[(usize, &Network)]) -> Markup {
    let sections =
        networks.iter().map(|(place, network)| section(atlas, *place, network, networks.len() > 1));
    match networks {
        [(place, first), _, ..] => {
            let title = format!("{} ", name(first));
            let number = Markup::leaf("small", &[], &format!("{} subnets", networks.len()));
            let id = format!("g{place}");
            let head = Markup::inline("h2", &[("id", &id)], [Markup::text(&title), number]);
            Markup::joined([head, Markup::own("\n"), Markup::lines("div", &[("class", &"group")], sections)])
        }
        _ => Markup::joined(sections),
    }
}

fn section(atlas: &Atlas, place: usize, network: &Network, is_one_of_several: bool) -> Markup {
    let scale = Scale::of(network, WIDTH);
    let net = Markup::leaf("code", &[], &network.block.to_string());
    let name = Markup::text(&format!("{} ", network.title()));
    let heading = if is_one_of_several { "h3" } else { "h2" };
    let mut parts = vec![
        Markup::inline(heading, &[], [name, net]),
        Markup::leaf("p", &[("class", &"says")], &words::summary(atlas, network)),
    ];
    let zoom = words::zoom(network, &scale);
    parts.extend(zoom.map(|zoom| Markup::leaf("p", &[("class", &"zoom")], &zoom)));
    parts.push(picture(atlas, network, &scale));
    if !network.conflicts.is_empty() {
        let sentences = network.conflicts.iter().map(|conflict| Markup::leaf("li", &[], &conflict.sentence));
        parts.push(Markup::lines("ol", &[("class", &"conflicts")], sentences));
        let more = words::more_conflicts(network);
        parts.extend(more.map(|more| Markup::leaf("p", &[("class", &"conflicts")], &more)));
    }
    parts.push(table(atlas, network));
    Markup::lines("section", &[("id", &format!("n{place}"))], parts)
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
    let mut which = vec![listed(&span.names, LISTED)];
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
