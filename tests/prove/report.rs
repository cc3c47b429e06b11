//! What a run showed, in sections of Markdown that documents repeat between markers. Knows no cluster.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Mutex;

#[derive(Default)]
pub(crate) struct Report {
    sections: Mutex<BTreeMap<&'static str, String>>,
}

impl Report {
    pub(crate) fn add(&self, name: &'static str, text: String) {
        self.sections.lock().unwrap().insert(name, text);
    }

    pub(crate) fn sections(&self) -> BTreeMap<&'static str, String> {
        self.sections.lock().unwrap().clone()
    }

    /// Prints every section, and writes each into a file of its own.
    pub(crate) fn print(&self, place: &Path) {
        for (name, text) in self.sections() {
            println!("{text}");
            fs::write(place.join(name).with_extension("md"), text).unwrap();
        }
    }
}

/// A table whose columns line up.
pub(crate) fn table<const N: usize>(head: [&str; N], rows: &[[String; N]]) -> String {
    let head = head.map(str::to_owned);
    let width = |column: usize| {
        rows.iter().chain([&head]).map(|row| row[column].chars().count()).max().unwrap_or_default()
    };
    let widths: Vec<usize> = (0..N).map(width).collect();
    let line = |row: &[String; N]| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!(" {cell:width$} |"));
        format!("|{}\n", cells.collect::<String>())
    };
    let rules: Vec<String> = widths.iter().map(|width| "-".repeat(width + 2)).collect();
    format!("{}|{}|\n{}", line(&head), rules.join("|"), rows.iter().map(line).collect::<String>())
}
