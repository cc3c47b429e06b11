//! The instances of an address plan: what is rendered of them, and what their slots hold by an arithmetic of our
//! own, written without the function's.

use std::collections::BTreeMap;
use std::net::IpAddr;

use serde_json::Value;

use super::addresses::{Interval, number, parse, shifted, within};
use super::stage::{Addresses, Instance, Rendered};
use crate::Outcome;
use crate::manifests::{read, scenario_data, text_at, values};
use crate::render;

const PLAN: &str = "AddressPlan";

/// A plan, and what else a person has beside the manifests of `overlays/base`, or in their place.
#[derive(Clone)]
pub(crate) struct Planned {
    on_the_base: bool,
    plan: Value,
    beside: Vec<Value>,
    services: usize,
    families: Vec<String>,
}

impl Planned {
    /// The plan and the manifests in a scenario's data; so many Services has each instance.
    pub(crate) fn read(file: &str, on_the_base: bool, services: usize, families: &[&str]) -> Outcome<Self> {
        let mut beside = values(&read(&scenario_data(file))?)?;
        let plan = beside.iter().position(|item| item["kind"] == PLAN);
        let plan = beside.remove(plan.ok_or_else(|| format!("{file} has no {PLAN}"))?);
        let families = families.iter().map(|family| (*family).to_owned()).collect();
        Ok(Self { on_the_base, plan, beside, services, families })
    }

    /// With these instances only.
    pub(crate) fn only(mut self, stays: impl Fn(&str) -> bool) -> Self {
        if let Some(instances) = self.plan["spec"]["instances"].as_object_mut() {
            instances.retain(|name, _| stays(name));
        }
        self
    }

    /// With an instance in another slot.
    pub(crate) fn in_slot(mut self, name: &str, slot: u32) -> Self {
        self.plan["spec"]["instances"][name] = slot.into();
        self
    }

    /// With a default for all instances, and more manifests.
    pub(crate) fn with(mut self, field: &str, value: Value, beside: Vec<Value>) -> Self {
        self.plan["spec"]["defaults"][field] = value;
        self.beside.extend(beside);
        self
    }

    /// In the order of their slots.
    pub(crate) fn names(&self) -> Vec<String> {
        let mut names: Vec<(u32, String)> =
            self.instances().map(|(name, entry)| (slot(entry), name.clone())).collect();
        names.sort();
        names.into_iter().map(|(_, name)| name).collect()
    }

    /// What the overlay of each instance prints.
    pub(crate) fn rendered(&self) -> Outcome<Vec<Rendered>> {
        self.rendered_of(&self.names())
    }

    /// What the overlays of some of its instances print.
    pub(crate) fn rendered_of(&self, names: &[String]) -> Outcome<Vec<Rendered>> {
        // JSON is YAML, and one document for each is a stream.
        let items = self.beside.iter().chain([&self.plan]);
        let beside: Vec<String> = items.map(Value::to_string).collect();
        let plan = text_at(&self.plan, "/metadata/name");
        let texts = render::planned(self.on_the_base, &beside.join("\n---\n"), plan, names)?;
        Ok(names.iter().map(|name| self.instance(name)).zip(texts).collect())
    }

    /// All host interfaces of networks, in every instance.
    pub(crate) fn vlans(&self) -> impl Iterator<Item = String> {
        let instances = self.names().into_iter().map(|name| self.instance(&name));
        instances.flat_map(|instance| instance.pools.into_values())
    }

    /// Every address is in the block that its network has in the instance's slot.
    pub(crate) fn in_own_slot(&self, instance: &Instance, addresses: &Addresses) -> Outcome<()> {
        let blocks = self.blocks(&instance.overlay)?;
        for (name, given) in addresses {
            let network = given.pool.strip_prefix(&format!("{}-", instance.overlay)).unwrap_or_default();
            let block = blocks.get(network).ok_or_else(|| format!("no network has {}", given.pool))?;
            let own = |text: &String| text.parse().is_ok_and(|address: IpAddr| within(block, address));
            if let Some(foreign) = given.addresses.iter().find(|address| !own(address)) {
                return Err(format!("{}/{name}: {foreign} is not of its slot", instance.overlay));
            }
        }
        Ok(())
    }

    pub(crate) fn slot(&self, name: &str) -> u32 {
        self.instances().find(|(other, _)| *other == name).map_or(0, |(_, entry)| slot(entry))
    }

    fn instances(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.plan["spec"]["instances"].as_object().into_iter().flatten()
    }

    fn networks(&self) -> impl Iterator<Item = &Value> {
        self.plan["spec"]["networks"].as_array().into_iter().flatten()
    }

    /// By the default names: pools are the namespace's, an interface of a slot has its number behind it.
    fn instance(&self, name: &str) -> Instance {
        let slot = self.slot(name);
        let suffix = if slot == 1 { String::new() } else { slot.to_string() };
        let pool = |network: &Value| {
            let interface = network["interface"].as_str()?;
            Some((format!("{name}-{}", text_at(network, "/name")), format!("{interface}{suffix}")))
        };
        Instance {
            overlay: name.to_owned(),
            services: self.services,
            families: self.families.clone(),
            pools: self.networks().filter_map(pool).collect(),
        }
    }

    /// The blocks of an instance, by networks.
    fn blocks(&self, name: &str) -> Outcome<BTreeMap<String, Vec<Interval>>> {
        let further = u128::from(self.slot(name)) - 1;
        let of = |network: &Value| {
            let listed = network["addresses"].as_array().into_iter().flatten().filter_map(Value::as_str);
            let moved = listed.filter_map(parse).flatten().map(|block| {
                let step = step(network, block.0).ok_or_else(|| format!("no step of {network}"))?;
                Ok(shifted(block, further * step))
            });
            Ok((text_at(network, "/name").to_owned(), moved.collect::<Outcome<Vec<_>>>()?))
        };
        self.networks().map(of).collect()
    }
}

/// A number, or beside other fields.
fn slot(entry: &Value) -> u32 {
    let number = entry.as_u64().or_else(|| entry["slot"].as_u64());
    number.and_then(|number| number.try_into().ok()).unwrap_or_default()
}

/// How far one slot is from the next, in one family.
fn step(network: &Value, is_v4: bool) -> Option<u128> {
    let steps =
        network["step"].as_array().map_or_else(|| vec![&network["step"]], |list| list.iter().collect());
    let steps = steps.into_iter().filter_map(|step| step.as_str()?.parse::<IpAddr>().ok().map(number));
    steps.into_iter().find(|(family, _)| *family == is_v4).map(|(_, step)| step)
}
