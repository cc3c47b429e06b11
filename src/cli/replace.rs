//! Files that get new texts: all of them or none, and each one whole at any moment. It must not know what the texts are.
//!
//! All texts are written beside their places first and only renamed then, so that whoever is killed leaves files that are
//! as they were or as they are to be, and hidden ones that nothing reads.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::Failure;
use super::fresh::fresh;

/// A text for a file.
#[derive(Debug)]
pub(super) struct Replacement<'t> {
    /// Where, links followed.
    pub(super) path: PathBuf,
    /// What is there; nothing where the file is to be made.
    pub(super) old: Option<&'t str>,
    /// What is to be there.
    pub(super) new: &'t str,
    /// Which file's mode and owner it gets, if any's.
    pub(super) like: Option<PathBuf>,
}

/// Where something went wrong, and how.
type Wrong = (PathBuf, String);

/// Gives all files their texts; the failure says what stands in the way, and that nothing was changed.
pub(super) fn replace(all: &[Replacement<'_>]) -> Result<(), Failure> {
    let mut beside = Vec::new();
    let written = all.iter().try_for_each(|one| write(one, &mut beside).map_err(|error| of(one, &error)));
    let checked = written.and_then(|()| all.iter().try_for_each(is_as_read));
    let placed = checked.and_then(|()| place(all, &beside));
    let (wrong, left) = match placed {
        Ok(()) => return Ok(()),
        Err(wrong) => wrong,
    };
    for path in &beside {
        fs::remove_file(path).unwrap_or_default();
    }
    let left = match left.as_slice() {
        [] => "nothing was changed".to_owned(),
        left => format!("these could not be put back: {}", left.join(", ")),
    };
    Err(format!("{}: {}; {left}", wrong.0.display(), wrong.1))
}

fn of(one: &Replacement<'_>, error: &io::Error) -> (Wrong, Vec<String>) {
    ((one.path.clone(), error.to_string()), Vec::new())
}

/// Writes a text beside its place.
fn write(one: &Replacement<'_>, beside: &mut Vec<PathBuf>) -> io::Result<()> {
    let (path, mut file) = fresh(one.path.parent().unwrap_or(Path::new(".")))?;
    beside.push(path);
    if let Some(other) = &one.like {
        like(&file, &fs::metadata(other)?)?;
    }
    file.write_all(one.new.as_bytes())?;
    file.sync_all()
}

/// Gives a file the owner and mode of another, before anything is in it. To give files away is root's alone.
fn like(file: &File, other: &fs::Metadata) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, fchown};
        let own = file.metadata()?;
        if (own.uid(), own.gid()) != (other.uid(), other.gid()) {
            fchown(file, Some(other.uid()), Some(other.gid())).unwrap_or_default();
        }
    }
    file.set_permissions(other.permissions())
}

/// Whether a file still has what was read, or is not there yet.
fn is_as_read(one: &Replacement<'_>) -> Result<(), (Wrong, Vec<String>)> {
    let wrong = |what: &str| Err(((one.path.clone(), what.to_owned()), Vec::new()));
    match one.old {
        None if one.path.symlink_metadata().is_ok() => wrong("somebody has made this file meanwhile"),
        None => Ok(()),
        Some(old) => match fs::read(&one.path) {
            Ok(bytes) if bytes == old.as_bytes() => Ok(()),
            Ok(_) => wrong("somebody has changed this file since it was read; run again"),
            Err(error) => wrong(&error.to_string()),
        },
    }
}

/// Puts all texts in their places; where one cannot be, those before it are put back.
fn place(all: &[Replacement<'_>], beside: &[PathBuf]) -> Result<(), (Wrong, Vec<String>)> {
    for (count, (one, text)) in all.iter().zip(beside).enumerate() {
        if let Err(error) = fs::rename(text, &one.path) {
            let left = all.iter().take(count).filter_map(|done| put_back(done).err()).collect();
            return Err(((one.path.clone(), error.to_string()), left));
        }
    }
    for one in all {
        let directory = one.path.parent().and_then(|directory| File::open(directory).ok());
        // A file system that cannot promise this has still renamed.
        directory.map_or(Ok(()), |directory| directory.sync_all()).unwrap_or_default();
    }
    Ok(())
}

fn put_back(done: &Replacement<'_>) -> Result<(), String> {
    let back = || match done.old {
        None => fs::remove_file(&done.path),
        Some(old) => {
            let again =
                Replacement { path: done.path.clone(), old: None, new: old, like: Some(done.path.clone()) };
            let mut beside = Vec::new();
            write(&again, &mut beside)?;
            beside.iter().try_for_each(|text| fs::rename(text, &done.path))
        }
    };
    back().map_err(|error| format!("{} ({error})", done.path.display()))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;

    use super::{Replacement, replace};

    fn replacement<'t>(path: PathBuf, old: Option<&'t str>, new: &'t str) -> Replacement<'t> {
        Replacement { like: path.parent().map(|above| above.join("a")), path, old, new }
    }

    /// The texts of all files of a directory, hidden ones too, by their names.
    fn texts(directory: &std::path::Path) -> Vec<(String, String)> {
        let entries =
            fs::read_dir(directory).expect("a directory").map(|entry| entry.expect("an entry").path());
        let files = entries.filter(|path| path.is_file());
        let mut texts: Vec<_> = files
            .map(|path| {
                let name = path.file_name().expect("a name").to_string_lossy().into_owned();
                (name, fs::read_to_string(path).expect("a text"))
            })
            .collect();
        texts.sort();
        texts
    }

    #[test]
    fn all_or_none() {
        let directory = tempfile::tempdir().expect("a directory");
        let path = |name: &str| directory.path().join(name);
        for name in ["a", "b"] {
            fs::write(path(name), "old").expect("written");
        }
        fs::create_dir(path("taken")).expect("made");
        let before = texts(directory.path());
        let ways_to_fail = [
            (path("nowhere/c"), None, "No such file"),
            (path("b"), Some("older"), "somebody has changed this file"),
            (path("taken"), None, "somebody has made this file"),
            (path("missing"), Some("old"), "No such file"),
        ];
        for (last, old, words) in ways_to_fail {
            let all = [
                replacement(path("a"), Some("old"), "new"),
                Replacement { like: Some(path("a")), path: last, old, new: "new" },
            ];
            let said = replace(&all).expect_err("this cannot be done");
            assert!(said.contains(words) && said.ends_with("; nothing was changed"), "{said}");
            assert_eq!(texts(directory.path()), before);
        }
    }

    #[test]
    fn what_was_placed_is_put_back() {
        let directory = tempfile::tempdir().expect("a directory");
        let path = |name: &str| directory.path().join(name);
        fs::write(path("a"), "old").expect("written");
        fs::write(path("text"), "new").expect("written");
        fs::write(path("more"), "new").expect("written");
        let all = [
            replacement(path("a"), Some("old"), "new"),
            replacement(path("made"), None, "new"),
            replacement(path("b"), None, "new"),
        ];
        let beside = [path("text"), path("more"), path("gone")];
        let ((wrong, _), left) = super::place(&all, &beside).expect_err("one is gone");
        assert_eq!((wrong, left), (path("b"), Vec::new()));
        assert_eq!(texts(directory.path()), [("a".to_owned(), "old".to_owned())]);
    }

    #[test]
    fn all_in_their_places() {
        let directory = tempfile::tempdir().expect("a directory");
        let path = |name: &str| directory.path().join(name);
        fs::write(path("a"), "old").expect("written");
        let all = [replacement(path("a"), Some("old"), "new"), replacement(path("b"), None, "new")];
        replace(&all).expect("done");
        let new = |name: &str| (name.to_owned(), "new".to_owned());
        assert_eq!(texts(directory.path()), [new("a"), new("b")]);
    }
}
