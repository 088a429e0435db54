//! A text matches a regular expression.

use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use foldhash::fast::FixedState;
use hashbrown::HashMap;
use regex::Regex;

use crate::changeset::state::State;
use crate::changeset::{Changeset, FieldError, Message};
use crate::error::ChangesetError;
use crate::schema::{Field, Record};
use crate::types::{Scalar, SqlType};

/// A type that a pattern can be looked for in: `String`.
#[diagnostic::on_unimplemented(message = "`{Self}` is not a text type", label = "expected a field of texts")]
pub trait Textual: Scalar {
    #[doc(hidden)]
    fn __text(view: &Self::View) -> &str;
}

#[diagnostic::do_not_recommend]
impl Textual for String {
    #[inline]
    fn __text(view: &str) -> &str {
        view
    }
}

/// A pattern, and what to say of a text without it. A `&'static str` is one, and so is a [`Regex`].
#[derive(Debug, Clone)]
pub struct Format {
    pattern: Pattern,
    message: Option<Message>,
}

#[derive(Debug, Clone)]
enum Pattern {
    Source(&'static str),
    Static(&'static Regex),
    Compiled(Regex),
}

/// A pattern with a message of its own: `format("@").message("must have an @")`.
pub fn format(pattern: impl Into<Format>) -> Format {
    pattern.into()
}

impl Format {
    /// What to say, instead of `has invalid format`.
    #[must_use]
    pub fn message(mut self, message: impl Into<Message>) -> Self {
        self.message = Some(message.into());
        self
    }
}

impl From<&'static str> for Format {
    fn from(source: &'static str) -> Self {
        Format { pattern: Pattern::Source(source), message: None }
    }
}

impl From<Regex> for Format {
    fn from(regex: Regex) -> Self {
        Format { pattern: Pattern::Compiled(regex), message: None }
    }
}

impl From<&'static Regex> for Format {
    fn from(regex: &'static Regex) -> Self {
        Format { pattern: Pattern::Static(regex), message: None }
    }
}

impl<S: Record> Changeset<S> {
    /// The text matches a regular expression (of the `regex` crate), else `has invalid format`.
    ///
    /// The pattern is looked for anywhere in the text: write `^..$` for all of it. One that is given as a text is compiled at its first use and
    /// kept; one that is no regular expression is a [mistake](Changeset::mistake).
    ///
    /// ```
    /// # use ecto_core::prelude::*;
    /// # #[derive(Schema, Debug, Clone)]
    /// # #[schema(table = "users")]
    /// # struct User { id: i64, name: String, email: String, age: Option<i32>, #[schema(default = false)] confirmed: bool }
    /// # let al = User { id: 1, name: "Al".into(), email: "al@example.com".into(), age: Some(30), confirmed: true };
    /// let changeset = Changeset::from(al).put_change(User::email, "al").validate_format(User::email, "@");
    /// assert_eq!(changeset.errors()[0].to_string(), "email has invalid format");
    /// let own = changeset.validate_format(User::email, format("@").message("needs an @"));
    /// assert_eq!(own.errors()[0].text(), "needs an @");
    /// ```
    #[inline]
    pub fn validate_format<T: SqlType<Base: Textual>>(mut self, field: Field<S, T>, format: impl Into<Format>) -> Self {
        if let Some(view) = self.state.change(field.index()).and_then(T::Base::view) {
            match is_match(T::Base::__text(view), &format.into()) {
                Ok(None) => {}
                Ok(Some(message)) => add(&mut self.state, field.index(), message),
                Err(error) => self.state.add_mistake(error),
            }
        }
        self
    }
}

/// The message, if the text does not match.
fn is_match(text: &str, format: &Format) -> Result<Option<Message>, ChangesetError> {
    let found = match format.pattern {
        Pattern::Source(source) => compiled(source)?.is_match(text),
        Pattern::Static(regex) => regex.is_match(text),
        Pattern::Compiled(ref regex) => regex.is_match(text),
    };
    Ok((!found).then(|| format.message.clone().unwrap_or_else(|| "has invalid format".into())))
}

#[cold]
fn add(state: &mut State, field: u16, message: Message) {
    let error = FieldError::new(state.field(field).name, "format", message);
    state.add_error(error);
}

/// Every pattern of the program that was used so far, by the address of its source, which is as good as its text and quicker to hash.
static COMPILED: LazyLock<RwLock<Patterns>> = LazyLock::new(RwLock::default);

/// Shared by `Arc`, because a clone of a `Regex` makes its scratch memory anew.
type Patterns = HashMap<(usize, usize), Arc<Regex>, FixedState>;

fn compiled(source: &'static str) -> Result<Arc<Regex>, ChangesetError> {
    let key = (source.as_ptr().addr(), source.len());
    if let Some(regex) = COMPILED.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
        return Ok(Arc::clone(regex));
    }
    let regex = Arc::new(Regex::new(source).map_err(|cause| bad_pattern(source, &cause))?);
    COMPILED.write().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::clone(&regex));
    Ok(regex)
}

/// The parser's text has the pattern once more, and a line that says what is wrong with it.
#[cold]
fn bad_pattern(pattern: &'static str, cause: &regex::Error) -> ChangesetError {
    let text = cause.to_string();
    let reason = text.rsplit("error: ").next().unwrap_or_default().to_owned();
    ChangesetError::BadPattern { pattern, reason }
}
