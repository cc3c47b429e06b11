//! For people: what is wrong, an excerpt with a caret, the object, and what would be right.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::{Location, count, location, subject};
use crate::krm::{Finding, Severity, Source};

/// Lines of the file around the place.
const AROUND: usize = 2;

pub(super) fn print(findings: &[Finding], sources: &[Source<'_>], colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let paragraphs = findings.iter().map(|finding| paragraph(finding, sources, &renderer));
    let text: Vec<String> = paragraphs.chain(summary(findings)).collect();
    text.join("\n")
}

fn paragraph(finding: &Finding, sources: &[Source<'_>], renderer: &Renderer) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let title = level.primary_title(finding.message.as_str()).id(finding.rule);
    let mut group = annotate_snippets::Group::with_title(title);
    let place = location(finding, sources);
    let excerpt = place.as_ref().map(Excerpt::of);
    if let (Some(place), Some(excerpt)) = (&place, &excerpt) {
        let annotation = AnnotationKind::Primary.span(excerpt.start..excerpt.end);
        group = group.element(
            Snippet::source(excerpt.text).line_start(excerpt.line).path(place.path).annotation(annotation),
        );
    }
    if let Some(subject) = subject(finding) {
        group = group.element(Level::NOTE.message(subject));
    }
    let proposed = finding.field.as_ref().and_then(|field| field.proposed_value.as_ref());
    if let Some(proposed) = proposed {
        group = group.element(Level::HELP.message(format!("what would be right: {proposed}")));
    }
    format!("{}\n", renderer.render(&[group]))
}

/// The lines around a place: the renderer need not read a whole file for each finding.
struct Excerpt<'s> {
    text: &'s str,
    line: usize,
    start: usize,
    end: usize,
}

impl<'s> Excerpt<'s> {
    fn of(place: &Location<'s>) -> Self {
        let text = place.text;
        let before = text.get(..place.span.start).unwrap_or_default();
        let begin = before.rmatch_indices('\n').nth(AROUND).map_or(0, |(newline, _)| newline + 1);
        // One line of the place is enough: a block of text is named by its first.
        let rest = text.get(place.span.start..place.span.end).unwrap_or_default();
        let shown = rest.lines().next().map_or(0, str::len);
        let after = place.span.start + shown;
        let tail = text.get(after..).unwrap_or_default();
        let end = tail.match_indices('\n').nth(AROUND).map_or(text.len(), |(newline, _)| after + newline);
        let line = before.get(..begin).unwrap_or_default().matches('\n').count() + 1;
        Self {
            text: text.get(begin..end).unwrap_or_default(),
            line,
            start: place.span.start - begin,
            end: after - begin,
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
