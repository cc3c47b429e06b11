//! The overview as a table; its addresses lead to their bars.

use super::{Cell, Overview, Row};
use crate::map::drawing::{ground, key};
use crate::map::words;
use crate::markup::Markup;

/// The section, if there is something to see at a glance.
pub(in super::super) fn section(overview: &Overview) -> Option<Markup> {
    if overview.is_empty() {
        return None;
    }
    let heads = [overview.head()].into_iter().chain(overview.columns.iter().map(String::as_str));
    let heads = heads.map(|head| Markup::leaf("th", &[("scope", &"col")], head));
    let head = Markup::inline("thead", &[], [Markup::inline("tr", &[], heads)]);
    let body = Markup::lines("tbody", &[], overview.rows.iter().map(row));
    let table = Markup::lines("table", &[("class", &"overview")], [head, body]);
    let mut parts =
        vec![Markup::leaf("h2", &[], "Overview"), Markup::inline("div", &[("class", &"scroll")], [table])];
    parts.extend(overview.left_out.iter().map(|line| Markup::leaf("p", &[("class", &"says")], line)));
    Some(Markup::lines("section", &[("id", &"overview")], parts))
}

fn row(row: &Row) -> Markup {
    let sign = Markup::leaf("b", &[], &words::look_sign(row.look).to_string());
    let slot = row.slot.map(|slot| Markup::leaf("span", &[("class", &"slot-number")], &slot.to_string()));
    let head = slot.into_iter().chain([key(row.look), sign, Markup::text(&row.name)]);
    let head = Markup::inline("div", &[("class", &"who")], head);
    let head = Markup::inline("th", &[("scope", &"row")], [head]);
    Markup::inline("tr", &[], [head].into_iter().chain(row.cells.iter().map(cell)))
}

fn cell(cell: &Cell) -> Markup {
    let Some(look) = cell.look else {
        let text: Vec<&str> = cell.parts.iter().map(|(text, _)| text.as_str()).collect();
        return Markup::leaf("td", &[("class", &"nothing")], &text.join(" "));
    };
    let address = |(text, bar): &(String, Option<usize>)| {
        let shown = match bar {
            Some(bar) => Markup::leaf("a", &[("href", &format!("#n{bar}"))], text),
            None => Markup::text(text),
        };
        Markup::inline("div", &[("class", &"net")], [shown])
    };
    let carried = (!cell.carried.is_empty()).then(|| Markup::leaf("div", &[("class", &"by")], &cell.carried));
    let class = format!("has {}", ground(look));
    Markup::inline("td", &[("class", &class)], cell.parts.iter().map(address).chain(carried))
}
