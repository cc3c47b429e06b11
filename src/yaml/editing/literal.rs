//! New text for block scalars. It must not decide whether a block scalar is the right style.

use super::place::Place;
use super::write::{is_unprintable, spaces};
use crate::yaml::tree::{Node, Style, lines};

/// The header line of a block scalar in parts.
pub(super) struct Header<'t> {
    indentation: Option<usize>,
    chomping: Option<char>,
    /// The blanks and the comment after the indicators.
    pub(super) comment: &'t str,
}

impl<'t> Header<'t> {
    /// The header of a literal or folded node; none for others.
    pub(super) fn of(text: &'t str, node: &Node<'_>) -> Option<Self> {
        if !matches!(node.style, Style::Literal | Style::Folded) {
            return None;
        }
        let line_end = lines::end(text, node.span.start).min(node.span.end);
        let line = lines::between(text, node.span.start, line_end);
        let after = line.get(1..)?.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+'));
        let indicators = line.get(1..line.len() - after.len())?;
        let digit = indicators.chars().find_map(|c| c.to_digit(10));
        Some(Self {
            indentation: digit.and_then(|digit| usize::try_from(digit).ok()),
            chomping: indicators.chars().find(|c| matches!(c, '-' | '+')),
            comment: if after.trim().is_empty() { "" } else { after },
        })
    }

    /// Whether line breaks at the end are cut from the value.
    pub(super) fn strips(&self) -> bool {
        self.chomping == Some('-')
    }

    /// Whether all line breaks at the end are the value's.
    pub(super) fn keeps(&self) -> bool {
        self.chomping == Some('+')
    }
}

/// A literal block scalar with a new text in the place of a block scalar, laid out as that one; none if
/// the text cannot be written so.
pub(super) fn literal(text: &str, node: &Node<'_>, new: &str, place: &Place, ending: &str) -> Option<String> {
    let header = Header::of(text, node)?;
    let body = new.trim_end_matches('\n');
    if body.is_empty() || new.chars().any(|c| is_unprintable(c) && !matches!(c, '\n' | '\t')) {
        return None;
    }
    let (old_breaks, breaks) = (breaks_at_end(node.text()?), breaks_at_end(new));
    let chomping = if old_breaks == breaks { header.chomping } else { chomping_for(breaks) };
    let next = lines::next(text, node.span.end);
    if chomping == Some('+')
        && header.chomping != chomping
        && lines::end(text, next) == next
        && next < text.len()
    {
        // Blank lines that were not the scalar's would join it.
        return None;
    }
    let (digit, indent) = indentation(text, node, &header, place, body)?;
    let mut out = format!("|{digit}{}{}", chomping.map(String::from).unwrap_or_default(), header.comment);
    let blank_lines = "\n".repeat(breaks.saturating_sub(1));
    for line in body.split('\n').chain(blank_lines.split('\n').skip(1)) {
        out.push_str(ending);
        if !line.is_empty() {
            out.push_str(&spaces(indent));
            out.push_str(line);
        }
    }
    if breaks > 0 && node.span.end == text.len() {
        out.push_str(ending);
    }
    Some(out)
}

fn breaks_at_end(text: &str) -> usize {
    text.len() - text.trim_end_matches('\n').len()
}

fn chomping_for(breaks: usize) -> Option<char> {
    match breaks {
        0 => Some('-'),
        1 => None,
        _ => Some('+'),
    }
}

/// The indentation indicator, if one is needed, and the column of the content.
fn indentation(
    text: &str,
    node: &Node<'_>,
    header: &Header<'_>,
    place: &Place,
    body: &str,
) -> Option<(String, usize)> {
    let parent = place.parent_column();
    if let Some(digit) = header.indentation {
        return Some((digit.to_string(), parent? + digit));
    }
    let content = lines::between(text, lines::next(text, node.span.start), node.span.end);
    let first = content.lines().find(|line| !line.trim().is_empty());
    let indent = match first {
        Some(line) => line.len() - line.trim_start_matches(' ').len(),
        None => parent? + 2,
    };
    let is_ambiguous =
        body.split('\n').find(|line| !line.is_empty()).is_some_and(|line| line.starts_with(' '));
    if !is_ambiguous {
        return Some((String::new(), indent));
    }
    let digit = indent.checked_sub(parent?).filter(|digit| (1..=9).contains(digit))?;
    Some((digit.to_string(), indent))
}
