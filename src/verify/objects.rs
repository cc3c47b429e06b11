//! Rendered objects against live ones: which are not there, and what they have otherwise.

use std::collections::BTreeSet;
use std::net::IpAddr;

use crate::catalogue::kinds::{METALLB, NMSTATE, NODE_POLICY};
use crate::find::value;
use crate::krm::{Item, at_most, kind_argument, listed, shell_word};
use crate::model::{Interface, Model, NodePolicy, identity};
use crate::path;
use crate::yaml::{Node, Pointer};

use super::Fault;
use super::command::{apply, kubectl};
use super::compare::{Difference, differences};
use super::fetch::is_secret;
use super::live::Live;
use super::scalar::is_nothing;
use super::secrets;
use super::table::{DEFINED_TWICE, DIFFERS, MISSING, NODE_ADDRESS, NODE_POLICY_STATE, NOT_FETCHED, meaning};

/// So many differences of one object are told.
const TOLD: usize = 8;
/// So many characters of a value.
const SHOWN: usize = 80;
const MEND: &str = "apply what is rendered";

/// What is missing or otherwise, in the order of the rendered list.
pub(super) fn faults<'a>(rendered: &Model<'a>, live: &Live<'a>) -> Vec<Fault> {
    let secrets: Vec<&Item<'_>> = rendered.objects.iter().filter(|item| is_secret(item)).collect();
    let mut faults = not_fetched(rendered, live);
    let mut seen = BTreeSet::new();
    let fetched = rendered.objects.iter().filter(|item| live.has_kind(item.group(), item.kind));
    for item in fetched {
        if !seen.insert(identity(item)) {
            faults.push(defined_twice(item));
            continue;
        }
        match live.counterpart(item) {
            None => faults.push(missing(item)),
            Some(found) if is_secret(item) => faults.extend(secrets::differences(item, found)),
            Some(found) => faults.extend(compared(item, found)),
        }
    }
    if !live.has_kind("", "Secret") {
        faults.extend(secrets::unread(&secrets));
    }
    faults
}

/// Kinds of which the live list has nothing, Secrets excepted, which are not asked for.
fn not_fetched(rendered: &Model<'_>, live: &Live<'_>) -> Vec<Fault> {
    let missing = rendered.objects.iter().filter(|item| !is_secret(item));
    let missing: Vec<&Item<'_>> = missing.filter(|item| !live.has_kind(item.group(), item.kind)).collect();
    let is_first =
        |at: usize, item: &Item<'_>| missing.iter().take(at).all(|other| !item.is(other.group(), other.kind));
    let first = missing.iter().enumerate().filter(|(at, item)| is_first(*at, item));
    let fault = |(_, item): (usize, &&Item<'_>)| {
        let alike = missing.iter().filter(|other| other.is(item.group(), item.kind));
        let names: Vec<String> = alike.map(|one| one.reference().to_string()).collect();
        let cause = format!(
            "the live list holds no {} at all, and {} should be there: either none of the kind is on the cluster, or what \
             fetched the list left it out (multi-rhoso verify --get prints the command)",
            item.kind,
            listed(&at_most(5, names.into_iter()))
        );
        Fault::new(&NOT_FETCHED, &cause, "if it was fetched, apply", apply(item, false)).on(item)
    };
    first.map(fault).collect()
}

fn missing(item: &Item<'_>) -> Fault {
    let fault = Fault::new(&MISSING, "it is not on the cluster", MEND, apply(item, false));
    if is_secret(item) { fault.about(item) } else { fault.on(item) }
}

fn defined_twice(item: &Item<'_>) -> Fault {
    let cause = "another rendered object has its kind, namespace and name, and other content, and the cluster can hold one \
                 of them only";
    let command = match item.path.filter(|path| *path != "stdin") {
        Some(path) => format!("multi-rhoso check {}", shell_word(path)),
        None => "multi-rhoso check -".to_owned(),
    };
    let fault = Fault::new(&DEFINED_TWICE, cause, "give one another name, and check", command);
    if is_secret(item) { fault.about(item) } else { fault.on(item) }
}

fn compared(item: &Item<'_>, found: &Item<'_>) -> Vec<Fault> {
    let is_whole = [METALLB, NMSTATE].contains(&item.group());
    let mut addresses = node_addresses(item, found);
    let is_told = |difference: &Difference<'_>| {
        difference.rendered.is_some()
            && difference.live.is_none_or(is_nothing)
            && is_of_addresses(&difference.pointer)
            && !addresses.is_empty()
    };
    let differences = differences(item, found, is_whole);
    let differences: Vec<_> = differences.into_iter().filter(|one| !is_told(one)).collect();
    let more = differences.len().saturating_sub(TOLD);
    let told = differences.iter().take(TOLD).enumerate();
    let told = told.map(|(at, one)| difference(item, one, if at + 1 == TOLD { more } else { 0 }));
    addresses.extend(told);
    addresses.extend(degraded(item, found));
    addresses
}

fn difference(item: &Item<'_>, one: &Difference<'_>, more: usize) -> Fault {
    let shown = |node: &Node<'_>| clipped(&node.to_value().to_string());
    let mut cause = match (one.rendered, one.live) {
        (Some(rendered), None) => format!("it is rendered as {}, and is not there", shown(rendered)),
        (Some(rendered), Some(live)) => {
            format!("it is rendered as {}, and the live value is {}", shown(rendered), shown(live))
        }
        (None, live) => {
            let live = live.map(shown).unwrap_or_default();
            format!("the live list also holds {live}, which is not rendered")
        }
    };
    if let Some(meaning) = meaning(item.group(), one.pointer.as_str()) {
        cause = format!("{cause}: {meaning}");
    }
    if more > 0 {
        cause = format!("{cause}; {more} more fields of the object are otherwise");
    }
    let fault = Fault::new(&DIFFERS, &cause, MEND, apply(item, true));
    let finding = fault.finding.at(item, &one.pointer).without_current();
    let finding = match one.live {
        Some(live) => finding.with_current(live.to_value()),
        None => finding,
    };
    let finding = match one.rendered {
        Some(rendered) => finding.proposing(rendered.to_value()),
        None => finding,
    };
    Fault { finding, ..fault }
}

/// The beginning of a long text.
fn clipped(text: &str) -> String {
    let short: String = text.chars().take(SHOWN).collect();
    if short.len() < text.len() { format!("{short}…") } else { short }
}

/// Whether a place is an interface's list of addresses, or an item of it.
fn is_of_addresses(pointer: &Pointer) -> bool {
    let tokens: Vec<String> = pointer.tokens().map(|token| token.decoded().into_owned()).collect();
    let is_list = |family: &str, list: &str| list == "address" && family.starts_with("ipv");
    match tokens.as_slice() {
        [.., family, list, _] if is_list(family, list) => true,
        [.., family, list] => is_list(family, list),
        _ => false,
    }
}

/// The addresses of nodes that the live policy does not have on the interface that they are rendered on.
fn node_addresses(item: &Item<'_>, found: &Item<'_>) -> Vec<Fault> {
    if !item.is(NMSTATE, NODE_POLICY) {
        return Vec::new();
    }
    let (policy, live) = (NodePolicy::read(item), NodePolicy::read(found));
    let has = |interface: &str, address: IpAddr| {
        let same = live.interfaces.iter().filter(|other| other.name == interface);
        same.flat_map(Interface::addresses).any(|other| other.ip.value == Some(address))
    };
    let mut faults = Vec::new();
    for interface in &policy.interfaces {
        for address in interface.addresses() {
            if address.ip.value.is_some_and(|ip| !has(interface.name, ip)) {
                let cause = format!(
                    "the address {} of interface {} is not in the live policy, so the nodes do not have it",
                    address.ip.text, interface.name
                );
                let fault = Fault::new(&NODE_ADDRESS, &cause, MEND, apply(item, true));
                faults.push(Fault { finding: fault.finding.at(item, &address.ip.pointer), ..fault });
            }
        }
    }
    faults
}

/// What `NMState` says of a policy that it could not apply.
///
/// Source: kubernetes-nmstate `api/shared/condition.go` and `policyconditions` (`Degraded`, with the reason of a node).
fn degraded(item: &Item<'_>, found: &Item<'_>) -> Option<Fault> {
    let conditions = value(found.node, path!("status.conditions")).filter(|_| item.group() == NMSTATE)?;
    let word = |node: &Node<'_>, key: &str| node.get(key).and_then(Node::text).map(str::to_owned);
    let degraded = conditions.items().iter().find(|one| {
        word(one, "type").as_deref() == Some("Degraded") && word(one, "status").as_deref() == Some("True")
    })?;
    let said = word(degraded, "message").unwrap_or_default();
    let cause = format!("NMState could not apply it to every node: {}", clipped(said.trim()));
    let label = format!("nmstate.io/policy={}", item.name());
    let enactments = kind_argument("nmstate.io/v1beta1", "NodeNetworkConfigurationEnactment");
    let command = kubectl(&["get", &enactments, "-l", &label, "-o", "yaml"]);
    Some(Fault::new(&NODE_POLICY_STATE, &cause, "see what each node says", command).on(item))
}
