//! A plan read: texts to blocks and distances, with all that is wrong. Must not know slots.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::address::Block;
use crate::config::{AddressPlan, ConfigError, PlannedNetwork, nearest};

use super::distance::Distance;
use super::{Course, Inside, MOST, Network, Plan, Registered, VLAN_STEP};

impl Plan {
    /// Makes a plan ready, or says all that is wrong with it.
    pub fn new(plan: &AddressPlan) -> Result<Self, Vec<ConfigError>> {
        let mut wrong = Vec::new();
        let networks = networks(plan, &mut wrong);
        let reserved = blocks("spec.reserved.addresses", &plan.reserved.addresses, &mut wrong);
        let reserved_vlans = reserved_vlans(plan, &mut wrong);
        let mut instances = BTreeMap::new();
        for (name, value) in &plan.instances {
            match registered(name, value) {
                Ok(registered) => drop(instances.insert(name.clone(), registered)),
                Err(error) => wrong.push(error),
            }
        }
        let made = Self {
            from: plan.from.namespace.clone(),
            networks,
            interfaces: plan.interfaces.clone(),
            reserved,
            reserved_vlans,
            instances,
            defaults: plan.defaults.clone(),
            shared_by: plan.shared_by.clone(),
            slots: plan.slots.unwrap_or(1),
        };
        wrong.extend(uncounted(plan));
        wrong.extend(unprinted(&made));
        wrong.extend(unsliced(&made));
        if wrong.is_empty() { Ok(made) } else { Err(wrong) }
    }
}

fn networks(plan: &AddressPlan, wrong: &mut Vec<ConfigError>) -> Vec<Network> {
    let mut names = BTreeSet::new();
    let mut networks = Vec::new();
    for (index, network) in plan.networks.iter().enumerate() {
        let field = format!("spec.networks[{index}]");
        // An entry that could not be read, and was said so, has a name that nobody writes.
        if network.name.starts_with('\0') {
            continue;
        }
        if !names.insert(network.name.to_lowercase()) {
            let message = format!("the network {:?} is given twice", network.name);
            wrong.push(ConfigError::new(format!("{field}.name"), message));
        }
        networks.push(of_network(plan, &field, network, wrong));
    }
    networks
}

fn reserved_vlans(plan: &AddressPlan, wrong: &mut Vec<ConfigError>) -> Vec<(u16, u16)> {
    let read = |(index, value): (usize, &Value)| {
        vlans(value).ok_or_else(|| {
            let message = format!("{value} is no VLAN ID (100) and no range of them (100-199)");
            ConfigError::new(format!("spec.reserved.vlans[{index}]"), message)
        })
    };
    let each = plan.reserved.vlans.iter().enumerate().map(read);
    each.filter_map(|vlans| vlans.map_err(|error| wrong.push(error)).ok()).collect()
}

/// More slots than there can be.
fn uncounted(plan: &AddressPlan) -> Option<ConfigError> {
    let slots = plan.slots.filter(|slots| *slots > MOST)?;
    let message = format!("takes a whole number up to {MOST}, and the number {slots} stands there");
    Some(ConfigError::new("spec.slots", message))
}

/// A name that is nearly that of an instance, to which nobody would print what is shared.
fn unprinted(plan: &Plan) -> Option<ConfigError> {
    let named = plan.shared_by.as_deref().filter(|name| !plan.instances.contains_key(*name))?;
    let near = nearest(named, plan.instances.keys().map(String::as_str))?;
    let message = format!(
        "there is no instance {named:?} (did you mean {near:?}?), and everybody would leave to it what all share"
    );
    Some(ConfigError::new("spec.sharedBy", message))
}

/// An instance that has a slice of networks that have none.
fn unsliced(plan: &Plan) -> Option<ConfigError> {
    let has_slices =
        |network: &Network| network.inside.is_some() || matches!(network.course, Course::Slices(_));
    let (name, _) = plan.instances.iter().find(|(_, registered)| registered.slice.is_some())?;
    let message =
        "no network has `slices`, of which the instance could have one; write them, or leave it out";
    let is_none = !plan.networks.iter().any(has_slices);
    is_none.then(|| ConfigError::new(format!("spec.instances.{name}.slice"), message))
}

fn of_network(
    plan: &AddressPlan,
    field: &str,
    network: &PlannedNetwork,
    wrong: &mut Vec<ConfigError>,
) -> Network {
    let addresses = blocks(&format!("{field}.addresses"), &network.addresses, wrong);
    let course = course(field, network, &addresses, wrong);
    let existing = existing(plan, field, network, &addresses, wrong);
    let inside = inside(field, network, &addresses, wrong);
    let step = network.vlan_step.or(plan.vlan_step).unwrap_or(VLAN_STEP);
    let template = |own: &Option<String>, default: &str| own.clone().unwrap_or_else(|| default.to_owned());
    let with = |base: &Option<String>, own: &Option<String>, default| {
        base.clone().map(|base| (base, template(own, default)))
    };
    Network {
        name: network.name.clone(),
        within: of_families(&format!("{field}.within"), network.within.as_ref(), wrong),
        vlan: network.vlan.map(|vlan| (vlan, step)),
        interface: with(&network.interface, &network.interface_template, "{base}{slot}"),
        dns_domain: with(&network.dns_domain, &network.dns_domain_template, "{label}{slot}.{rest}"),
        addresses,
        course,
        existing,
        inside,
    }
}

/// What instances have that do not follow the step: as much of each as the base.
fn existing(
    plan: &AddressPlan,
    field: &str,
    network: &PlannedNetwork,
    addresses: &[Block],
    wrong: &mut Vec<ConfigError>,
) -> BTreeMap<String, Vec<Block>> {
    let mut existing = BTreeMap::new();
    for (name, texts) in &network.existing {
        let field = format!("{field}.existing.{name}");
        let known = plan.instances.keys().map(String::as_str);
        if let Some(near) = nearest(name, known).filter(|_| !plan.instances.contains_key(name)) {
            let message = format!("there is no instance {name:?} (did you mean {near:?}?)");
            wrong.push(ConfigError::new(&field, message));
        }
        let own = blocks(&field, texts, wrong);
        let is_like = |(own, base): (&Block, &Block)| {
            own.size() == base.size() && own.first().is_ipv4() == base.first().is_ipv4()
        };
        if own.len() == texts.len()
            && (own.len() != addresses.len() || !own.iter().zip(addresses).all(is_like))
        {
            let message = "takes a block for each of `addresses`, of its family and as large";
            wrong.push(ConfigError::new(&field, message));
        }
        existing.insert(name.clone(), own);
    }
    if !network.existing.is_empty() && network.step.is_none() {
        wrong.push(ConfigError::new(
            format!("{field}.existing"),
            "are exceptions from a `step`, and there is none",
        ));
    }
    existing
}

/// What an instance inside the base's subnets has.
fn inside(
    field: &str,
    network: &PlannedNetwork,
    addresses: &[Block],
    wrong: &mut Vec<ConfigError>,
) -> Option<Inside> {
    let is_both = network.step.is_some() && network.slices.is_some();
    if is_both == network.ranges.is_empty() {
        let message = "`ranges` are what the base uses of its addresses, and `slices` where another instance has ranges as \
                       large: beside `step`, give both or none";
        wrong.push(ConfigError::new(format!("{field}.ranges"), message));
    }
    if !is_both {
        return None;
    }
    let ranges = blocks(&format!("{field}.ranges"), &network.ranges, wrong);
    let slices = listed(&format!("{field}.slices"), network.slices.as_ref(), wrong);
    let is_in = |block: &&Block| addresses.iter().any(|one| one.contains_block(block));
    for (key, blocks) in [("ranges", &ranges), ("slices", &slices)] {
        if let Some(block) = blocks.iter().find(|block| !is_in(block)) {
            let message = format!("{block} is outside of the base's addresses");
            wrong.push(ConfigError::new(format!("{field}.{key}"), message));
        }
    }
    Some(Inside { ranges, slices })
}

fn course(
    field: &str,
    network: &PlannedNetwork,
    addresses: &[Block],
    wrong: &mut Vec<ConfigError>,
) -> Course {
    // Slices beside a step are for the instances inside the base's subnets.
    let said = [network.shared, network.step.is_some() || network.slices.is_some()];
    if said.into_iter().filter(|said| *said).count() != 1 {
        let message = "how the network goes on from slot to slot must be said once: by `step`, by `slices`, or by \
                       `shared: true`";
        wrong.push(ConfigError::new(field, message));
        return Course::Shared;
    }
    if let Some(value) = &network.step {
        let read = Distance::read(value);
        let lacks = |step: &Distance| addresses.iter().find(|block| step.of(block).is_none()).copied();
        return match read {
            Ok(step) => {
                if let Some(block) = lacks(&step) {
                    let message =
                        format!("{block} has no distance in its family; give one for each, as a list");
                    wrong.push(ConfigError::new(format!("{field}.step"), message));
                }
                Course::Step(step)
            }
            Err(message) => {
                wrong.push(ConfigError::new(format!("{field}.step"), message));
                Course::Shared
            }
        };
    }
    match &network.slices {
        None => Course::Shared,
        slices => Course::Slices(listed(&format!("{field}.slices"), slices.as_ref(), wrong)),
    }
}

/// A block, or several.
fn listed(field: &str, value: Option<&Value>, wrong: &mut Vec<ConfigError>) -> Vec<Block> {
    let texts: Vec<String> = match value {
        None => Vec::new(),
        Some(Value::Array(each)) => each.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        Some(one) => one.as_str().map(str::to_owned).into_iter().collect(),
    };
    blocks(field, &texts, wrong)
}

/// A block, or one for each family.
fn of_families(field: &str, value: Option<&Value>, wrong: &mut Vec<ConfigError>) -> Vec<Block> {
    let blocks = listed(field, value, wrong);
    let families: BTreeSet<bool> = blocks.iter().map(|block| block.first().is_ipv4()).collect();
    if families.len() < blocks.len() {
        wrong.push(ConfigError::new(field, "there are two blocks of one family; give one for each family"));
    }
    blocks
}

fn blocks(field: &str, texts: &[String], wrong: &mut Vec<ConfigError>) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (index, text) in texts.iter().enumerate() {
        match Block::parse(text) {
            Ok(block) => blocks.push(block),
            Err(error) => wrong.push(ConfigError::new(format!("{field}[{index}]"), error.to_string())),
        }
    }
    blocks
}

fn vlans(value: &Value) -> Option<(u16, u16)> {
    let id = |text: &str| text.trim().parse::<u16>().ok().filter(|id| (1..=4094).contains(id));
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let (first, last) = text.split_once('-').unwrap_or((&text, &text));
    Some((id(first)?, id(last)?)).filter(|(first, last)| first <= last)
}

fn registered(name: &str, value: &Value) -> Result<Registered, ConfigError> {
    let number = |value: Option<&Value>, first: u32| {
        let number = value.and_then(Value::as_u64).and_then(|number| u32::try_from(number).ok());
        number.filter(|number| (first..=MOST).contains(number))
    };
    let (slot, slice, spec) = match value {
        Value::Object(fields) => {
            let rest = fields.iter().filter(|(key, _)| !matches!(key.as_str(), "slot" | "slice"));
            let rest = rest.map(|(key, value)| (key.clone(), value.clone())).collect();
            (fields.get("slot"), fields.get("slice").filter(|slice| !slice.is_null()), rest)
        }
        slot => (Some(slot), None, Map::new()),
    };
    let wrong = |field: &str, message: String| {
        Err(ConfigError::new(format!("spec.instances.{name}{field}"), message))
    };
    let Some(slot) = number(slot, 1) else {
        return wrong("", format!("takes a slot, a whole number from 1 to {MOST}, or `{{slot: 3, …}}`"));
    };
    match (slice, number(slice, 2)) {
        (Some(_), None) => {
            wrong(".slice", format!("takes a whole number from 2 to {MOST}: slice 1 is the base's"))
        }
        (Some(_), _) if slot == 1 => {
            wrong(".slice", "slot 1 is the base itself, which has slice 1; leave it out".to_owned())
        }
        (_, slice) => Ok(Registered { slot, slice, spec }),
    }
}
