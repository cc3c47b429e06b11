//! What a run would change and why, on paper: a summary that fits a terminal, all of it, Markdown and JSON.
//!
//! Printers only. This module must not know how anything is changed.

mod json;
mod markdown;
mod summary;
mod text;

use serde_json::Value;

use super::{counted, escaped};
use crate::run::{Explained, ExplainedChange as Change};

/// How an explanation is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExplanationFormat {
    /// For terminals: what each network and each reason changes.
    Text,
    /// For terminals: every change.
    All,
    /// For programs.
    Json,
    /// For pull requests.
    Markdown,
}

/// The explanation in a form; with what stays, where that is asked for.
#[must_use]
pub fn print_explanation(explained: &Explained, stays: bool, format: ExplanationFormat) -> String {
    match format {
        ExplanationFormat::Text => text::print(explained, stays),
        ExplanationFormat::All => text::print_all(explained, stays),
        ExplanationFormat::Json => json::print(explained, stays),
        ExplanationFormat::Markdown => markdown::print(explained, stays),
    }
}

/// What it is all about, in a line.
fn title(explained: &Explained) -> String {
    let of = counted(explained.objects, "object");
    if explained.changes.is_empty() {
        return format!("{}: nothing changes in {of}", explained.instance);
    }
    let objects = summary::objects(&explained.changes);
    let fields = counted(explained.changes.len(), "field");
    let verb = if explained.changes.len() == 1 { "changes" } else { "change" };
    format!("{}: {fields} in {objects} of {of} {verb}", explained.instance)
}

/// Why a field changes, in words: reasons, then what of the network, then the endpoint.
fn why(change: &Change) -> String {
    let reasons = change.reasons.iter().map(|reason| (*reason).to_owned());
    let moved = (!change.moved_by.is_empty()).then(|| format!("by {}", change.moved_by.join(" and ")));
    let endpoint = change.endpoint.as_ref().map(|endpoint| format!("endpoint {endpoint}"));
    reasons.chain(moved).chain(endpoint).collect::<Vec<_>>().join("; ")
}

/// What stood there and what will, in one line: of long texts the first lines that differ.
fn from_to(change: &Change) -> (String, String) {
    let text = |value: &Option<Value>| match value {
        None => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    let (from, to) = (text(&change.from), text(&change.to));
    let differing = from.lines().zip(to.lines()).find(|(one, other)| one != other);
    let (one, other) = match differing {
        Some((one, other)) if from.contains('\n') => (one.trim(), other.trim()),
        _ => (from.trim(), to.trim()),
    };
    (escaped(one).into_owned(), escaped(other).into_owned())
}

/// A change in a line: `172.17.0.80 → 172.27.0.80`, `+ added`, `- gone`.
fn arrow(change: &Change) -> String {
    let (from, to) = from_to(change);
    match (&change.from, &change.to) {
        (None, _) => format!("+ {to}"),
        (_, None) => format!("- {from}"),
        _ => format!("{from} → {to}{}", more(change)),
    }
}

/// How many lines of a text differ beside the first.
fn more(change: &Change) -> String {
    let text = |value: &Option<Value>| value.as_ref().and_then(Value::as_str).unwrap_or_default().to_owned();
    let (from, to) = (text(&change.from), text(&change.to));
    match from.lines().zip(to.lines()).filter(|(one, other)| one != other).count() {
        0 | 1 => String::new(),
        count => format!(" (and {})", counted(count - 1, "more line")),
    }
}

/// Both ends of a path that fit; a mark stands for what is between, as the last key says most.
fn shortened(path: &str, width: usize) -> String {
    let count = path.chars().count();
    if count <= width {
        return path.to_owned();
    }
    let head: String = path.chars().take(width / 3).collect();
    let tail: String = path.chars().skip(count + 1 + width / 3 - width).collect();
    format!("{head}…{tail}")
}

/// The first part of a text that fits; a mark stands for the rest.
fn clipped(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let kept: String = text.chars().take(width.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::{clipped, shortened};

    #[test]
    fn what_does_not_fit_is_marked() {
        assert_eq!(clipped("one two three", 9), "one two…");
        assert_eq!(clipped("one two", 7), "one two");
        assert_eq!(shortened("spec.keystone.annotations", 12), "spec…tations");
        assert_eq!(shortened("spec.names", 10), "spec.names");
    }
}
