//! The list's `results` made those of a run.

use json_patch::{AddOperation, PatchOperation, RemoveOperation};

use crate::find::place;
use crate::krm::{Finding, Source, results_value};
use crate::path;
use crate::yaml::{self, Node, Splice};

/// The list's `results` made those of this run.
pub(super) fn results(list: &Source<'_>, findings: &[Finding]) -> Result<Vec<Splice>, yaml::Error> {
    let Some(root) = list.documents.first() else { return Ok(Vec::new()) };
    let path = place(path!("results"));
    let operation = match (findings.is_empty(), root.get("results").is_some()) {
        (true, false) => return Ok(Vec::new()),
        (true, true) => PatchOperation::Remove(RemoveOperation { path }),
        (false, _) => PatchOperation::Add(AddOperation { path, value: results_value(findings) }),
    };
    if root.get("results").is_none() && ends_in_a_plain_line(list.text, root) {
        return results_behind(list.text, &operation);
    }
    yaml::edit(list.text, root, &[operation])
}

/// Whether what is appended to the text is the list's next key, whatever it holds.
fn ends_in_a_plain_line(text: &str, root: &Node<'_>) -> bool {
    let last_line = text.lines().next_back().unwrap_or_default();
    root.style == yaml::Style::Block
        && text.ends_with('\n')
        && !text.ends_with("\r\n")
        && root.span.start == text.len() - text.trim_start().len()
        && text.get(root.span.end..).is_some_and(|rest| rest.trim().is_empty())
        && !matches!(last_leaf(root).style, yaml::Style::Literal | yaml::Style::Folded)
        && !last_line.trim().is_empty()
}

fn last_leaf<'n, 't>(node: &'n Node<'t>) -> &'n Node<'t> {
    let last = node.entries().last().map(|entry| &entry.value).or_else(|| node.items().last());
    last.map_or(node, last_leaf)
}

/// The key proven on a list of its own and put behind the text, so that a long list is not read again for it.
fn results_behind(text: &str, operation: &PatchOperation) -> Result<Vec<Splice>, yaml::Error> {
    let alone = "kind: ResourceList\n";
    let documents = yaml::parse(alone)?;
    let Some(root) = documents.first() else { return Ok(Vec::new()) };
    let edited = yaml::splice(alone, &yaml::edit(alone, root, std::slice::from_ref(operation))?);
    let results = edited.strip_prefix(alone).unwrap_or_default().to_owned();
    Ok(vec![Splice { range: text.len()..text.len(), text: results }])
}
