//! The table that the proof prints and the README shows. Knows no cluster.

use std::fs;
use std::path::Path;
use std::sync::Mutex;

const HEAD: [&str; 5] = ["Service", "instance", "pool", "address", "answered on VLAN"];

/// One Service's row, its cells in the order of the head.
pub(crate) type Row = [String; 5];

#[derive(Default)]
pub(crate) struct Report {
    rows: Mutex<Vec<Row>>,
}

impl Report {
    pub(crate) fn add(&self, row: Row) {
        self.rows.lock().unwrap().push(row);
    }

    /// Prints the table and writes the same text as Markdown; nothing when no scenario filled it.
    pub(crate) fn print(&self, file: &Path) {
        let rows = self.rows.lock().unwrap();
        if rows.is_empty() {
            return;
        }
        let table = markdown(&rows);
        println!("{table}");
        fs::write(file, table).unwrap();
    }
}

fn markdown(rows: &[Row]) -> String {
    let head: Row = HEAD.map(str::to_owned);
    let width = |column: usize| {
        rows.iter().chain([&head]).map(|row| row[column].chars().count()).max().unwrap_or_default()
    };
    let widths: Vec<usize> = (0..HEAD.len()).map(width).collect();
    let line = |row: &Row| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!(" {cell:width$} |"));
        format!("|{}\n", cells.collect::<String>())
    };
    let rules: Vec<String> = widths.iter().map(|width| "-".repeat(width + 2)).collect();
    format!("{}|{}|\n{}", line(&head), rules.join("|"), rows.iter().map(line).collect::<String>())
}
