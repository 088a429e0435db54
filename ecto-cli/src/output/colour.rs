//! Colours, and the two streams that drop them where nobody sees them.

use std::io::{self, Write};

use anstream::AutoStream;
use anstyle::{AnsiColor, Effects, Style};
use clap::ColorChoice;

/// What went well.
pub const DONE: Style = AnsiColor::Green.on_default().effects(Effects::BOLD);
/// What waits, and what one should know.
pub const WARN: Style = AnsiColor::Yellow.on_default().effects(Effects::BOLD);
pub const ERROR: Style = AnsiColor::Red.on_default().effects(Effects::BOLD);
/// Versions and names.
pub const NAME: Style = AnsiColor::Cyan.on_default();
/// Times, and other things that are there if one looks for them.
pub const DIM: Style = Style::new().effects(Effects::DIMMED);

/// The standard output and the standard error. `NO_COLOR`, `CLICOLOR_FORCE` and whether somebody looks are asked for each of them.
pub struct Streams {
    out: AutoStream<io::Stdout>,
    error: AutoStream<io::Stderr>,
}

impl Streams {
    pub fn new(color: ColorChoice) -> Streams {
        let choice = match color {
            ColorChoice::Auto => anstream::ColorChoice::Auto,
            ColorChoice::Always => anstream::ColorChoice::Always,
            ColorChoice::Never => anstream::ColorChoice::Never,
        };
        Streams { out: AutoStream::new(io::stdout(), choice), error: AutoStream::new(io::stderr(), choice) }
    }

    /// Does somebody look at what stands beside the result?
    pub fn is_watched(&self) -> bool {
        self.error.is_terminal()
    }

    /// A line of the result.
    pub fn out(&mut self, line: &str) {
        // OK because there is nobody left to tell if the stream is closed.
        let _ = writeln!(self.out, "{line}").and_then(|()| self.out.flush());
    }

    /// What clap says: help that was asked for is a result.
    pub fn usage(&mut self, usage: &clap::Error) {
        let text = usage.render().ansi().to_string();
        let text = text.strip_suffix('\n').unwrap_or(&text);
        if usage.use_stderr() { self.error(text) } else { self.out(text) }
    }

    /// A line beside the result.
    pub fn error(&mut self, line: &str) {
        self.unfinished(&format!("{line}\n"));
    }

    /// The same without an end, to be seen at once.
    pub fn unfinished(&mut self, text: &str) {
        // OK as above.
        let _ = write!(self.error, "{text}").and_then(|()| self.error.flush());
    }
}

/// A text in a colour.
pub fn paint(style: Style, text: impl std::fmt::Display) -> String {
    format!("{style}{text}{style:#}")
}

/// A word in the column of verbs.
pub fn verb(style: Style, word: &str) -> String {
    paint(style, format_args!("{word:>10}"))
}
