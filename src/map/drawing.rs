//! Draws one network (ruler, lanes, conflict bands) and the legend, alike for SVG and HTML. Must not know manifests.

use super::atlas::{Atlas, Network};
use super::layout::{Lane, Look, Mark, WIDTH, lanes};
use super::scale::Scale;
use super::words;
use crate::markup::Markup;

/// Colours for light and dark, for both media.
pub(super) const STYLE: &str = include_str!("map.css");
/// Patterns, for both media.
pub(super) const WEAVES: &str = include_str!("weaves.svg");

/// Pixels left of the bar, for the lanes' names.
pub(super) const GUTTER: u32 = 112;
/// Pixels right of the bar.
pub(super) const MARGIN: u32 = 20;
const RULER: u32 = 20;
const ROW: u32 = 20;
const BAR: u32 = 12;
const PADDING: u32 = 3;
const BETWEEN: u32 = 5;
const TICKS: u32 = 8;
/// The width in pixels below which a pattern cannot be recognised.
const LEGIBLE: u32 = 16;
const COLOURS: usize = 6;
const PATTERNS: usize = 7;

/// A drawing with its height.
pub(super) struct Drawing {
    /// The markup.
    pub(super) markup: Vec<Markup>,
    /// The height in pixels.
    pub(super) height: u32,
}

/// A network's bar with its lanes, drawn from `top` down.
pub(super) fn network(atlas: &Atlas, network: &Network, scale: &Scale, top: u32) -> Drawing {
    let lanes = lanes(atlas, network, scale);
    let first = top.saturating_add(RULER);
    let tops: Vec<u32> = lanes
        .iter()
        .scan(first, |y, lane| {
            let own = *y;
            *y = y.saturating_add(lane_height(lane)).saturating_add(BETWEEN);
            Some(own)
        })
        .collect();
    let below: u32 = lanes.iter().map(|lane| lane_height(lane).saturating_add(BETWEEN)).sum();
    let bottom = first.saturating_add(below).saturating_sub(BETWEEN);
    let placed = || lanes.iter().zip(tops.iter().copied());
    let mut markup: Vec<Markup> = placed().map(|(lane, y)| strip(lane, y)).collect();
    markup.extend(ruler(scale, first, bottom));
    markup.extend(bands(network, scale, first, bottom));
    markup.extend(placed().flat_map(|(lane, y)| rows(lane, y)));
    Drawing { markup, height: bottom.saturating_sub(top) }
}

fn lane_height(lane: &Lane) -> u32 {
    let rows = u32::try_from(lane.rows.len()).unwrap_or_default();
    rows.saturating_mul(ROW).saturating_add(2 * PADDING)
}

/// A lane's background and name.
fn strip(lane: &Lane, y: u32) -> Markup {
    let ground: [(&str, &dyn std::fmt::Display); 6] = [
        ("class", &"strip"),
        ("x", &GUTTER),
        ("y", &y),
        ("width", &WIDTH),
        ("height", &lane_height(lane)),
        ("rx", &3),
    ];
    let (x, line) = (GUTTER.saturating_sub(10), y.saturating_add(PADDING + 14));
    let name = Markup::leaf("text", &[("class", &"lane"), ("x", &x), ("y", &line)], lane.name);
    Markup::joined([Markup::leaf("rect", &ground, ""), name])
}

/// Addresses at equal distances, each with a line through all lanes.
fn ruler(scale: &Scale, first: u32, bottom: u32) -> Vec<Markup> {
    let tick = |(step, label): (u32, String)| {
        let x = GUTTER.saturating_add(step);
        let line = Markup::leaf(
            "line",
            &[("class", &"grid"), ("x1", &x), ("x2", &x), ("y1", &first.saturating_sub(4)), ("y2", &bottom)],
            "",
        );
        let place: [(&str, &dyn std::fmt::Display); 3] =
            [("class", &"tick"), ("x", &x), ("y", &first.saturating_sub(7))];
        Markup::joined([line, Markup::leaf("text", &place, &label)])
    };
    scale.ticks(TICKS).into_iter().map(tick).collect()
}

/// The addresses of each conflict, through all lanes.
fn bands(network: &Network, scale: &Scale, first: u32, bottom: u32) -> Vec<Markup> {
    let mut places: Vec<(u32, u32)> =
        network.conflicts.iter().filter_map(|conflict| scale.place(&conflict.block)).collect();
    places.dedup();
    let band = |(step, width): (u32, u32)| {
        let x = GUTTER.saturating_add(step);
        let height = bottom.saturating_sub(first);
        Markup::leaf(
            "rect",
            &[("class", &"band"), ("x", &x), ("y", &first), ("width", &width.max(4)), ("height", &height)],
            "",
        )
    };
    places.into_iter().map(band).collect()
}

fn rows(lane: &Lane, y: u32) -> Vec<Markup> {
    let rows = lane.rows.iter().zip(0_u32..);
    let marks = rows.flat_map(|(row, place)| {
        let y = y.saturating_add(PADDING).saturating_add(place.saturating_mul(ROW));
        row.iter().map(move |mark| drawn(mark, y))
    });
    marks.collect()
}

/// A mark with its label and tooltip.
fn drawn(mark: &Mark, y: u32) -> Markup {
    let x = GUTTER.saturating_add(mark.x);
    let bar = y.saturating_add((ROW - BAR) / 2);
    let title = Markup::leaf("title", &[], &mark.title);
    let (class, label_class) = match mark.look {
        Look::Taken(owner) => (colour(owner), "label"),
        Look::Free => ("free".to_owned(), "free-label"),
        Look::Conflict => ("wrong".to_owned(), "label wrong-label"),
        Look::FreeSlot | Look::Reserved | Look::Planned => (ground(mark.look), "label"),
    };
    let mut pieces = vec![title, block(&class, x, bar, mark.width)];
    if let Look::Taken(Some(owner)) = mark.look {
        pieces.extend(weave(owner, x, bar, mark.width));
    }
    let sign = mark.sign.map(|sign| Markup::leaf("tspan", &[("class", &"sign")], &format!("{sign} ")));
    let label = sign.into_iter().chain([Markup::text(&mark.label)]);
    let (x, y) = (GUTTER.saturating_add(mark.label_x), y.saturating_add(14));
    if !mark.label.is_empty() {
        pieces.push(Markup::inline("text", &[("class", &label_class), ("x", &x), ("y", &y)], label));
    }
    Markup::inline("g", &[], pieces)
}

/// The class of an overview's cell.
pub(super) fn ground(look: Look) -> String {
    match look {
        Look::Taken(owner) => colour(owner),
        Look::Free => "free".to_owned(),
        Look::Conflict => "wrong".to_owned(),
        Look::FreeSlot => "slot".to_owned(),
        Look::Reserved => "reserved".to_owned(),
        Look::Planned => "planned".to_owned(),
    }
}

fn colour(owner: Option<usize>) -> String {
    owner.map_or_else(|| "shared".to_owned(), |owner| format!("i{}", owner % COLOURS))
}

fn block(class: &str, x: u32, y: u32, width: u32) -> Markup {
    let place: [(&str, &dyn std::fmt::Display); 5] =
        [("class", &class), ("x", &x), ("y", &y), ("width", &width), ("height", &BAR)];
    Markup::leaf("rect", &place, "")
}

/// The pattern of an instance; the first has none.
fn weave(owner: usize, x: u32, y: u32, width: u32) -> Option<Markup> {
    let weave = owner % PATTERNS;
    let fill = format!("url(#weave{weave})");
    let place: [(&str, &dyn std::fmt::Display); 5] =
        [("fill", &fill), ("x", &x), ("y", &y), ("width", &width), ("height", &BAR)];
    (weave > 0 && width >= LEGIBLE).then(|| Markup::leaf("rect", &place, ""))
}

/// A mark of this look, for a page.
pub(super) fn key(look: Look) -> Markup {
    let attributes: [(&str, &dyn std::fmt::Display); 5] = [
        ("class", &"map key"),
        ("aria-hidden", &"true"),
        ("viewBox", &"0 0 32 14"),
        ("width", &32),
        ("height", &14),
    ];
    Markup::inline("svg", &attributes, [swatch(look, 0, 1)])
}

/// A mark of this look for the legend.
pub(super) fn swatch(look: Look, x: u32, y: u32) -> Markup {
    const WIDE: u32 = 32;
    match look {
        Look::Conflict => block("band", x, y, WIDE),
        Look::Free | Look::FreeSlot | Look::Reserved | Look::Planned => cell(look, x, y, (WIDE, BAR)),
        Look::Taken(owner) => {
            let weave = owner.and_then(|owner| weave(owner, x, y, WIDE));
            Markup::joined([block(&colour(owner), x, y, WIDE)].into_iter().chain(weave))
        }
    }
}

/// A block of the overview, hatched where it is a slot that nobody has.
pub(super) fn cell(look: Look, x: u32, y: u32, (width, height): (u32, u32)) -> Markup {
    let rect = |class: &str, fill: Option<&str>| {
        let mut place: Vec<(&str, &dyn std::fmt::Display)> =
            vec![("class", &class), ("x", &x), ("y", &y), ("width", &width), ("height", &height)];
        place.extend(fill.iter().map(|fill| ("fill", fill as &dyn std::fmt::Display)));
        Markup::leaf("rect", &place, "")
    };
    let hatch = match look {
        Look::FreeSlot => Some(rect("hatch", Some("url(#hatch)"))),
        Look::Reserved => Some(rect("hatch", Some("url(#barred)"))),
        _ => None,
    };
    Markup::joined([rect(&ground(look), None)].into_iter().chain(hatch))
}

/// The legend: instances, shared, free, conflict, and the slots that there are.
pub(super) fn keys(atlas: &Atlas) -> Vec<(Look, String)> {
    let instances = atlas.instances.iter().enumerate();
    let key = |(place, name)| (Look::Taken(Some(place)), format!("{} {name}", words::sign(Some(place))));
    let mut keys: Vec<(Look, String)> = instances.map(key).collect();
    if atlas.instances.len() > 1 {
        keys.push((Look::Taken(None), format!("{} shared", words::sign(None))));
    }
    keys.extend([(Look::Free, "free".to_owned()), (Look::Conflict, "conflict".to_owned())]);
    let of_slots = [Look::FreeSlot, Look::Reserved, Look::Planned].into_iter();
    keys.extend(
        of_slots.filter(|look| atlas.overview.has(*look)).map(|look| (look, words::slot(look).to_owned())),
    );
    keys
}
