//! `--crd`: the CRDs in files, read for what they say of their kinds' fields.

use std::path::{Path, PathBuf};

use super::files::{self, Manifest};
use super::{Failure, note};
use crate::catalogue::crd::Crds;
use crate::krm::Source;
use crate::model::{Counted, read_crds};

/// What one `--crd` names.
pub(super) struct Given {
    path: PathBuf,
    manifests: Vec<Manifest>,
}

/// The texts of all that `--crd` names.
pub(super) fn given(paths: &[PathBuf]) -> Result<Vec<Given>, Failure> {
    let one = |path: &PathBuf| {
        let manifests = files::manifests(std::slice::from_ref(path), None)?;
        Ok(Given { path: path.clone(), manifests })
    };
    paths.iter().map(one).collect()
}

/// Those texts read.
pub(super) fn sources(given: &[Given]) -> Result<Vec<(&Path, Vec<Source<'_>>)>, Failure> {
    given.iter().map(|one| Ok((one.path.as_path(), files::sources(&one.manifests)?))).collect()
}

/// The table of all their CRDs. Operators ship theirs among other objects, which are passed over with a note; a
/// `--crd` that names no CRD at all is a mistake.
pub(super) fn crds<'a>(given: &'a [(&Path, Vec<Source<'a>>)]) -> Result<Crds<'a>, Failure> {
    let mut crds = Crds::default();
    for (path, sources) in given {
        let mut definitions = 0;
        for source in sources {
            definitions += of_source(source, &mut crds)?;
        }
        if definitions == 0 {
            return Err(format!(
                "--crd {}: no CustomResourceDefinition is there; name the file of a CRD, such as kubectl get crd NAME -o \
                 yaml prints",
                path.display()
            ));
        }
    }
    Ok(crds)
}

/// How many CRDs a source holds.
fn of_source<'a>(source: &'a Source<'a>, crds: &mut Crds<'a>) -> Result<usize, Failure> {
    let path = source.path.unwrap_or("stdin");
    let Counted { definitions, others } =
        read_crds(source, crds).map_err(|error| format!("{path}: {error}"))?;
    if definitions > 0 && others > 0 {
        let objects = if others == 1 { "object is" } else { "objects are" };
        note(&format!("note: {path}: {others} {objects} no CustomResourceDefinition; skipped"));
    }
    Ok(definitions)
}

/// Stdin is read once.
pub(super) fn refuse_stdin_twice(paths: &[PathBuf], crds: &[PathBuf]) -> Result<(), Failure> {
    let dashes = paths.iter().chain(crds).filter(|path| path.as_os_str() == "-").count();
    if crds.iter().any(|path| path.as_os_str() == "-") && dashes > 1 {
        return Err("--crd -: stdin is asked for twice; give the CRDs or the manifests as a file".to_owned());
    }
    Ok(())
}
