//! Several texts as one stream of documents, each of which keeps its value.
//! It must not know where the texts came from.

use super::verify::same_tree;
use crate::yaml::reading::parse;
use crate::yaml::tree::lines;

const MARK: char = '\u{feff}';

/// Texts that are no stream together: which of them is in the way, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unjoinable {
    /// The text's index.
    pub index: usize,
    /// Why, and what to do.
    pub message: &'static str,
}

/// Puts texts together. Texts without anything are left out; a single text stays as it is.
///
/// The stream is read again: it must hold the documents of each text and no others, or this is an error.
pub fn joined(texts: &[String]) -> Result<String, Unjoinable> {
    let is_empty = |text: &str| text.trim_start_matches(MARK).trim().is_empty();
    let written: Vec<(usize, &str)> =
        texts.iter().map(String::as_str).enumerate().filter(|(_, text)| !is_empty(text)).collect();
    match written.as_slice() {
        [] => Ok(texts.concat()),
        [(_, only)] => Ok((*only).to_owned()),
        several => {
            let stream = put_together(several);
            prove(several, &stream).map(|()| stream)
        }
    }
}

fn put_together(texts: &[(usize, &str)]) -> String {
    let mut stream = String::with_capacity(texts.iter().map(|(_, text)| text.len() + "---\n".len()).sum());
    for (_, text) in texts {
        if stream.is_empty() {
            stream.push_str(text);
            continue;
        }
        // A byte order mark is one at the start of a text only.
        let text = text.trim_start_matches(MARK);
        if !stream.ends_with(['\n', '\r']) {
            stream.push_str(lines::ending(&stream));
        }
        stream.push_str(separator(&stream, text));
        stream.push_str(text);
    }
    stream
}

/// What must stand between two texts. Directives (`%YAML`) stand behind the end of a document only.
fn separator(stream: &str, text: &str) -> &'static str {
    let first = text.lines().find(|line| !line.trim().is_empty() && !line.starts_with('#'));
    let starts =
        text.strip_prefix("---").is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace));
    let ended = stream.lines().next_back() == Some("...");
    match first {
        Some(line) if line.starts_with('%') => {
            if ended {
                ""
            } else {
                "...\n"
            }
        }
        _ if starts => "",
        _ => "---\n",
    }
}

fn prove(texts: &[(usize, &str)], stream: &str) -> Result<(), Unjoinable> {
    let mut each = Vec::with_capacity(texts.len());
    for (index, text) in texts {
        let unreadable = Unjoinable { index: *index, message: "the text that was made of it cannot be read" };
        each.push((*index, *text, parse(text).map_err(|_| unreadable)?));
    }
    let whole = parse(stream).unwrap_or_default();
    let mut rest = whole.as_slice();
    for (index, text, own) in each {
        let wrong = |message| Err(Unjoinable { index, message });
        let Some((here, others)) = rest.split_at_checked(own.len()) else { return wrong(TOGETHER) };
        if !own.iter().zip(here).all(|(own, here)| same_tree(own, here)) {
            return wrong(if text.ends_with(['\n', '\r']) { TOGETHER } else { OPEN });
        }
        rest = others;
    }
    match texts.last() {
        Some((index, _)) if !rest.is_empty() => Err(Unjoinable { index: *index, message: TOGETHER }),
        _ => Ok(()),
    }
}

const TOGETHER: &str =
    "its documents would change when they are printed with those of other files; give the file alone";
const OPEN: &str =
    "its last value would gain a line break when the documents of another file follow; end the file with one";
