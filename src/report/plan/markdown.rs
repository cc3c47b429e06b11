//! A plan for pull requests: a table of a row for each slot and a column for each network.

use super::{Sheet, words};
use crate::plan::{Course, Row};
use crate::report::escaped;

pub(super) fn print(sheet: &Sheet<'_>) -> String {
    let named = sheet.plan.networks.iter().map(|network| match network.course {
        Course::Shared => format!("{} (shared)", plain(&network.name)),
        _ => plain(&network.name),
    });
    let ports = sheet.plan.interfaces.iter().map(|one| format!("port {}", plain(&one.from)));
    let heads: Vec<String> =
        ["slot".to_owned(), "instance".to_owned()].into_iter().chain(named).chain(ports).collect();
    let rule = vec!["---"; heads.len()].join("|");
    let head = format!("### {}\n\n| {} |\n|{rule}|\n", plain(&sheet.title()), heads.join(" | "));
    let rows = sheet.rows.iter().map(|row| format!("| {} |\n", cells(row).join(" | ")));
    let sentences = sheet.sentences();
    let sentences = sentences.iter().map(|sentence| format!("\n{}\n", plain(sentence)));
    std::iter::once(head).chain(rows).chain(sentences).collect()
}

fn cells(row: &Row<'_>) -> Vec<String> {
    let head = [row.slot.to_string(), row.instance.map_or_else(|| "*free*".to_owned(), plain)];
    let networks = row.networks.iter().map(|(_, own)| match own {
        Ok(own) => {
            let (mut lines, vlan, interface, domain) = words(own);
            lines.extend([vlan, interface, domain].into_iter().filter(|word| !word.is_empty()));
            lines.iter().map(|line| plain(line)).collect::<Vec<_>>().join("<br>")
        }
        Err(_) => "**no room**".to_owned(),
    });
    let ports =
        row.interfaces.iter().map(|(_, to)| to.as_deref().map_or_else(|| "**none**".to_owned(), plain));
    head.into_iter().chain(networks).chain(ports).collect()
}

/// A text that is no markup: neither Markdown's nor HTML's.
pub(in crate::report) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in escaped(text).chars() {
        match c {
            '&' => plain.push_str("&amp;"),
            '<' => plain.push_str("&lt;"),
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '~' | '#' => plain.extend(['\\', c]),
            c => plain.push(c),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_name_is_no_markup() {
        assert_eq!(plain("a|b <c> *d* [e](f)\n"), "a\\|b &lt;c> \\*d\\* \\[e\\](f)\\\\n");
        assert_eq!(plain("172.17.0.0/24"), "172.17.0.0/24");
    }
}
