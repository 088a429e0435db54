//! The form of a transcript: a command behind `$`, then its standard output as it is, its standard error behind `!`, and its exit
//! code behind `?` unless it is 0. Lines behind `#` are for the reader; but `# rows: K-05, K-06` in the first one are the rows of
//! docs/ecto-parity.md that it proves.

use std::fs;
use std::path::Path;

/// What a command said.
#[derive(Default)]
pub struct Said {
    pub output: String,
    pub error: String,
    pub code: i32,
}

/// The rows that a transcript proves.
pub fn rows(file: &Path) -> Vec<String> {
    let text = fs::read_to_string(file).expect("to read a transcript");
    let first = text.lines().next().and_then(|line| line.strip_prefix("# rows: "));
    first.map(|rows| rows.split(", ").map(str::to_owned).collect()).unwrap_or_default()
}

/// Runs the commands of a transcript, and compares it with what they say now.
pub fn check(file: &Path, run: impl Fn(&str) -> Said) -> Result<(), String> {
    let expected = fs::read_to_string(file).map_err(|error| error.to_string())?;
    let mut found = String::new();
    for line in expected.lines().filter(|line| line.starts_with('$') || line.starts_with('#')) {
        found.push_str(line);
        found.push('\n');
        if let Some(command) = line.strip_prefix("$ ") {
            write(&mut found, &run(command));
        }
    }
    if std::env::var("ECTO_BLESS").is_ok_and(|value| value == "1") {
        fs::write(file, &found).map_err(|error| error.to_string())?;
    } else if found != expected {
        return Err(format!("{} differs\n--- expected\n{expected}\n--- found\n{found}", file.display()));
    }
    Ok(())
}

fn write(transcript: &mut String, said: &Said) {
    transcript.push_str(&said.output);
    for line in said.error.lines() {
        transcript.push_str(format!("! {line}").trim_end());
        transcript.push('\n');
    }
    if said.code != 0 {
        transcript.push_str(&format!("? {}\n", said.code));
    }
    transcript.push('\n');
}
