//! Which fields a custom resource has: what its CRD lists, for every kind that people write into an instance's list.
//!
//! Source: the CRDs of openstack-operator, infra-operator (v1beta1) and MetalLB (v1beta1, v1beta2) that the corpus
//! holds; a test makes `crd_fields.txt` of them and fails where the two differ. Each line there is a shape: the fields
//! of an object, `*` for a map of anything by key, `[]` for a list; `name:7` is a field whose shape is line 7 of the
//! shapes, a name alone is a scalar or holds what the CRD leaves free. `=` lines say which shape a kind has.

use std::collections::BTreeMap;
use std::sync::LazyLock;

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(include_str!("crd_fields.txt")));

/// A shape's number; none where nothing below is checked.
type Child = Option<usize>;

enum Form {
    /// By name.
    Fields(Vec<(&'static str, Child)>),
    Each(Child),
    Items(Child),
}

struct Table {
    shapes: Vec<Form>,
    kinds: BTreeMap<(&'static str, &'static str), usize>,
}

/// What may stand at one place of an object.
#[derive(Clone, Copy)]
pub struct Shape(&'static Form);

/// What a shape says of a key.
pub enum Known {
    /// There is no such field.
    No,
    /// There is, and nothing below it is checked.
    Leaf,
    /// There is, of this shape.
    Of(Shape),
}

/// The shape of a kind; none for a kind or version that the table does not have.
#[must_use]
pub fn shape(api_version: &str, kind: &str) -> Option<Shape> {
    let number = *TABLE.kinds.get(&(api_version, kind))?;
    TABLE.shapes.get(number).map(Shape)
}

impl Shape {
    /// What the shape says of a mapping's key.
    #[must_use]
    pub fn key(self, name: &str) -> Known {
        match self.0 {
            Form::Fields(fields) => match fields.binary_search_by(|(field, _)| (*field).cmp(name)) {
                Ok(index) => of(fields.get(index).and_then(|(_, child)| *child)),
                Err(_) => Known::No,
            },
            Form::Each(child) => of(*child),
            Form::Items(_) => Known::Leaf,
        }
    }

    /// What the items of a list are.
    #[must_use]
    pub fn items(self) -> Option<Self> {
        match self.0 {
            Form::Items(child) => child.and_then(|number| TABLE.shapes.get(number)).map(Shape),
            _ => None,
        }
    }

    /// The field that differs in case alone.
    #[must_use]
    pub fn near(self, name: &str) -> Option<&'static str> {
        let Form::Fields(fields) = self.0 else { return None };
        fields.iter().map(|(field, _)| *field).find(|field| field.eq_ignore_ascii_case(name))
    }
}

fn of(child: Child) -> Known {
    child.and_then(|number| TABLE.shapes.get(number)).map_or(Known::Leaf, |form| Known::Of(Shape(form)))
}

impl Table {
    fn read(text: &'static str) -> Self {
        let mut table = Self { shapes: Vec::new(), kinds: BTreeMap::new() };
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let mut words = line.split(' ');
            match words.next() {
                Some("=") => {
                    if let (Some(version), Some(kind), Some(Ok(number))) =
                        (words.next(), words.next(), words.next().map(str::parse))
                    {
                        table.kinds.insert((version, kind), number);
                    }
                }
                Some("*") => table.shapes.push(Form::Each(words.next().and_then(|word| word.parse().ok()))),
                Some("[]") => table.shapes.push(Form::Items(words.next().and_then(|word| word.parse().ok()))),
                _ => table.shapes.push(Form::Fields(line.split(' ').map(field).collect())),
            }
        }
        table
    }
}

fn field(word: &'static str) -> (&'static str, Child) {
    match word.split_once(':') {
        Some((name, number)) => (name, number.parse().ok()),
        None => (word, None),
    }
}
