//! What the rules' document says of each: for printers that explain a rule beside its findings.

use std::collections::BTreeMap;

const DOCUMENT: &str = include_str!("../../docs/rules.md");

/// The paragraphs of each rule by its name, as Markdown, without its heading, severity and summary.
#[must_use]
pub fn explanations() -> BTreeMap<&'static str, &'static str> {
    let sections = DOCUMENT.split("\n### ").skip(1);
    let explained = sections.filter_map(|section| {
        let (name, body) = section.split_once("\n\n")?;
        let (_summary, paragraphs) = body.split_once("\n\n")?;
        let own = paragraphs.split("\n## ").next().unwrap_or_default();
        Some((name, own.trim()))
    });
    explained.collect()
}
