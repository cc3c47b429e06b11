//! Literal block scalars without an indentation indicator. It must not know the lines around them.

use std::borrow::Cow;

use super::node;
use super::scan::Scanner;
use crate::yaml::lines::between;
use crate::yaml::{Kind, Node, Style};

/// What becomes of the line breaks at the end.
#[derive(PartialEq, Eq)]
enum Chomping {
    Clip,
    Strip,
    Keep,
}

/// The literal block scalar that starts here; moves to the content after it.
pub(super) fn literal<'t>(text: &'t str, scanner: &mut Scanner<'t>, parent: usize) -> Option<Node<'t>> {
    let start = scanner.offset;
    let chomping = match between(text, start, scanner.line_end) {
        "|" => Chomping::Clip,
        "|-" => Chomping::Strip,
        "|+" => Chomping::Keep,
        _ => return None,
    };
    let first = scanner.line_end + 1;
    let column = text.get(first..)?.bytes().take_while(|byte| *byte == b' ').count();
    if column <= parent {
        return None;
    }
    let mut content = String::new();
    // After the last line with content, and after the last line of all.
    let (mut end, mut offset, mut blank) = (first, first, 0);
    while let Some((line, _)) = text.get(offset..)?.split_once('\n') {
        let indent = line.bytes().take_while(|byte| *byte == b' ').count();
        if line.is_empty() {
            blank += 1;
        } else if indent == line.len() {
            return None;
        } else if indent < column {
            break;
        } else {
            content.extend(std::iter::repeat_n('\n', blank));
            content.push_str(line.get(column..)?);
            content.push('\n');
            (end, blank) = (offset + line.len(), 0);
        }
        offset += line.len() + 1;
    }
    // A last line without its break needs care that is not worth its while.
    if content.is_empty() || (offset < text.len() && !text.get(offset..)?.contains('\n')) {
        return None;
    }
    match chomping {
        Chomping::Clip => {}
        Chomping::Strip => content.truncate(content.len() - 1),
        Chomping::Keep => {
            content.extend(std::iter::repeat_n('\n', blank));
            end += blank;
        }
    }
    scanner.find_line(offset)?;
    Some(node(start..end, Style::Literal, Kind::Scalar { text: Cow::Owned(content), typed: None }))
}
