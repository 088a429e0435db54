//! A new file opened where its writer wants to write it.

use std::path::Path;
use std::process::Command;

use crate::config;
use crate::error::CliError;

/// Opens a file in the program that `ECTO_EDITOR` names, and waits for it. `__FILE__` and `__LINE__` in it are filled in; without them the
/// file comes last.
pub fn open(file: &Path) -> Result<(), CliError> {
    let Some(editor) = config::editor() else { return Ok(()) };
    let words = command(&editor, &file.display().to_string());
    let Some((program, arguments)) = words.split_first() else { return Ok(()) };
    let failed = |reason: String| CliError::Editor { editor: editor.clone(), reason };
    let status = Command::new(program).args(arguments).status().map_err(|error| failed(error.to_string()))?;
    if status.success() { Ok(()) } else { Err(failed(status.to_string())) }
}

/// The program and its arguments. Words are cut at spaces, but not the name of the file.
fn command(editor: &str, file: &str) -> Vec<String> {
    let mut words: Vec<String> = editor.split_whitespace().map(str::to_owned).collect();
    if !editor.contains("__FILE__") && !words.is_empty() {
        words.push("__FILE__".into());
    }
    words.iter().map(|word| word.replace("__LINE__", "1").replace("__FILE__", file)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_goes_where_it_is_wanted() {
        assert_eq!(command("vim", "a b.sql"), ["vim", "a b.sql"]);
        assert_eq!(command("code --wait -g __FILE__:__LINE__", "a.sql"), ["code", "--wait", "-g", "a.sql:1"]);
        assert!(command("  ", "a.sql").is_empty());
    }
}
