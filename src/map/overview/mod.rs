//! The overview: who has what of which network, by slot where there is a plan, else by instance. Must not know media.

pub(super) mod html;
mod parts;
mod slots;
pub(super) mod svg;
pub(super) mod text;

use std::collections::{BTreeMap, BTreeSet};

use super::atlas::{Atlas, Network, spelled};
use super::layout::Look;
use super::words;
use crate::plan::Plan;

pub(super) use slots::slots;

/// Networks that are columns, at most; the bars show all.
const COLUMNS: usize = 24;
/// Rows, at most.
const ROWS: usize = 256;
/// Free slots that are rows, at most.
const FREE: usize = 64;

/// Who has what of which network.
#[derive(Debug, Clone, Default)]
pub struct Overview {
    /// The networks' names, in the order of the bars.
    columns: Vec<String>,
    rows: Vec<Row>,
    /// What is left out, in sentences.
    left_out: Vec<String>,
    /// Whether rows are slots of a plan.
    by_slot: bool,
}

/// An instance or a slot.
#[derive(Debug, Clone)]
struct Row {
    slot: Option<u32>,
    name: String,
    look: Look,
    /// One for each column.
    cells: Vec<Cell>,
}

/// What it has of a network.
#[derive(Debug, Clone, Default)]
struct Cell {
    /// How it is drawn; nothing where there is nothing.
    look: Option<Look>,
    /// Addresses, each with the place of its bar in [`Atlas::networks`].
    parts: Vec<(String, Option<usize>)>,
    /// VLAN ID and host interface.
    carried: String,
}

impl Overview {
    /// The overview of the manifests, and of a plan.
    pub(super) fn new(atlas: &Atlas, plan: Option<&Plan>) -> Self {
        let listed = Listed::new(atlas, plan);
        let mut left_out = Vec::new();
        let mut rows = plan.map_or_else(Vec::new, |plan| slots::rows(plan, &listed, &mut left_out));
        if plan.is_some() || atlas.instances.len() > 1 {
            let known = shown(&rows);
            let shared = listed.has(None).then_some(None);
            let owners = (0..atlas.instances.len()).map(Some).chain(shared);
            rows.extend(owners.filter(|owner| !known.contains(owner)).map(|owner| listed.row(owner)));
        }
        let more = rows.len().saturating_sub(ROWS);
        rows.truncate(ROWS);
        left_out.extend((more > 0).then(|| format!("{more} more have no row here")));
        let more = listed.more_columns;
        left_out.extend((more > 0).then(|| format!("{more} more networks have no column here")));
        Self { columns: listed.columns, rows, left_out, by_slot: plan.is_some() }
    }

    /// Whether something looks like this.
    pub(super) fn has(&self, look: Look) -> bool {
        let cells = self.rows.iter().flat_map(|row| row.cells.iter().filter_map(|cell| cell.look));
        self.rows.iter().map(|row| row.look).chain(cells).any(|one| one == look)
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty() || self.columns.is_empty()
    }

    /// The words above the rows' names.
    fn head(&self) -> &'static str {
        if self.by_slot { "slot" } else { "instance" }
    }
}

impl Row {
    /// ` 2 openstack2`.
    fn title(&self) -> String {
        self.slot.map_or_else(|| self.name.clone(), |slot| format!("{slot:>2} {}", self.name))
    }
}

/// The instances that have rows; `None` if a row shows what all share.
fn shown(rows: &[Row]) -> BTreeSet<Option<usize>> {
    let of_cell = |cell: &Cell| cell.look.filter(|look| *look == Look::Taken(None));
    let looks = rows.iter().flat_map(|row| row.cells.iter().filter_map(of_cell).chain([row.look]));
    let owner = |look| if let Look::Taken(owner) = look { Some(owner) } else { None };
    looks.filter_map(owner).collect()
}

/// What the manifests say of each network and instance.
struct Listed<'m> {
    atlas: &'m Atlas,
    /// The instances' places by name.
    instances: BTreeMap<&'m str, usize>,
    columns: Vec<String>,
    more_columns: usize,
    /// By column and owner, the places of the networks.
    places: BTreeMap<(usize, Option<usize>), Vec<usize>>,
}

impl<'m> Listed<'m> {
    fn new(atlas: &'m Atlas, plan: Option<&Plan>) -> Self {
        let instances = atlas.instances.iter().map(String::as_str).zip(0..).collect();
        let mut listed =
            Self { atlas, instances, columns: Vec::new(), more_columns: 0, places: BTreeMap::new() };
        let mut loose = Vec::new();
        for group in atlas.groups() {
            match group.first().filter(|(_, network)| network.stated) {
                None => loose.extend(group),
                Some(_) if listed.columns.len() >= COLUMNS => {
                    listed.more_columns = listed.more_columns.saturating_add(1);
                }
                Some((_, network)) => listed.add(network.names.first().cloned().unwrap_or_default(), &group),
            }
        }
        for network in plan.into_iter().flat_map(|plan| &plan.networks) {
            if !listed.columns.iter().any(|name| name.eq_ignore_ascii_case(&network.name)) {
                listed.columns.push(network.name.clone());
            }
        }
        if !loose.is_empty() {
            listed.add("no stated subnet".to_owned(), &loose);
        }
        listed
    }

    fn add(&mut self, name: String, networks: &[(usize, &Network)]) {
        let column = self.columns.len();
        self.columns.push(name);
        for (place, network) in networks {
            for owner in network.owners() {
                self.places.entry((column, owner)).or_default().push(*place);
            }
        }
    }

    fn has(&self, owner: Option<usize>) -> bool {
        (0..self.columns.len()).any(|column| self.places.contains_key(&(column, owner)))
    }

    /// The networks that an instance has in a column, with their places.
    fn of(&self, column: usize, owner: Option<usize>) -> Vec<(usize, &'m Network)> {
        let places = self.places.get(&(column, owner)).into_iter().flatten();
        places.filter_map(|place| Some((*place, self.atlas.networks.get(*place)?))).collect()
    }

    fn row(&self, owner: Option<usize>) -> Row {
        let cells = (0..self.columns.len()).map(|column| self.cell(column, owner).unwrap_or_default());
        let name = self.atlas.owner(owner).to_owned();
        Row { slot: None, name, look: Look::Taken(owner), cells: cells.collect() }
    }

    fn cell(&self, column: usize, owner: Option<usize>) -> Option<Cell> {
        let networks = self.of(column, owner);
        networks.first()?;
        let text = |network: &Network| {
            if network.stated { network.block.to_string() } else { spelled_near(network) }
        };
        let parts = networks.iter().map(|(place, network)| (text(network), Some(*place))).collect();
        Some(Cell { look: Some(Look::Taken(owner)), parts, carried: carried(&networks, owner) })
    }
}

/// What is used of a subnet that no manifest states.
fn spelled_near(network: &Network) -> String {
    match network.spans.as_slice() {
        [only] => spelled(&only.block),
        _ => format!("in {}", network.block),
    }
}

/// The VLAN IDs and the host interfaces of an instance's networks.
fn carried(networks: &[(usize, &Network)], owner: Option<usize>) -> String {
    let mut words: Vec<String> = Vec::new();
    for (_, network) in networks {
        let wires = network.wires.iter().filter(|wire| wire.owner.is_none() || wire.owner == owner);
        for word in words::vlans(network).into_iter().chain(wires.take(3).map(|wire| wire.name.clone())) {
            if !words.contains(&word) {
                words.push(word);
            }
        }
    }
    words.join(", ")
}
