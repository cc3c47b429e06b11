//! A plan read: texts to blocks and distances, with all that is wrong. Must not know slots.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::address::Block;
use crate::config::{AddressPlan, ConfigError, PlannedNetwork};

use super::distance::Distance;
use super::{Course, Network, Plan, Registered, VLAN_STEP};

impl Plan {
    /// Makes a plan ready, or says all that is wrong with it.
    pub fn new(plan: &AddressPlan) -> Result<Self, Vec<ConfigError>> {
        let mut wrong = Vec::new();
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
            networks.push(of_network(plan, &field, network, &mut wrong));
        }
        let reserved = blocks("spec.reserved.addresses", &plan.reserved.addresses, &mut wrong);
        let reserved_vlans = plan.reserved.vlans.iter().enumerate().filter_map(|(index, value)| {
            let read = vlans(value).ok_or_else(|| {
                let message = format!("{value} is no VLAN ID (100) and no range of them (100-199)");
                ConfigError::new(format!("spec.reserved.vlans[{index}]"), message)
            });
            read.map_err(|error| wrong.push(error)).ok()
        });
        let reserved_vlans = reserved_vlans.collect();
        let mut instances = std::collections::BTreeMap::new();
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
            slots: plan.slots.unwrap_or(1),
        };
        if wrong.is_empty() { Ok(made) } else { Err(wrong) }
    }
}

fn of_network(
    plan: &AddressPlan,
    field: &str,
    network: &PlannedNetwork,
    wrong: &mut Vec<ConfigError>,
) -> Network {
    let addresses = blocks(&format!("{field}.addresses"), &network.addresses, wrong);
    let course = course(field, network, &addresses, wrong);
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
    }
}

fn course(
    field: &str,
    network: &PlannedNetwork,
    addresses: &[Block],
    wrong: &mut Vec<ConfigError>,
) -> Course {
    let said = [network.shared, network.step.is_some(), network.slices.is_some()];
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
        slices => Course::Slices(of_families(&format!("{field}.slices"), slices.as_ref(), wrong)),
    }
}

/// A block, or one for each family.
fn of_families(field: &str, value: Option<&Value>, wrong: &mut Vec<ConfigError>) -> Vec<Block> {
    let texts: Vec<String> = match value {
        None => Vec::new(),
        Some(Value::Array(each)) => each.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        Some(one) => one.as_str().map(str::to_owned).into_iter().collect(),
    };
    let blocks = blocks(field, &texts, wrong);
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
    let (slot, spec) = match value {
        Value::Object(fields) => {
            let rest = fields.iter().filter(|(key, _)| *key != "slot");
            (fields.get("slot"), rest.map(|(key, value)| (key.clone(), value.clone())).collect())
        }
        slot => (Some(slot), Map::new()),
    };
    let slot = slot.and_then(Value::as_u64).and_then(|slot| u32::try_from(slot).ok());
    slot.filter(|slot| *slot > 0).map(|slot| Registered { slot, spec }).ok_or_else(|| {
        ConfigError::new(
            format!("spec.instances.{name}"),
            "takes a slot, a whole number from 1 on, or `{slot: 3, …}`",
        )
    })
}
