//! Fields and values that the object's CRD does not allow, one rule for each kind of fault.
//!
//! Source: the CRDs, as `catalogue::crd` has them. The first of several rules that know a fault is the one that says it:
//! what a rule about `NetConfig` or DNS options says is left to it.

use crate::catalogue::crd::{Limit, Type};
use crate::krm::Finding;
use crate::model::{Bound, Breach, Broken, Found, Model};
use crate::rules::Report;
use crate::yaml::Node;

/// A field that is not in the CRD: the API server drops it, and server-side apply rejects the object.
///
/// Kinds and versions that neither a given CRD nor the built-in table has are not checked.
pub(crate) fn unknown(model: &Model<'_>, report: &mut Report) {
    for breach in model.breaches() {
        let Broken::Unknown(near) = breach.what else { continue };
        let cure = match near {
            Some(near) => format!("write {near}"),
            None => "remove it, or put it where the CRD has it".to_owned(),
        };
        let message = format!(
            "{} has no field {} here, so the API server drops it and server-side apply refuses the object; {cure}",
            breach.item.kind,
            name(breach)
        );
        report.add(report.finding(message).at_key(&breach.item, &breach.pointer));
    }
}

/// A field that must be there, and that neither the CRD nor a webhook fills in.
pub(crate) fn required(model: &Model<'_>, report: &mut Report) {
    for breach in model.breaches().iter().filter(|breach| breach.what == Broken::Missing) {
        let message = format!("{} is required, and the API server refuses the object; add it", name(breach));
        report.add(report.finding(message).at(&breach.item, &breach.pointer));
    }
    // Optional by the CRD, and null where the webhook writes the control plane anew: so are its rabbitmq.templates.
    for plane in
        model.control_planes.iter().filter(|plane| plane.item.node.get("spec").is_none_or(Node::is_null))
    {
        let message =
            "spec is missing, and the API server refuses a control plane without rabbitmq.templates; add it";
        report.on(&plane.item, message);
    }
}

/// A value of another type than the field's.
pub(crate) fn type_of_value(model: &Model<'_>, report: &mut Report) {
    for breach in model.breaches().iter().filter(|breach| !is_said_elsewhere(breach)) {
        let Broken::Type(wanted, found) = breach.what else { continue };
        let message = format!(
            "the API server takes {} here, and this is {}{}",
            wanted_word(wanted),
            found_word(found),
            {
                let quotes = wanted == Type::String
                    && matches!(found, Found::Boolean | Found::Integer | Found::Number);
                if quotes { "; write it in quotes" } else { "; write one" }
            }
        );
        report.add(placed(report.finding(message), breach));
    }
}

/// A value that is none of those to choose from.
pub(crate) fn choice(model: &Model<'_>, report: &mut Report) {
    for breach in model.breaches().iter().filter(|breach| !is_said_elsewhere(breach)) {
        let Broken::Enum(values) = &breach.what else { continue };
        let values: Vec<&str> =
            values.iter().map(|value| if value.is_empty() { "\"\"" } else { value }).collect();
        let message = format!(
            "{:?} is none of the values that the API server takes here; write one of {}",
            text(breach),
            values.join(", ")
        );
        report.add(placed(report.finding(message), breach));
    }
}

/// A value that does not match the field's pattern.
pub(crate) fn pattern(model: &Model<'_>, report: &mut Report) {
    for breach in model.breaches().iter().filter(|breach| !is_said_elsewhere(breach)) {
        let Broken::Pattern(pattern) = breach.what else { continue };
        let message = format!(
            "{:?} is not what the API server takes here; write something that matches {pattern}",
            text(breach)
        );
        report.add(placed(report.finding(message), breach));
    }
}

/// A value that is too small, too large, too short or too long.
pub(crate) fn bounds(model: &Model<'_>, report: &mut Report) {
    for breach in model.breaches().iter().filter(|breach| !is_said_elsewhere(breach)) {
        let Broken::Bound(bound) = breach.what else { continue };
        let message = match bound {
            Bound::Limit(Limit::MinItems | Limit::MaxItems, _) => {
                let count = node(breach).map_or(0, |node| node.items().len());
                format!("the list has {count} items, and {}", bound_words(bound))
            }
            Bound::Limit(Limit::MinLength | Limit::MaxLength, _) => {
                format!(
                    "the text has {} characters, and {}",
                    text(breach).chars().count(),
                    bound_words(bound)
                )
            }
            _ => format!("{} is out of bounds, and {}", text(breach), bound_words(bound)),
        };
        report.add(placed(report.finding(message), breach));
    }
}

fn bound_words(bound: Bound<'_>) -> String {
    match bound {
        Bound::Bits32 => "the operator reads 32 bits; write a smaller number".to_owned(),
        Bound::Limit(Limit::Minimum | Limit::AboveMinimum, least) => {
            format!("the API server takes {least} or more; write such a number")
        }
        Bound::Limit(Limit::MinLength | Limit::MinItems, least) => {
            format!("the API server takes {least} or more; write more")
        }
        Bound::Limit(Limit::MaxLength | Limit::MaxItems, most) => {
            format!("the API server takes {most} or fewer; write fewer")
        }
        Bound::Limit(_, most) => format!("the API server takes {most} or less; write such a number"),
    }
}

fn wanted_word(wanted: Type) -> &'static str {
    match wanted {
        Type::String => "a text",
        Type::Integer | Type::Integer32 => "a whole number",
        Type::Number => "a number",
        Type::Boolean => "true or false",
        Type::IntOrString => "a whole number or a text",
        Type::Object => "a mapping",
        Type::List => "a list",
    }
}

fn found_word(found: Found) -> &'static str {
    match found {
        Found::Null => "nothing",
        Found::Boolean => "a boolean",
        Found::Integer => "a number",
        Found::Number => "a number with a fraction",
        Found::String => "a text",
        Found::Object => "a mapping",
        Found::List => "a list",
    }
}

/// Whether a rule about this very field says it, in words of its own.
fn is_said_elsewhere(breach: &Breach<'_>) -> bool {
    let name = name(breach);
    match (breach.item.kind, &breach.what) {
        ("DNSMasq" | "OpenStackControlPlane", Broken::Enum(_)) => {
            name == "key" && breach.pointer.as_str().contains("/options/")
        }
        ("NetConfig", Broken::Pattern(_)) | ("BFDProfile", Broken::Bound(_)) => true,
        ("NetConfig", Broken::Bound(_) | Broken::Type(Type::Integer, _)) => name == "vlan",
        _ => false,
    }
}

/// The field's own key.
fn name(breach: &Breach<'_>) -> String {
    let name = breach.pointer.last().map(|token| token.decoded().into_owned()).unwrap_or_default();
    // What nobody would see in a sentence, or take for two words, stands in quotes.
    let is_seen = !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || c.is_control());
    if is_seen { name } else { format!("{name:?}") }
}

fn node<'a>(breach: &Breach<'a>) -> Option<&'a Node<'a>> {
    breach.item.node.at(&breach.pointer)
}

fn text<'a>(breach: &Breach<'a>) -> &'a str {
    node(breach).and_then(Node::text).unwrap_or_default()
}

/// At the value; one with parts of its own is not repeated.
fn placed(finding: Finding, breach: &Breach<'_>) -> Finding {
    let finding = finding.at(&breach.item, &breach.pointer);
    let is_leaf = node(breach).is_some_and(|node| node.text().is_some());
    if is_leaf { finding } else { finding.without_current() }
}
