//! The address plans of a list: each is checked in every run, and one completes the config that names it.

use serde_json::{Map, Value, json};

use super::failure::of_plan;
use crate::config::{
    ADDRESS_PLAN, API_VERSION, ConfigError, GROUP, INSTANCE, Instance, Planned, Printer, Sharing, Spec,
    complete, nearest, read_plan,
};
use crate::krm::{Finding, Item, listed};
use crate::plan::Plan;
use crate::rules::{self, Levels, said};

/// The plans of a list.
pub(super) fn plans<'i, 'a>(items: &'i [Item<'a>]) -> impl Iterator<Item = &'i Item<'a>> {
    items.iter().filter(|item| item.is(GROUP, ADDRESS_PLAN.kind))
}

/// What there is to say of every plan of a list.
pub(super) fn findings(items: &[Item<'_>], levels: &Levels) -> Vec<Finding> {
    let of_plan = |item: &Item<'_>| match ready(item) {
        Ok(plan) => rules::check_plan(&plan, item, levels),
        Err(findings) => findings,
    };
    plans(items).flat_map(of_plan).collect()
}

/// A plan read, or all that is wrong with it.
fn ready(item: &Item<'_>) -> Result<Plan, Vec<Finding>> {
    let (plan, mut wrong) = read_plan(item.node);
    match Plan::new(&plan) {
        Ok(plan) if wrong.is_empty() => return Ok(plan),
        Ok(_) => {}
        Err(more) => wrong.extend(more),
    }
    Err(of_plan(item, &wrong))
}

/// The one plan of a list, or the one of a name; the error says what there is instead, and what to write.
pub fn plan_item<'i, 'a>(items: &'i [Item<'a>], name: Option<&str>) -> Result<&'i Item<'a>, String> {
    let is_asked = |item: &&Item<'_>| name.is_none_or(|name| item.name() == name);
    let mut found = plans(items).filter(is_asked);
    match (found.next(), found.next()) {
        (Some(item), None) => Ok(item),
        (Some(_), Some(_)) => Err(several(items, name)),
        (None, _) => Err(none(items, name)),
    }
}

fn several(items: &[Item<'_>], name: Option<&str>) -> String {
    let each: Vec<String> = plans(items)
        .filter(|item| name.is_none_or(|name| item.name() == name))
        .map(|item| format!("{:?} in {}", item.name(), item.path.unwrap_or("stdin")))
        .collect();
    let what = if name.is_some() { "give the path of one" } else { "say which by --name" };
    format!("there are {} plans: {}; {what}", each.len(), listed(&each))
}

fn none(items: &[Item<'_>], name: Option<&str>) -> String {
    let known: Vec<String> = plans(items).map(|item| format!("{:?}", item.name())).collect();
    match name.filter(|_| !known.is_empty()) {
        Some(name) => format!("there is no plan {name:?} but {}; say one of them by --name", listed(&known)),
        None => format!(
            "there is no plan; write one with `apiVersion: {API_VERSION}` and `kind: {}`, or have it written from the base: \
             multi-rhoso plan --init PATH",
            ADDRESS_PLAN.kind
        ),
    }
}

/// A plan read, with what there is to say of it by itself and against the one before; or all that is wrong with it.
pub fn read_ready(item: &Item<'_>, was: Option<&Plan>) -> Result<(Plan, Vec<Finding>), Vec<Finding>> {
    let (plan, levels) = (ready(item)?, Levels::default());
    let mut findings = rules::check_plan(&plan, item, &levels);
    findings.extend(was.into_iter().flat_map(|was| rules::check_plan_again(was, &plan, item, &levels)));
    Ok((plan, findings))
}

/// The whole config of an instance of a plan, which needs no plan then.
pub fn long_config(plan: &Plan, item: &Item<'_>, name: &str) -> Result<Value, Vec<Finding>> {
    let of_plan = |wrong: Vec<ConfigError>| of_plan(item, &wrong);
    let spec = plan.spec(name, &Map::new()).map_err(of_plan)?;
    complete(&spec).map_err(of_plan)?;
    Ok(json!({
        "apiVersion": INSTANCE.api_version,
        "kind": INSTANCE.kind,
        "metadata": { "name": name },
        "spec": in_order(spec),
    }))
}

/// The fields of a `spec` in the order in which they are explained.
fn in_order(spec: Value) -> Value {
    let Value::Object(mut rest) = spec else { return spec };
    let first = ["namespace", "from", "names", "metallb", "endpoints", "networks", "interfaces", "hosts"];
    let known = first.into_iter().filter_map(|key| Some((key.to_owned(), rest.shift_remove(key)?)));
    let mut ordered: Map<String, Value> = known.collect();
    ordered.extend(rest);
    Value::Object(ordered)
}

/// The config that a plan of the list completes, and its instance's part in what all share.
pub(super) fn completed(planned: &Planned, items: &[Item<'_>]) -> Result<(Spec, Sharing), Vec<Finding>> {
    let item = match &planned.spec.plan {
        Some(name) => of_name(name, items)?,
        None => only(items)?,
    };
    let of_plan = |wrong: Vec<ConfigError>| of_plan(item, &wrong);
    let plan = ready(item)?;
    let spec = plan.spec(&planned.name, &planned.written).map_err(of_plan)?;
    Ok((complete(&spec).map_err(of_plan)?, sharing(&plan, &planned.name).map_err(of_plan)?))
}

/// An instance's part in what the plan's instances share.
fn sharing(plan: &Plan, name: &str) -> Result<Sharing, Vec<ConfigError>> {
    match plan.printer() {
        None => Ok(Sharing::Each),
        Some(printer) if printer == name => Ok(Sharing::Own(planned_instances(plan, Some(name))?)),
        Some(printer) => {
            let is_instance = plan.instances.contains_key(printer);
            let network = is_instance.then(|| planned_instance(plan, printer)).transpose()?;
            let network = network.map(|instance| Box::new(instance.network));
            let sharers =
                planned_instances(plan, Some(printer))?.into_iter().map(|one| one.network).collect();
            Ok(Sharing::Another(Printer { name: printer.to_owned(), network, sharers }))
        }
    }
}

/// The instances of a plan by their slots, as far as the plan knows them, but for one.
pub(super) fn planned_instances(plan: &Plan, but: Option<&str>) -> Result<Vec<Instance>, Vec<ConfigError>> {
    let mut names: Vec<(u32, &str)> =
        plan.instances.iter().map(|(name, registered)| (registered.slot, name.as_str())).collect();
    names.sort_unstable();
    let others = names.into_iter().filter(|(_, name)| Some(*name) != but);
    others.map(|(_, name)| planned_instance(plan, name)).collect()
}

fn planned_instance(plan: &Plan, name: &str) -> Result<Instance, Vec<ConfigError>> {
    let spec = complete(&plan.spec(name, &Map::new())?)?;
    let namespace = spec.namespace.clone().unwrap_or_else(|| name.to_owned());
    Instance::new(spec, &namespace)
}

/// The plan that a config names, and its item.
pub(super) fn named<'i, 'a>(
    wanted: &str,
    items: &'i [Item<'a>],
) -> Result<(Plan, &'i Item<'a>), Vec<Finding>> {
    let item = of_name(wanted, items)?;
    Ok((ready(item)?, item))
}

fn of_name<'i, 'a>(wanted: &str, items: &'i [Item<'a>]) -> Result<&'i Item<'a>, Vec<Finding>> {
    plans(items).find(|item| item.name() == wanted).ok_or_else(|| vec![missing(wanted, items)])
}

/// The plan of a config that names none: a package context, whose package has one.
fn only<'i, 'a>(items: &'i [Item<'a>]) -> Result<&'i Item<'a>, Vec<Finding>> {
    let mut found = plans(items);
    let message = match (found.next(), found.next()) {
        (Some(item), None) => return Ok(item),
        (Some(one), Some(_)) => format!(
            "function config: the package context names no plan, and the list has several, {} among them; keep one, or give \
             a `kind: {}` with spec.plan",
            one.name(),
            INSTANCE.kind
        ),
        (None, _) => format!(
            "function config: the package context says which instance of a plan the package is, and the list has no {}; \
             include it in the package, with the annotation config.kubernetes.io/local-config: \"true\"",
            ADDRESS_PLAN.kind
        ),
    };
    Err(vec![said::PLAN.finding(message)])
}

fn missing(wanted: &str, items: &[Item<'_>]) -> Finding {
    let near = nearest(wanted, plans(items).map(Item::name));
    let near = near.map_or_else(String::new, |near| format!(" (did you mean {near:?}?)"));
    let message = format!(
        "function config: spec.plan: the list has no {} {wanted:?}{near}; include it in the base, with the annotation \
         config.kubernetes.io/local-config: \"true\"",
        ADDRESS_PLAN.kind
    );
    said::PLAN.finding(message)
}

/// A plan that the config does not name.
pub(super) fn unnamed(items: &[Item<'_>], name: &str) -> Option<Finding> {
    let item = plans(items).next()?;
    let message = format!(
        "the list has this plan, and the function config of {name} does not name it, so that what it says of {name} does not \
         hold; write spec.plan: {}, and what differs beside it",
        item.name()
    );
    Some(said::PLAN_UNNAMED.finding(message).on(item))
}
