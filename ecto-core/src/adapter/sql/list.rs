//! How a list becomes parameters, where the database has no arrays.
//!
//! A text with as many placeholders as the list has elements would be a statement of its own for each length. So the length
//! is rounded up to a power of two, and the last element repeated; a long list is one JSON parameter.

use crate::types::Value;

/// The longest list that is expanded.
const EXPANDED: usize = 1024;

/// What a list looks like in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ListShape {
    /// No element: never true.
    Empty,
    /// So many placeholders.
    Expanded(usize),
    /// One placeholder, for a JSON array.
    Json,
}

impl ListShape {
    /// The shape of a list of this length.
    #[must_use]
    pub fn of(length: usize) -> Self {
        match length {
            0 => ListShape::Empty,
            1..=EXPANDED => ListShape::Expanded(length.next_power_of_two()),
            _ => ListShape::Json,
        }
    }

    /// How many parameters it takes.
    #[must_use]
    pub fn width(self) -> usize {
        match self {
            ListShape::Empty => 0,
            ListShape::Expanded(width) => width,
            ListShape::Json => 1,
        }
    }
}

/// How many parameters a value takes, where lists are expanded.
#[must_use]
pub fn width(value: &Value) -> usize {
    match value {
        Value::List(list) => ListShape::of(list.len()).width(),
        _ => 1,
    }
}
