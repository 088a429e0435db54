//! The list of Rust migrations: `migrations! { … }` in the file beside their folder.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::error::CliError;

/// What opens the list.
const OPENING: &str = "migrations! {";

/// The list with one more module.
pub struct Updated {
    pub text: String,
    pub is_new: bool,
}

/// `src/migrations/mod.rs` if there is one, else `src/migrations.rs`.
pub fn path(folder: &Path) -> PathBuf {
    let inside = folder.join("mod.rs");
    if inside.exists() { inside } else { folder.with_extension("rs") }
}

/// The text of the list with `module` added at its end.
pub fn with(path: &Path, module: &str) -> Result<Updated, CliError> {
    let shown = || path.display().to_string();
    let (text, is_new) = match fs::read_to_string(path) {
        Ok(text) => (text, false),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            ("//! The migrations, oldest first. `ecto gen migration` adds to this list.\n\necto_core::migrations! {}\n".into(), true)
        }
        Err(error) => return Err(CliError::File { path: shown(), reason: error.to_string() }),
    };
    let text = added(&text, module).ok_or_else(|| CliError::NoList { path: shown() })?;
    Ok(Updated { text, is_new })
}

fn added(text: &str, module: &str) -> Option<String> {
    let start = text.find(OPENING)? + OPENING.len();
    let end = start + text[start..].find('}')?;
    let (first, modules) = text[start..end].rsplit_once(';').map_or(("", &text[start..end]), |(first, rest)| (first.trim(), rest));
    let head = if first.is_empty() { String::new() } else { format!("    {first};\n") };
    let modules = modules.split(',').map(str::trim).filter(|module| !module.is_empty()).chain([module]);
    let lines: String = modules.map(|module| format!("    {module},\n")).collect();
    Some(format!("{}\n{head}{lines}{}", &text[..start], &text[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_is_added_at_the_end() {
        assert_eq!(added("x;\nmigrations! {}\ny", "v1_a").unwrap(), "x;\nmigrations! {\n    v1_a,\n}\ny");
        assert_eq!(added("migrations! { v1_a }", "v2_b").unwrap(), "migrations! {\n    v1_a,\n    v2_b,\n}");
        assert_eq!(added("migrations! { crate = x; v1_a, }", "v2_b").unwrap(), "migrations! {\n    crate = x;\n    v1_a,\n    v2_b,\n}");
        assert_eq!(added("mod x;", "v1_a"), None);
    }
}
