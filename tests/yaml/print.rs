//! Generated documents as text: the pieces of `generate`, laid out. Knows nothing of proptest.

use crate::generate::{Entry, Layout, Piece};

pub(crate) fn block(piece: &Piece, column: usize, layout: &Layout, out: &mut String) {
    let (Piece::Mapping(entries) | Piece::Sequence(entries)) = piece else { return };
    let mut at_start = !out.is_empty() && !out.ends_with('\n');
    for entry in entries {
        if !at_start {
            for line in entry.gap.lines() {
                let indent = if line.is_empty() { 0 } else { column };
                out.push_str(&format!("{:indent$}{line}\n", ""));
            }
            out.push_str(&" ".repeat(column));
        }
        at_start = false;
        if matches!(piece, Piece::Sequence(_)) {
            out.push('-');
            child(entry, column, true, layout, out);
        } else {
            out.push_str(entry.key);
            out.push(':');
            child(entry, column, false, layout, out);
        }
    }
}

/// A value after its dash or colon, with its line break.
fn child(entry: &Entry, column: usize, is_item: bool, layout: &Layout, out: &mut String) {
    let indent = " ".repeat(column + layout.step);
    match &entry.value {
        Piece::Inline(text) => {
            let space = if text.is_empty() { "" } else { " " };
            out.push_str(&format!("{space}{text}{}\n", entry.comment));
        }
        Piece::Block(header, lines) => {
            let (indent, header) =
                if *header == "|2" { (" ".repeat(column + 2), "|2") } else { (indent, *header) };
            out.push_str(&format!(" {header}\n"));
            for line in lines {
                let indent = if line.is_empty() { "" } else { &indent };
                out.push_str(&format!("{indent}{line}\n"));
            }
        }
        Piece::Lines(lines) => {
            let text = lines.join(&format!("\n{indent}")).replace(&format!("{indent}\n"), "\n");
            out.push_str(&format!(" {text}{}\n", entry.comment));
        }
        Piece::Flow(mapping, multi, entries) => {
            out.push_str(&format!(" {}{}\n", flow_text(*mapping, *multi, entries, &indent), entry.comment));
        }
        Piece::Mapping(_) | Piece::Sequence(_) if is_item => {
            out.push(' ');
            block(&entry.value, column + 2, layout, out);
        }
        Piece::Mapping(_) => {
            out.push_str(&format!("{}\n", entry.comment));
            block(&entry.value, column + layout.step, layout, out);
        }
        Piece::Sequence(_) => {
            out.push_str(&format!("{}\n", entry.comment));
            block(&entry.value, column + layout.sequence_step, layout, out);
        }
    }
}

fn flow_text(mapping: bool, multi: bool, entries: &[(&str, &str)], indent: &str) -> String {
    let parts: Vec<String> = entries
        .iter()
        .map(|(key, value)| if mapping { format!("{key}: {value}") } else { (*value).to_owned() })
        .collect();
    let (open, close) = if mapping { ('{', '}') } else { ('[', ']') };
    if multi {
        format!("{open}\n{indent}  {}\n{indent}{close}", parts.join(&format!(", # c\n{indent}  ")))
    } else {
        format!("{open}{}{close}", parts.join(", "))
    }
}
