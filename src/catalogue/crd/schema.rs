//! One shape of a CRD's schema, and the line of the table that holds it.
//!
//! A line is a shape: the fields of an object; `*` for a map of anything by key; `[]` for a list; `:` for a scalar, or an
//! object without listed fields. `name:7` is a field whose shape is line 7 of the shapes, `name:-` one that the CRD leaves
//! free, a name alone a string without limits. `!` behind a name marks a field that must be there and has no default.
//! Limits follow behind tabs. Must not know which kinds there are.

use std::fmt;

/// A shape's number; `None` where nothing below is checked.
pub type Child = Option<usize>;

/// The number of the string without limits, which most fields are.
const PLAIN: usize = 0;

/// What limits a value, each as the CRD writes it; several of `Enum` are the values to choose from.
pub type Limits<'t> = Vec<(Limit, &'t str)>;

/// A shape; it refers to others by number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Schema<'t> {
    /// An object's fields, sorted by name.
    Fields(Vec<Field<'t>>),
    /// A map with arbitrary keys.
    Each(Child),
    /// A list.
    Items(Child, Limits<'t>),
    /// A scalar, or an object whose fields nobody lists.
    Value(Type, Limits<'t>),
}

/// A field of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Field<'t> {
    /// Its name.
    pub name: &'t str,
    /// What stands in it.
    pub child: Child,
    /// Whether it must be there: it is required, and has no default.
    pub needed: bool,
}

/// The type of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Type {
    /// A text.
    String,
    /// A whole number.
    Integer,
    /// A whole number of 32 bits.
    Integer32,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A whole number or a text: ports, quantities.
    IntOrString,
    /// An object, with any fields.
    Object,
    /// A list; its schema is never a bare value.
    List,
}

/// One kind of limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Limit {
    /// `minimum`.
    Minimum,
    /// `maximum`.
    Maximum,
    /// `exclusiveMinimum: true`: the minimum itself is not allowed.
    AboveMinimum,
    /// `exclusiveMaximum: true`: the maximum itself is not allowed.
    BelowMaximum,
    /// `minLength`, in characters.
    MinLength,
    /// `maxLength`, in characters.
    MaxLength,
    /// `minItems`.
    MinItems,
    /// `maxItems`.
    MaxItems,
    /// `pattern`.
    Pattern,
    /// One of the values of `enum`.
    Enum,
}

impl Type {
    /// The types by their words in the table.
    const WORDS: [(&'static str, Self); 7] = [
        ("string", Self::String),
        ("integer", Self::Integer),
        ("int32", Self::Integer32),
        ("number", Self::Number),
        ("boolean", Self::Boolean),
        ("int-or-string", Self::IntOrString),
        ("object", Self::Object),
    ];
}

impl Limit {
    /// The limits by the CRD's own keys, which the table has as well.
    pub const WORDS: [(&'static str, Self); 10] = [
        ("minimum", Self::Minimum),
        ("maximum", Self::Maximum),
        ("exclusiveMinimum", Self::AboveMinimum),
        ("exclusiveMaximum", Self::BelowMaximum),
        ("minLength", Self::MinLength),
        ("maxLength", Self::MaxLength),
        ("minItems", Self::MinItems),
        ("maxItems", Self::MaxItems),
        ("pattern", Self::Pattern),
        ("enum", Self::Enum),
    ];
}

impl<'t> Schema<'t> {
    /// Reads a line of the table.
    pub(super) fn read(line: &'t str) -> Self {
        let mut parts = line.split('\t');
        let head = parts.next().unwrap_or_default();
        let limits = || parts.filter_map(limit).collect();
        match head.split_once(' ') {
            Some(("*", child)) => Self::Each(child.parse().ok()),
            Some(("[]", child)) => Self::Items(child.parse().ok(), limits()),
            Some((":", word)) => Self::Value(of_word(&Type::WORDS, word).unwrap_or(Type::Object), limits()),
            _ => Self::Fields(fields(head)),
        }
    }
}

/// `minimum=1`.
fn limit(text: &str) -> Option<(Limit, &str)> {
    let (word, value) = text.split_once('=')?;
    Some((of_word(&Limit::WORDS, word)?, value))
}

fn of_word<T: Copy>(words: &[(&str, T)], word: &str) -> Option<T> {
    words.iter().find(|(known, _)| *known == word).map(|(_, value)| *value)
}

/// A limit as the CRD writes it.
pub(super) fn limit_word(limit: Limit) -> &'static str {
    word_of(&Limit::WORDS, limit)
}

/// A type as the table writes it.
pub(super) fn type_word(kind: Type) -> &'static str {
    word_of(&Type::WORDS, kind)
}

fn word_of<T: Copy + PartialEq>(words: &[(&'static str, T)], value: T) -> &'static str {
    words.iter().find(|(_, known)| *known == value).map_or("", |(word, _)| word)
}

/// Reads `name`, `name!` or `name:number`, separated by blanks. By bytes, because a run reads dozens of lines.
fn fields(line: &str) -> Vec<Field<'_>> {
    let mut fields = Vec::with_capacity(line.len() / 8 + 1);
    let mut rest = line;
    while !rest.is_empty() {
        let end = rest.bytes().position(|byte| matches!(byte, b' ' | b':')).unwrap_or(rest.len());
        let (name, behind) = rest.split_at_checked(end).unwrap_or((rest, ""));
        let (number, tail) = behind.split_once(' ').unwrap_or((behind, ""));
        let child = number.strip_prefix(':').map_or(Some(PLAIN), |number| number.parse().ok());
        let needed = name.ends_with('!');
        fields.push(Field { name: name.strip_suffix('!').unwrap_or(name), child, needed });
        rest = tail;
    }
    fields
}

impl fmt::Display for Schema<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let limits = match self {
            Self::Each(child) => return write!(f, "* {}", shown(*child)),
            Self::Fields(fields) => {
                return f.write_str(&fields.iter().map(Field::to_string).collect::<Vec<_>>().join(" "));
            }
            Self::Items(child, limits) => {
                write!(f, "[] {}", shown(*child))?;
                limits
            }
            Self::Value(kind, limits) => {
                write!(f, ": {}", word_of(&Type::WORDS, *kind))?;
                limits
            }
        };
        limits.iter().try_for_each(|(limit, value)| write!(f, "\t{}={value}", word_of(&Limit::WORDS, *limit)))
    }
}

impl fmt::Display for Field<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)?;
        f.write_str(if self.needed { "!" } else { "" })?;
        match self.child {
            Some(PLAIN) => Ok(()),
            child => write!(f, ":{}", shown(child)),
        }
    }
}

pub(super) fn shown(child: Child) -> String {
    child.map_or_else(|| "-".to_owned(), |number| number.to_string())
}
