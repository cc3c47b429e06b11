//! The explanations in `docs/rules.md`, for printers that show them beside findings. Must not know what a rule checks.

use std::collections::BTreeMap;

const DOCUMENT: &str = include_str!("../../docs/rules.md");

/// The paragraphs of each rule in Markdown, by its name; without heading, severity and summary.
#[must_use]
pub fn explanations() -> BTreeMap<&'static str, &'static str> {
    let headed = DOCUMENT.split("\n#").filter_map(|section| section.strip_prefix("## "));
    let explained = headed.filter_map(|section| {
        let (name, body) = section.split_once('\n')?;
        let (_summary, paragraphs) = body.trim_start().split_once('\n')?;
        Some((name, paragraphs.trim()))
    });
    explained.collect()
}
