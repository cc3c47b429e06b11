//! Names and labels of objects, as the API server checks those of custom resources.
//!
//! Source: Kubernetes `apimachinery/pkg/api/validation` (`NameIsDNSSubdomain`, `ValidateLabels`, `ValidateAnnotations`).

use crate::catalogue::kinds;
use crate::find::{place, under, value};
use crate::krm::{Item, is_dns_label, is_label_value};
use crate::model::Model;
use crate::path;
use crate::path::Path;
use crate::rules::Report;
use crate::yaml::Node;

/// What is wrong with a text, and what would be right.
type Fault = &'static str;

/// A name, a label or an annotation's key that the API server refuses, of OpenStack's and MetalLB's kinds.
pub(crate) fn refused(model: &Model<'_>, report: &mut Report) {
    let is_custom = |item: &&Item<'_>| item.group() == kinds::METALLB || kinds::is_openstack(item.group());
    for item in model.objects.iter().filter(is_custom) {
        of_name(item, report);
        of_words(item, path!("metadata.labels"), true, report);
        of_words(item, path!("metadata.annotations"), false, report);
    }
}

fn of_name(item: &Item<'_>, report: &mut Report) {
    let has =
        |path| value(item.node, path).is_some_and(|node| node.text().is_some_and(|text| !text.is_empty()));
    let at = place(path!("metadata.name"));
    if !has(path!("metadata.name")) {
        if !has(path!("metadata.generateName")) {
            report.on(item, "the object has no name; write one into metadata.name");
        }
    } else if let Some(fault) = subdomain(item.name()) {
        report.at(item, &at, format!("{:?} is no name of an object; {fault}", item.name()));
    }
    if let Some(namespace) = item.namespace()
        && let Some(fault) = label(namespace, 63)
    {
        report.at(
            item,
            &place(path!("metadata.namespace")),
            format!("{namespace:?} is no namespace; {fault}"),
        );
    }
}

fn of_words(item: &Item<'_>, path: Path, are_labels: bool, report: &mut Report) {
    let entries = value(item.node, path).map(Node::entries).unwrap_or_default();
    for (key, node) in entries.iter().filter_map(|entry| Some((entry.key.text()?, &entry.value))) {
        let pointer = under(&place(path), &[key]);
        if let Some(fault) = qualified(key) {
            let message = format!("{key:?} is no key of a label or annotation; {fault}");
            report.add(report.finding(message).at_key(item, &pointer));
        }
        let text = node.text().filter(|text| are_labels && !text.is_empty());
        if let Some((text, fault)) = text.and_then(|text| Some((text, word(text)?))) {
            report.at(item, &pointer, format!("{text:?} is no value of a label; {fault}"));
        }
    }
}

/// RFC 1123 subdomain, at most 253 bytes.
pub(crate) fn subdomain(text: &str) -> Option<Fault> {
    if text.len() > 253 {
        return Some("write at most 253 characters");
    }
    let is_right = text.split('.').all(is_dns_label);
    (!is_right).then_some("write small letters, digits, - and ., a letter or digit at both ends of each part")
}

/// RFC 1123 label without dots, of at most so many bytes.
pub(crate) fn label(text: &str, most: usize) -> Option<Fault> {
    if text.len() > most {
        return Some("it is too long; write a shorter one");
    }
    (!is_dns_label(text)).then_some("write small letters, digits and -, a letter or digit at both ends")
}

/// `prefix/name` or `name`.
fn qualified(text: &str) -> Option<Fault> {
    let (prefix, name) = text.rsplit_once('/').map_or((None, text), |(prefix, name)| (Some(prefix), name));
    word(name)
        .or_else(|| name.is_empty().then_some("write a name behind the slash"))
        .or_else(|| prefix.and_then(subdomain))
}

/// A label's value, or a name: at most 63 letters, digits, `-`, `_` and `.`.
fn word(text: &str) -> Option<Fault> {
    if text.len() > 63 {
        return Some("write at most 63 characters");
    }
    let is_right = text.is_empty() || is_label_value(text);
    (!is_right).then_some("write letters, digits, -, _ and ., a letter or digit at both ends")
}
