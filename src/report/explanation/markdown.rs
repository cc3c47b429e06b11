//! An explanation for a pull request: what each network and each reason changes, and all of it to unfold.

use super::summary::{by_network, by_reason, named, staying};
use super::{arrow, clipped, from_to, title, why};
use crate::report::plan::markdown::plain;
use crate::run::{Explained, ExplainedChange as Change};

/// The most characters of a value in a cell.
const CELL: usize = 120;

pub(super) fn print(explained: &Explained, stays: bool) -> String {
    let mut page = format!("### {}\n", plain(&title(explained)));
    let networks: Vec<Vec<String>> = by_network(explained)
        .map(|(moved, group)| {
            let sides = |side: fn(&(String, String)) -> &String| {
                moved.sides.iter().map(|one| plain(side(one))).collect::<Vec<_>>().join("<br>")
            };
            let name = if moved.is_interface { "*a port*".to_owned() } else { plain(&moved.name) };
            vec![name, sides(|one| &one.0), sides(|one| &one.1), plain(&group.kinds().join(", "))]
        })
        .collect();
    page += &table(&["network", "base", &explained.instance, "fields"], &networks);
    let reasons: Vec<Vec<String>> = by_reason(explained)
        .iter()
        .map(|(why, group)| {
            let example = group.changes.first().map(|change| plain(&clipped(&arrow(change), CELL)));
            vec![plain(why), plain(&group.kinds().join(", ")), example.unwrap_or_default()]
        })
        .collect();
    page += &table(&["why", "fields", "the first"], &reasons);
    if let Some((printer, objects)) = &explained.left_out {
        let left = format!("Left out, as {printer} prints it for all: {}.", named(objects));
        page = page
            + "
" + &plain(&left)
            + "
";
    }
    if stays {
        let rows: Vec<Vec<String>> = staying(explained)
            .iter()
            .map(|(why, places)| vec![plain(why), plain(&places.join(", "))])
            .collect();
        page += &table(&["what stays", "where"], &rows);
    }
    let all = table(
        &["object", "field", "from", "to", "why"],
        &explained.changes.iter().map(cells).collect::<Vec<_>>(),
    );
    if all.is_empty() {
        return page;
    }
    format!("{page}\n<details><summary>Every change</summary>\n{all}\n</details>\n")
}

fn cells(change: &Change) -> Vec<String> {
    let (from, to) = from_to(change);
    let cells = [
        change.object.to_string(),
        change.field.clone(),
        clipped(&from, CELL),
        clipped(&to, CELL),
        why(change),
    ];
    cells.iter().map(|cell| plain(cell)).collect()
}

/// A table; nothing where it has no row.
fn table(heads: &[&str], rows: &[Vec<String>]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let heads: Vec<String> = heads.iter().map(|head| plain(head)).collect();
    let rule = vec!["---"; heads.len()].join("|");
    let rows: String =
        rows.iter().map(|row| row.join(" | ")).map(|row| "| ".to_owned() + &row + " |\n").collect();
    format!("\n| {} |\n|{rule}|\n{rows}", heads.join(" | "))
}
