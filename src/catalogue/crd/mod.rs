//! The fields of custom resources and what may stand in them: what the CRDs list for every kind that people write into
//! an instance's list.
//!
//! Source: the CRDs of openstack-operator, infra-operator (v1beta1) and MetalLB (v1beta1, v1beta2) that the corpus
//! holds; a test makes `crd_fields.txt` of them and fails where the two differ. `schema` says how a line there is read;
//! `=` lines say which line of the shapes a kind has.
//!
//! CRDs given by the user make a table of the same shapes. Must not know how a CRD is written.

mod compare;
mod schema;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{LazyLock, OnceLock};

pub use compare::{Compared, Difference, What, compare};
pub use schema::{Child, Field, Limit, Limits, Schema, Type};

const TEXT: &str = include_str!("../crd_fields.txt");

/// The number of shapes in the text, and the offset of each one's line, then the text's end. Computed at compile time:
/// a run must not search for them.
const SHAPES: usize = shapes();
static STARTS: [usize; SHAPES + 1] = starts();

static BUILT_IN: LazyLock<BuiltIn> = LazyLock::new(BuiltIn::default);

/// Group, version and kind, with the number of the kind's shape.
type Kinds<'t> = BTreeMap<(&'t str, &'t str, &'t str), Child>;

/// The shapes of kinds whose CRDs the user gave.
#[derive(Debug)]
pub struct Crds<'t> {
    kinds: Kinds<'t>,
    schemas: Vec<Schema<'t>>,
    numbers: BTreeMap<Schema<'t>, usize>,
}

/// The built-in table. A run needs few of its shapes, so each is parsed on first use.
struct BuiltIn {
    kinds: Kinds<'static>,
    schemas: Vec<OnceLock<Schema<'static>>>,
}

/// What may stand at one place in an object.
#[derive(Clone, Copy)]
pub struct Shape<'s> {
    schema: &'s Schema<'s>,
    /// The table that holds its children; `None` for the built-in one.
    given: Option<&'s Crds<'s>>,
}

/// What the table says of a kind or a key.
#[derive(Clone, Copy)]
pub enum Known<'s> {
    /// It does not exist.
    No,
    /// It exists, and nothing below it is checked.
    Leaf,
    /// It exists and has this shape.
    Of(Shape<'s>),
}

/// The shape of a kind: by the given CRDs, else by the built-in table.
#[must_use]
pub fn shape<'s>(given: Option<&'s Crds<'s>>, api_version: &str, kind: &str) -> Known<'s> {
    let (group, version) = api_version.split_once('/').unwrap_or(("", api_version));
    let name = (group, version, kind);
    if let Some((given, child)) = given.and_then(|given| Some((given, *given.kinds.get(&name)?))) {
        return below(Some(given), child);
    }
    BUILT_IN.kinds.get(&name).map_or(Known::No, |child| below(None, *child))
}

fn below<'s>(given: Option<&'s Crds<'s>>, child: Child) -> Known<'s> {
    let schema = child.and_then(|number| match given {
        Some(given) => given.schemas.get(number),
        None => BUILT_IN.schema(number),
    });
    schema.map_or(Known::Leaf, |schema| Known::Of(Shape { schema, given }))
}

impl<'s> Shape<'s> {
    /// What stands there by the CRD.
    #[must_use]
    pub fn schema(self) -> &'s Schema<'s> {
        self.schema
    }

    /// The field of a name, where the schema lists fields.
    #[must_use]
    pub fn field(self, name: &str) -> Option<&'s Field<'s>> {
        let Schema::Fields(fields) = self.schema else { return None };
        fields.get(fields.binary_search_by(|field| field.name.cmp(name)).ok()?)
    }

    /// The shape of a child of this one's schema.
    #[must_use]
    pub fn child(self, child: Child) -> Known<'s> {
        below(self.given, child)
    }

    /// What the shape says of a key in a mapping.
    #[must_use]
    pub fn key(self, name: &str) -> Known<'s> {
        match self.schema {
            Schema::Fields(_) => self.field(name).map_or(Known::No, |field| below(self.given, field.child)),
            Schema::Each(child) => below(self.given, *child),
            Schema::Items(..) | Schema::Value(..) => Known::Leaf,
        }
    }

    /// The field that a name was probably meant to be: equal but for case, or with at most one edit for four letters.
    #[must_use]
    pub fn near(self, name: &str) -> Option<&'s str> {
        let Schema::Fields(fields) = self.schema else { return None };
        let distance =
            |field: &str| strsim::osa_distance(&field.to_ascii_lowercase(), &name.to_ascii_lowercase());
        let best = fields.iter().map(|field| (distance(field.name), field.name)).min()?;
        (best.0 * 4 <= name.len()).then_some(best.1)
    }
}

impl Default for Crds<'_> {
    /// Without kinds, and with the plain string that the table does not number.
    fn default() -> Self {
        let mut crds = Self { kinds: Kinds::new(), schemas: Vec::new(), numbers: BTreeMap::new() };
        crds.number(Schema::Value(Type::String, Vec::new()));
        crds
    }
}

impl<'t> Crds<'t> {
    /// The number of a shape; equal shapes share one.
    pub fn number(&mut self, schema: Schema<'t>) -> usize {
        if let Some(number) = self.numbers.get(&schema) {
            return *number;
        }
        let number = self.schemas.len();
        self.schemas.push(schema.clone());
        self.numbers.insert(schema, number);
        number
    }

    /// Adds a kind; false if it is there with another shape, which stays.
    pub fn add(&mut self, group: &'t str, version: &'t str, kind: &'t str, shape: Child) -> bool {
        *self.kinds.entry((group, version, kind)).or_insert(shape) == shape
    }
}

impl Default for BuiltIn {
    fn default() -> Self {
        let mut kinds = Kinds::new();
        kinds.extend(TEXT.lines().take_while(|line| line.starts_with(['#', '='])).filter_map(kind));
        Self { kinds, schemas: STARTS.iter().map(|_| OnceLock::new()).collect() }
    }
}

impl BuiltIn {
    fn schema(&self, number: usize) -> Option<&Schema<'static>> {
        let line = TEXT.get(*STARTS.get(number)?..STARTS.get(number + 1)?.checked_sub(1)?)?;
        Some(self.schemas.get(number)?.get_or_init(|| Schema::read(line)))
    }
}

/// `= group/version Kind number`; none for a comment.
fn kind(line: &str) -> Option<((&str, &str, &str), Child)> {
    let mut words = line.strip_prefix("= ")?.split(' ');
    let (group, version) = words.next()?.split_once('/')?;
    Some(((group, version, words.next()?), words.next()?.parse().ok()))
}

const fn shapes() -> usize {
    let (mut count, mut rest) = (0, next_shape(TEXT.as_bytes()));
    while !rest.is_empty() {
        count += 1;
        rest = next_shape(behind_line(rest));
    }
    count
}

const fn starts() -> [usize; SHAPES + 1] {
    let mut starts = [TEXT.len(); SHAPES + 1];
    let (mut free, mut rest) = (starts.as_mut_slice(), next_shape(TEXT.as_bytes()));
    while let [start, more @ ..] = free {
        *start = TEXT.len() - rest.len();
        free = more;
        rest = next_shape(behind_line(rest));
    }
    starts
}

/// The text from the next shape's line on; `#` and `=` lines state the table's sources and kinds.
const fn next_shape(mut text: &[u8]) -> &[u8] {
    while let [b'#' | b'=', ..] = text {
        text = behind_line(text);
    }
    text
}

const fn behind_line(mut text: &[u8]) -> &[u8] {
    while let [byte, rest @ ..] = text {
        text = rest;
        if *byte == b'\n' {
            break;
        }
    }
    text
}

/// The table in the format of `crd_fields.txt`.
impl fmt::Display for Crds<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for ((group, version, kind), child) in &self.kinds {
            writeln!(f, "= {group}/{version} {kind} {}", schema::shown(*child))?;
        }
        self.schemas.iter().try_for_each(|schema| writeln!(f, "{schema}"))
    }
}
