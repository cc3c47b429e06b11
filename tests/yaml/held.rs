//! The laws of one text and of one edit, whoever made them up: the properties and the fuzz targets both ask here.
//! Knows nothing of proptest.

use json_patch::Patch;
use multi_rhoso::yaml::{self, Kind, Node, Splice};

use crate::choice::Choice;
use crate::oracle;

/// Every byte outside the splices is the input's: deleting the splices from both texts leaves the same.
pub(crate) fn untouched_is_untouched(text: &str, new: &str, splices: &[Splice]) {
    let (mut old_rest, mut new_rest, mut copied) = (text, new, 0);
    for splice in splices {
        let kept = splice.range.start - copied;
        assert_eq!(old_rest[..kept], new_rest[..kept]);
        old_rest = &old_rest[kept + splice.range.len()..];
        new_rest = new_rest[kept..].strip_prefix(splice.text.as_str()).expect("the splice's text");
        copied = splice.range.end;
    }
    assert_eq!(old_rest, new_rest);
}

/// Spans lie in each other in order, and each scalar's span holds its text.
pub(crate) fn spans_hold(text: &str, node: &Node<'_>) {
    let mut end = node.span.start;
    let mut check = |child: &Node<'_>| {
        assert!(
            end <= child.span.start && child.span.end <= node.span.end,
            "{:?} in {:?}\n{text}",
            child.span,
            node.span
        );
        end = child.span.end;
    };
    match &node.kind {
        Kind::Sequence(items) => items.iter().for_each(&mut check),
        Kind::Mapping(entries) => entries.iter().for_each(|entry| {
            check(&entry.key);
            check(&entry.value);
        }),
        Kind::Scalar { text: decoded, .. } => {
            let raw = &text[node.span.clone()];
            assert!(raw.len() <= raw.trim_end_matches(' ').len() + 80);
            if node.style == yaml::Style::Plain && !raw.contains('\n') {
                assert_eq!(raw, decoded);
            }
        }
        Kind::Alias { name, .. } => assert_eq!(text[node.span.clone()], format!("*{name}")),
    }
    for child in node.items().iter().chain(node.entries().iter().map(|entry| &entry.value)) {
        if !matches!(node.kind, Kind::Alias { .. }) {
            spans_hold(text, child);
        }
    }
}

/// Edits one document of a text and holds the result against everything that is known of it; says whether
/// the edit was made.
pub(crate) fn edit_obeys(text: &str, choices: &[Choice]) -> Outcome {
    let documents = yaml::parse(text).expect("a generated text");
    let longest = documents.iter().enumerate().max_by_key(|(_, node)| node.span.len());
    let (index, root) = longest.expect("a document");
    let operations: Vec<_> = choices.iter().map(|choice| choice.operation(root)).collect();
    let patch: Patch = serde_json::from_value(operations.into_iter().collect()).expect("a patch");
    let splices = match yaml::edit(text, root, &patch.0) {
        Ok(splices) => splices,
        Err(error) => return Outcome::Refused(error.message),
    };
    let new = yaml::splice(text, &splices);
    untouched_is_untouched(text, &new, &splices);
    let new_documents = yaml::parse(&new).unwrap_or_else(|error| panic!("{error}\n{new}"));
    assert_eq!(documents.len(), new_documents.len(), "\n{text}\n{new}");
    for (position, (old_document, new_document)) in documents.iter().zip(&new_documents).enumerate() {
        let mut expected = old_document.to_value();
        if position == index {
            json_patch::patch(&mut expected, &patch.0).expect("a patch that fits");
        }
        assert_eq!(expected, new_document.to_value(), "{patch}\n{text}\n{new}");
    }
    if let Some(difference) = oracle::difference(&new, &new_documents) {
        panic!("{difference}\n{patch}\n{text}\n{new}");
    }
    Outcome::Made
}

/// What came of an edit.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Made,
    Refused(String),
}

impl Outcome {
    /// Whether the layer made splices, and found them wrong itself.
    pub(crate) fn is_surprise(&self) -> bool {
        matches!(self, Self::Refused(message) if message.contains("made safely") || message.contains("same text"))
    }
}

/// A comment that only the reader of everything reads.
const TAB: &str = "#\t\n";

/// The reader of what tools write and the one of everything must not differ.
pub(crate) fn readers_agree(text: &str) {
    if text.starts_with('\u{feff}') {
        return;
    }
    let commented = format!("{TAB}{text}");
    match (yaml::parse(text), yaml::parse(&commented)) {
        (Ok(mut one), Ok(other)) => {
            one.iter_mut().for_each(shift);
            assert_eq!(one, other, "\n{text}");
        }
        (Err(_), Err(_)) => {}
        (one, other) => panic!("{one:?}\n{other:?}\n{text}"),
    }
}

/// Moves a tree behind the comment.
fn shift(node: &mut Node<'_>) {
    node.span = node.span.start + TAB.len()..node.span.end + TAB.len();
    match &mut node.kind {
        Kind::Sequence(items) => items.iter_mut().for_each(shift),
        Kind::Mapping(entries) => {
            for entry in entries {
                shift(&mut entry.key);
                shift(&mut entry.value);
            }
        }
        Kind::Alias { target, .. } => shift(std::rc::Rc::make_mut(target)),
        Kind::Scalar { .. } => {}
    }
}
