//! The documents show what a run shows: between the markers of a section stands the section's text, and
//! `UPDATE=1` writes it there.

use std::path::Path;
use std::{env, fs};

use crate::Outcome;
use crate::cluster::Cluster;
use crate::manifests::read;

const DOCUMENTS: [&str; 4] = ["README.md", "docs/proof.md", "docs/two-instances.md", "docs/patch.md"];

pub(crate) fn run(cluster: &Cluster) -> Outcome<()> {
    let sections = cluster.report.sections();
    if sections.is_empty() {
        return Err("no scenario has shown anything".to_owned());
    }
    let mut wrong = Vec::new();
    for (name, text) in sections {
        let mut shown = false;
        for document in DOCUMENTS {
            match compare(document, name, &text)? {
                Some(true) => shown = true,
                Some(false) => wrong.push(format!("{document}: {name}: `UPDATE=1 make prove` writes it")),
                None => {}
            }
        }
        if !shown && wrong.is_empty() {
            wrong.push(format!("no document shows {name}"));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
}

/// Whether a document shows a section as it is, after an update if that is asked for; nothing when the document
/// does not have it.
fn compare(document: &str, name: &str, text: &str) -> Outcome<Option<bool>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(document);
    let whole = read(&path)?;
    let (begin, end) = (format!("<!-- {name}:begin -->\n"), format!("<!-- {name}:end -->"));
    let Some((before, rest)) = whole.split_once(&begin) else { return Ok(None) };
    let (shown, after) = rest.split_once(&end).ok_or_else(|| format!("{document}: no {end}"))?;
    if shown == text {
        return Ok(Some(true));
    }
    if env::var_os("UPDATE").is_none() {
        return Ok(Some(false));
    }
    fs::write(&path, [before, &begin, text, &end, after].concat()).map_err(|e| e.to_string())?;
    Ok(Some(true))
}
