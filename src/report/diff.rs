//! What becomes of a text, line by line: a unified diff, which `patch -p0` takes. It must not know what the texts are.

use similar::{TextDiff, TextDiffConfig};

use super::shown;

/// What parts unchanged lines from changed ones on a terminal.
const BOLD: &str = "\u{1b}[1m";
const GONE: &str = "\u{1b}[31m";
const ADDED: &str = "\u{1b}[32m";
const PLACE: &str = "\u{1b}[36m";
const PLAIN: &str = "\u{1b}[0m";

/// The differences of a file; nothing where there are none. For a terminal in colour, and without what it would obey.
#[must_use]
pub fn print_diff(path: &str, (old, new): (&str, &str), is_terminal: bool, colour: bool) -> String {
    if old == new {
        return String::new();
    }
    let (was, is) = (lines(old), lines(new));
    let diff: TextDiff<'_, '_, str> =
        TextDiffConfig::default().newline_terminated(true).diff_slices(&was, &is);
    let text = diff.unified_diff().header(path, path).to_string();
    let text = if is_terminal { shown(&text).into_owned() } else { text };
    if colour { coloured(&text) } else { text }
}

/// Lines as `patch` counts them: a lone carriage return ends none.
fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

fn coloured(text: &str) -> String {
    let line = |(number, line): (usize, &str)| {
        let colour = match (number, line.chars().next()) {
            (0 | 1, _) => BOLD,
            (_, Some('-')) => GONE,
            (_, Some('+')) => ADDED,
            (_, Some('@')) => PLACE,
            _ => return line.to_owned(),
        };
        let bare = line.trim_end_matches(['\n', '\r']);
        let end = line.get(bare.len()..).unwrap_or_default();
        format!("{colour}{bare}{PLAIN}{end}")
    };
    text.split_inclusive('\n').enumerate().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::print_diff;

    #[test]
    fn the_end_of_a_file_is_said() {
        let diff = print_diff("a.yaml", ("a: 1\r\nb: 2", "a: 1\r\nb: 3\n"), false, false);
        let expected =
            "--- a.yaml\n+++ a.yaml\n@@ -1,2 +1,2 @@\n a: 1\r\n-b: 2\n\\ No newline at end of file\n+b: 3\n";
        assert_eq!(diff, expected);
        assert_eq!(print_diff("a.yaml", ("a", "a"), false, false), "");
    }

    #[test]
    fn a_terminal_obeys_nothing_and_shows_colours() {
        let diff = print_diff("a.yaml", ("a: \u{1b}[2J\n", "--- b\n"), true, true);
        let changed = "\u{1b}[31m-a: \u{fffd}[2J\u{1b}[0m\n\u{1b}[32m+--- b\u{1b}[0m\n";
        assert!(diff.starts_with("\u{1b}[1m--- a.yaml\u{1b}[0m\n") && diff.ends_with(changed), "{diff:?}");
    }
}
