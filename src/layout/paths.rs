//! Paths as they are written. Must not know what is there.

use std::path::{Component, Path, PathBuf};

/// The path without `.` and `..`.
pub(super) fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if normal.file_name().is_some() => drop(normal.pop()),
            other => normal.push(other),
        }
    }
    normal
}

/// The way from a directory to a path, as kustomizations write it.
#[must_use]
pub fn relative(directory: &Path, path: &Path) -> String {
    let (from, to): (Vec<_>, Vec<_>) = (directory.components().collect(), path.components().collect());
    let common = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
    let up = from.iter().skip(common).map(|_| "..".to_owned());
    let down = to.iter().skip(common).map(|component| component.as_os_str().to_string_lossy().into_owned());
    let way: Vec<String> = up.chain(down).collect();
    if way.is_empty() { ".".to_owned() } else { way.join("/") }
}

/// The directory of a file.
pub(super) fn directory(file: &Path) -> &Path {
    file.parent().unwrap_or(Path::new(""))
}

/// Whether a file is called by a name, whatever its extension.
pub(super) fn is_called(path: &Path, name: &str) -> bool {
    path.file_stem().is_some_and(|stem| stem == name)
}

/// The path with its last part called by another name; its extension stays.
pub(super) fn called(path: &Path, name: &str) -> PathBuf {
    match path.extension() {
        Some(extension) if path.file_name().is_some_and(|whole| whole != name) => {
            path.with_file_name(format!("{name}.{}", extension.to_string_lossy()))
        }
        _ => path.with_file_name(name),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{called, normal, relative};

    #[test]
    fn ways_are_those_of_kustomizations() {
        for (from, to, way) in [
            ("/o/fleet", "/o/openstack2", "../openstack2"),
            ("/o", "/o/base/plan.yaml", "base/plan.yaml"),
            ("/o/a/b", "/o", "../.."),
            ("/o", "/o", "."),
        ] {
            assert_eq!(relative(Path::new(from), Path::new(to)), way);
            assert_eq!(normal(&Path::new(from).join(way)), Path::new(to));
        }
    }

    #[test]
    fn another_name_keeps_the_extension() {
        assert_eq!(called(Path::new("/o/a.yaml"), "b"), Path::new("/o/b.yaml"));
        assert_eq!(called(Path::new("/o/a"), "b"), Path::new("/o/b"));
    }
}
