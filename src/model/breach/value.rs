//! One value against the type and the limits of its schema. Must not know where it stands.

use std::collections::HashMap;

use regex_lite::Regex;

use super::{Broken, choices};
use crate::catalogue::crd::{Limit, Schema, Type};
use crate::yaml::{Kind, Node, Typed};

/// What is found in place of the wanted type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// Nothing: a null in a list.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer,
    /// A number with a fraction.
    Number,
    /// A text.
    String,
    /// A mapping.
    Object,
    /// A list.
    List,
}

/// A limit that a value exceeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound<'a> {
    /// A limit of the schema.
    Limit(Limit, &'a str),
    /// A number of more than 32 bits.
    Bits32,
}

/// The patterns that were asked for, compiled; none for one in a dialect that is not Go's.
#[derive(Default)]
pub(super) struct Patterns<'a>(HashMap<&'a str, Option<Regex>>);

impl<'a> Patterns<'a> {
    fn allows(&mut self, pattern: &'a str, text: &str) -> bool {
        let compiled = self.0.entry(pattern).or_insert_with(|| Regex::new(pattern).ok());
        compiled.as_ref().is_none_or(|regex| regex.is_match(text))
    }
}

/// What a node that is not walked into breaks.
pub(super) fn broken<'a>(
    schema: &'a Schema<'a>,
    node: &Node<'_>,
    is_rewritten: bool,
    patterns: &mut Patterns<'a>,
) -> Vec<Broken<'a>> {
    let found = found(node);
    let (wanted, limits) = match schema {
        Schema::Value(wanted, limits) => (*wanted, limits),
        Schema::Fields(_) | Schema::Each(_) => return vec![Broken::Type(Type::Object, found)],
        Schema::Items(..) => return vec![Broken::Type(Type::List, found)],
    };
    let text = node.text().unwrap_or_default();
    if !fits(wanted, found, node, is_rewritten) {
        return vec![Broken::Type(wanted, found)];
    }
    match wanted {
        Type::String => of_text(limits, text, patterns),
        Type::IntOrString if found == Found::String => of_text(limits, text, patterns),
        Type::Integer32 if text.parse().is_ok_and(|number: i64| i32::try_from(number).is_err()) => {
            vec![Broken::Bound(Bound::Bits32)]
        }
        Type::Integer | Type::Integer32 | Type::Number => of_number(limits, text).into_iter().collect(),
        Type::Boolean | Type::IntOrString | Type::Object | Type::List => Vec::new(),
    }
}

/// Whether a value is of the type. Of `yes` and the like one tool makes a text, another a boolean: both may do.
fn fits(wanted: Type, found: Found, node: &Node<'_>, is_rewritten: bool) -> bool {
    match wanted {
        Type::String => found == Found::String,
        Type::Boolean => node.as_bool().is_some(),
        Type::Integer | Type::Integer32 => found == Found::Integer,
        Type::Number => matches!(found, Found::Integer | Found::Number),
        Type::IntOrString => {
            matches!(found, Found::Integer | Found::String) || (found == Found::Number && is_rewritten)
        }
        Type::Object => found == Found::Object,
        Type::List => found == Found::List,
    }
}

fn found(node: &Node<'_>) -> Found {
    match &node.kind {
        Kind::Mapping(_) => Found::Object,
        Kind::Sequence(_) => Found::List,
        Kind::Scalar { typed: Some(Typed::Null), .. } => Found::Null,
        Kind::Scalar { typed: Some(Typed::Bool(_)), .. } => Found::Boolean,
        Kind::Scalar { typed: Some(Typed::Number(number)), .. } => {
            let is_whole = number.as_f64().is_none_or(|number| number.fract() == 0.0);
            if is_whole { Found::Integer } else { Found::Number }
        }
        Kind::Scalar { .. } | Kind::Alias { .. } => Found::String,
    }
}

/// What a text breaks.
pub(super) fn of_text<'a>(
    limits: &[(Limit, &'a str)],
    text: &str,
    patterns: &mut Patterns<'a>,
) -> Vec<Broken<'a>> {
    let choices = choices(limits);
    let mut broken = Vec::new();
    if !choices.is_empty() && !choices.contains(&text) {
        broken.push(Broken::Enum(choices));
    }
    for (limit, value) in limits {
        match limit {
            Limit::Pattern if !patterns.allows(value, text) => broken.push(Broken::Pattern(value)),
            Limit::MinLength | Limit::MaxLength => {
                broken.extend(of_count(
                    (Limit::MinLength, Limit::MaxLength),
                    (*limit, value),
                    text.chars().count(),
                ));
            }
            _ => {}
        }
    }
    broken
}

/// What the number of a list's items breaks.
pub(super) fn count<'a>(limits: &[(Limit, &'a str)], items: usize) -> Option<Broken<'a>> {
    limits.iter().find_map(|limit| of_count((Limit::MinItems, Limit::MaxItems), *limit, items))
}

fn of_count(
    (least, most): (Limit, Limit),
    (limit, value): (Limit, &str),
    count: usize,
) -> Option<Broken<'_>> {
    let bound: usize = value.parse().ok()?;
    let is_broken = (limit == least && count < bound) || (limit == most && count > bound);
    is_broken.then_some(Broken::Bound(Bound::Limit(limit, value)))
}

/// What a number breaks.
pub(super) fn of_number<'a>(limits: &[(Limit, &'a str)], text: &str) -> Option<Broken<'a>> {
    let number = as_number(text)?;
    let choices = choices(limits);
    if !choices.is_empty() && !choices.iter().any(|choice| as_number(choice) == Some(number)) {
        return Some(Broken::Enum(choices));
    }
    let has = |wanted: Limit| limits.iter().any(|(limit, _)| *limit == wanted);
    limits.iter().find_map(|(limit, value)| {
        let bound = as_number(value)?;
        let is_broken = match limit {
            Limit::Minimum => number < bound || (number <= bound && has(Limit::AboveMinimum)),
            Limit::Maximum => number > bound || (number >= bound && has(Limit::BelowMaximum)),
            _ => false,
        };
        is_broken.then_some(Broken::Bound(Bound::Limit(*limit, value)))
    })
}

/// A number as YAML writes one; the CRD's own are among them.
fn as_number(text: &str) -> Option<f64> {
    text.replace('_', "").parse().ok()
}
