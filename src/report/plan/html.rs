//! A plan as one self-contained HTML page, light and dark; free slots are hatched.

use super::{Sheet, words};
use crate::markup::Markup;
use crate::plan::{Course, Lack, Network, Row, SlotNetwork};

const STYLE: &str = include_str!("plan.css");

pub(super) fn print(sheet: &Sheet<'_>) -> String {
    let title = sheet.title();
    let head = [
        Markup::own("<meta charset=\"utf-8\">"),
        Markup::own("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"),
        Markup::leaf("title", &[], &title),
        Markup::inline("style", &[], [Markup::own(STYLE)]),
    ];
    let sentences = sheet.sentences();
    let says = sentences.iter().map(|sentence| Markup::leaf("p", &[], sentence));
    let table =
        Markup::lines("table", &[], [heads(sheet), Markup::lines("tbody", &[], sheet.rows.iter().map(row))]);
    let table = Markup::inline("div", &[("class", &"scroll")], [table]);
    let parts = std::iter::once(Markup::leaf("h1", &[], &title)).chain(says).chain([table]);
    let body = Markup::lines("body", &[], [Markup::lines("main", &[], parts)]);
    let page = [Markup::lines("head", &[], head), body];
    format!("<!doctype html>\n{}\n", Markup::lines("html", &[("lang", &"en")], page).into_text())
}

fn heads(sheet: &Sheet<'_>) -> Markup {
    let named = sheet.plan.networks.iter().map(|network| match network.course {
        Course::Shared => format!("{} (shared)", network.name),
        _ => network.name.clone(),
    });
    let ports = sheet.plan.interfaces.iter().map(|one| format!("port {}", one.from));
    let cells = std::iter::once("slot".to_owned()).chain(named).chain(ports);
    let cells = cells.map(|head| Markup::leaf("th", &[("scope", &"col")], &head));
    Markup::inline("thead", &[], [Markup::inline("tr", &[], cells)])
}

fn row(row: &Row<'_>) -> Markup {
    let head = format!("{} {}", row.slot, row.instance.unwrap_or("free"));
    let head = Markup::leaf("th", &[("scope", &"row")], &head);
    let networks = row.networks.iter().map(cell);
    let ports = row.interfaces.iter().map(|(_, to)| match to {
        Some(to) => Markup::inline("td", &[], [Markup::leaf("div", &[], to)]),
        None => missing("none"),
    });
    let cells = std::iter::once(head).chain(networks).chain(ports);
    let class = if row.instance.is_some() { "taken" } else { "free" };
    Markup::inline("tr", &[("class", &class)], cells)
}

fn cell((network, own): &(&Network, Result<SlotNetwork, Lack>)) -> Markup {
    let Ok(own) = own else { return missing("no room") };
    let (addresses, vlan, interface, domain) = words(own);
    let carried =
        [vlan, interface].into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(", ");
    let lines = [addresses.join(", "), carried, domain];
    let lines = lines.iter().filter(|line| !line.is_empty()).map(|line| Markup::leaf("div", &[], line));
    let class = if network.course == Course::Shared { "shared" } else { "own" };
    Markup::inline("td", &[("class", &class)], lines)
}

fn missing(what: &str) -> Markup {
    Markup::leaf("td", &[("class", &"wrong")], what)
}
