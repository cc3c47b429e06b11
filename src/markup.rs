//! XML and HTML, escaped by construction: a text cannot become a tag. Must not know what is drawn.

use std::fmt::Display;

/// Finished markup.
#[derive(Debug, Clone, Default)]
pub struct Markup(String);

impl Markup {
    /// A text, escaped.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self(escaped(text))
    }

    /// Markup from this program's own files, unescaped.
    #[must_use]
    pub fn own(markup: &'static str) -> Self {
        Self(markup.to_owned())
    }

    /// Pieces, joined.
    pub fn joined(pieces: impl IntoIterator<Item = Self>) -> Self {
        Self(pieces.into_iter().map(|piece| piece.0).collect())
    }

    /// An element with a text.
    pub fn leaf(name: &str, attributes: &[(&str, &dyn Display)], text: &str) -> Self {
        Self::inline(name, attributes, [Self::text(text)])
    }

    /// An element without line breaks between its children.
    pub fn inline(
        name: &str,
        attributes: &[(&str, &dyn Display)],
        children: impl IntoIterator<Item = Self>,
    ) -> Self {
        let Self(inner) = Self::joined(children);
        let opening = opening(name, attributes);
        Self(if inner.is_empty() { format!("<{opening}/>") } else { format!("<{opening}>{inner}</{name}>") })
    }

    /// An element with each child on its own line.
    pub fn lines(
        name: &str,
        attributes: &[(&str, &dyn Display)],
        children: impl IntoIterator<Item = Self>,
    ) -> Self {
        let inner: String = children.into_iter().flat_map(|child| [child.0, "\n".to_owned()]).collect();
        Self(format!("<{}>\n{inner}</{name}>", opening(name, attributes)))
    }

    /// The finished text.
    #[must_use]
    pub fn into_text(self) -> String {
        self.0
    }
}

fn opening(name: &str, attributes: &[(&str, &dyn Display)]) -> String {
    let written = attributes.iter().map(|(key, value)| format!(" {key}=\"{}\"", escaped(&value.to_string())));
    format!("{name}{}", written.collect::<String>())
}

/// Escapes a text; characters that XML cannot hold become U+FFFD.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            other if other.is_control() => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::Markup;

    #[test]
    fn a_text_cannot_become_a_tag() {
        let hostile = "</text><script>alert(1)</script>\" onload='x' & \u{0}\u{1b}[31m\u{ffff}";
        let text = Markup::leaf("text", &[("title", &hostile)], hostile).into_text();
        assert_eq!(text.matches('<').count(), 2, "{text}");
        assert_eq!(text.matches('"').count(), 2, "{text}");
        assert!(!text.contains('\'') && !text.chars().any(char::is_control), "{text}");
    }

    #[test]
    fn elements_hold_their_children() {
        let child = || Markup::leaf("b", &[], "x & y");
        assert_eq!(
            Markup::inline("a", &[("n", &1)], [child()]).into_text(),
            "<a n=\"1\"><b>x &amp; y</b></a>"
        );
        assert_eq!(Markup::lines("a", &[], [child()]).into_text(), "<a>\n<b>x &amp; y</b>\n</a>");
        assert_eq!(Markup::leaf("rect", &[], "").into_text(), "<rect/>");
    }
}
