//! For people: what is wrong, an excerpt with a caret, the object, and what would be right.

use std::borrow::Cow;

use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};

use super::escape::{escaped, shown};
use super::places::{Location, Places};
use super::{count, subject};
use crate::krm::{Finding, Severity};

/// Lines of the file around the place.
const AROUND: usize = 2;

/// How many bytes the lines on either side may have: what nobody can read, such as a whole list in one line, is not
/// shown.
const READABLE: usize = 4000;

pub(super) fn print(findings: &[Finding], places: &Places<'_>, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let paragraphs = findings.iter().map(|finding| paragraph(finding, places, &renderer));
    let text: Vec<String> = paragraphs.chain(summary(findings)).collect();
    text.join("\n")
}

fn paragraph(finding: &Finding, places: &Places<'_>, renderer: &Renderer) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let title = level.primary_title(escaped(&finding.message)).id(finding.rule);
    let mut group = annotate_snippets::Group::with_title(title);
    let place = places.of(finding);
    match place.as_ref().map(|place| (place, Excerpt::of(place))) {
        Some((place, Some(excerpt))) => {
            let annotation = AnnotationKind::Primary.span(excerpt.start..excerpt.end);
            let snippet = Snippet::source(excerpt.text).line_start(excerpt.line).path(escaped(place.path));
            group = group.element(snippet.annotation(annotation));
        }
        Some((place, None)) => {
            let (line, column) = (place.first.line, place.first.column);
            group = group.element(Origin::path(escaped(place.path)).line(line).char_column(column));
        }
        None => {}
    }
    if let Some(subject) = subject(finding) {
        group = group.element(Level::NOTE.message(escaped(&subject).into_owned()));
    }
    for other in &finding.others {
        group = group.element(Level::NOTE.message(escaped(&places.beside(other)).into_owned()));
    }
    let proposed = finding.field.as_ref().and_then(|field| field.proposed_value.as_ref());
    if let Some(proposed) = proposed {
        group = group
            .element(Level::HELP.message(escaped(&format!("what would be right: {proposed}")).into_owned()));
    }
    format!("{}\n", renderer.render(&[group]))
}

/// The lines around a place: the renderer need not read a whole file for each finding.
struct Excerpt<'s> {
    text: Cow<'s, str>,
    line: usize,
    start: usize,
    end: usize,
}

impl<'s> Excerpt<'s> {
    /// None where the lines are too long to be shown.
    fn of(place: &Location<'s>) -> Option<Self> {
        let (text, start) = (place.text, place.span.start);
        // One line of the place is enough: a block of text is named by its first.
        let first = text.get(start..place.span.end).unwrap_or_default().lines().next();
        let after = start + first.map_or(0, str::len);
        let (begin, above) = Self::begin(text.as_bytes(), start)?;
        let lines = text.get(begin..Self::end(text.as_bytes(), after)?)?;
        let line = place.first.line.saturating_sub(above);
        let length = |end: usize| Some(shown(text.get(begin..end)?).len());
        Some(Self { text: shown(lines), line, start: length(start)?, end: length(after)? })
            .filter(|_| after - start <= READABLE)
    }

    /// Where the lines above begin, and how many they are.
    fn begin(text: &[u8], start: usize) -> Option<(usize, usize)> {
        let low = start.saturating_sub(READABLE);
        let breaks = text.get(low..start)?.iter().enumerate().rev().filter(|(_, byte)| **byte == b'\n');
        let breaks: Vec<usize> = breaks.take(AROUND + 1).map(|(place, _)| low + place + 1).collect();
        match breaks.get(AROUND) {
            Some(begin) => Some((*begin, AROUND)),
            None => (low == 0).then_some((0, breaks.len())),
        }
    }

    /// Where the lines below end.
    fn end(text: &[u8], after: usize) -> Option<usize> {
        let tail = text.get(after..)?;
        let mut breaks = tail.iter().take(READABLE).enumerate().filter(|(_, byte)| **byte == b'\n');
        match breaks.nth(AROUND) {
            Some((place, _)) => Some(after + place),
            None => (tail.len() <= READABLE).then_some(text.len()),
        }
    }
}

fn summary(findings: &[Finding]) -> Option<String> {
    let part = |severity, name: &str| match count(findings, severity) {
        0 => None,
        1 => Some(format!("1 {name}")),
        many => Some(format!("{many} {name}s")),
    };
    let parts: Vec<String> =
        [part(Severity::Error, "error"), part(Severity::Warning, "warning"), part(Severity::Info, "note")]
            .into_iter()
            .flatten()
            .collect();
    (!parts.is_empty()).then(|| format!("{}\n", parts.join(", ")))
}
