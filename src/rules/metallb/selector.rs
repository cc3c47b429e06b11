//! Label selectors of pools, advertisements and peers.

use std::collections::BTreeSet;

use crate::krm::{Item, is_label_value};
use crate::model::{Expression, Model, Selector};
use crate::rules::Report;

/// A selector with an invalid key, operator or values, or with a duplicate.
pub(crate) fn syntax(model: &Model<'_>, report: &mut Report) {
    for (item, list) in lists(model) {
        for selector in list {
            if let Some(reason) = fault(selector) {
                let message =
                    format!("MetalLB cannot read the selector and ignores the whole configuration: {reason}");
                report.at(item, &selector.pointer, message);
            }
        }
    }
}

fn fault(selector: &Selector<'_>) -> Option<String> {
    let labels =
        selector.labels.iter().find_map(|(key, value)| key_fault(key).or_else(|| value_fault(value)));
    let (_, sorted) = selector.sorted();
    let twice = sorted.iter().zip(sorted.iter().skip(1)).find(|(one, other)| one == other);
    let twice =
        twice.map(|(one, _)| format!("the expression about {:?} is there twice; take one out", one.key));
    labels.or(twice).or_else(|| sorted.iter().find_map(expression_fault))
}

fn expression_fault(expression: &Expression<'_>) -> Option<String> {
    let Expression { key, operator, values } = expression;
    let needs_values = match *operator {
        "In" | "NotIn" => true,
        "Exists" | "DoesNotExist" => false,
        other => return Some(format!("{other:?} is no operator; write In, NotIn, Exists or DoesNotExist")),
    };
    let twice = values.iter().zip(values.iter().skip(1)).find(|(one, other)| one == other);
    match (needs_values, values.is_empty(), twice) {
        (true, true, _) => Some(format!("{operator} of {key:?} needs values")),
        (false, false, _) => Some(format!("{operator} of {key:?} takes no values")),
        (_, _, Some((value, _))) => {
            Some(format!("the value {value:?} of {key:?} is there twice; take one out"))
        }
        _ => key_fault(key).or_else(|| values.iter().find_map(|value| value_fault(value))),
    }
}

fn key_fault(key: &str) -> Option<String> {
    let name = key.rsplit_once('/').map_or(key, |(_, name)| name);
    let wrong = name.is_empty() || !is_label_value(name);
    wrong.then(|| format!("{key:?} is no label key (letters, digits, '-', '_', '.', 63 at most)"))
}

fn value_fault(value: &str) -> Option<String> {
    let wrong = !value.is_empty() && !is_label_value(value);
    wrong.then(|| format!("{value:?} is no label value (letters, digits, '-', '_', '.', 63 at most)"))
}

/// MetalLB rejects two equal selectors in one list.
pub(crate) fn duplicate(model: &Model<'_>, report: &mut Report) {
    for (item, list) in lists(model) {
        let mut seen = BTreeSet::new();
        for selector in list {
            if !seen.insert(selector.sorted()) {
                let message = "an equal selector stands before this one, and MetalLB then ignores the whole \
                               configuration; take one out";
                report.at(item, &selector.pointer, message);
            }
        }
    }
}

/// Every list of label selectors, with its object.
fn lists<'m, 'a>(model: &'m Model<'a>) -> Vec<(&'m Item<'a>, &'m [Selector<'a>])> {
    let mut lists: Vec<(&Item<'a>, &[Selector<'a>])> = Vec::new();
    for pool in &model.pools {
        lists.extend([(&pool.item, &*pool.namespace_selectors), (&pool.item, &*pool.service_selectors)]);
    }
    for one in &model.advertisements {
        let each: [&[Selector<'a>]; 3] = [&one.pool_selectors, &one.node_selectors, &one.service_selectors];
        lists.extend(each.map(|list| (&one.item, list)));
    }
    lists.extend(model.peers.iter().map(|peer| (&peer.item, &*peer.node_selectors)));
    lists
}
