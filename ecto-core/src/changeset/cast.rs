//! Params in, typed changes or field errors out.

use std::borrow::Cow;
use std::sync::Arc;

use super::state::{Data, State};
use super::{Changeset, FieldError, FieldList, Fields, Message, Params, fields};
use crate::schema::{FieldMeta, Record};
use crate::types::{Input, Kind, Value, is_blank_temporal};

/// How a cast differs from the usual one. Made by [`cast`].
#[derive(Default)]
pub struct CastOptions {
    force_changes: bool,
    empty_values: Option<Arc<[Cow<'static, str>]>>,
    message: Option<Box<MessageOf>>,
}

type MessageOf = dyn Fn(&FieldError) -> Option<Message>;

/// Options for [`Changeset::cast_with`].
#[must_use]
pub fn cast() -> CastOptions {
    CastOptions::default()
}

impl CastOptions {
    /// Records also what the field holds already.
    #[must_use]
    pub fn force_changes(mut self) -> Self {
        self.force_changes = true;
        self
    }

    /// The texts that count as absent, in place of the empty text. Later casts of the same changeset keep them.
    #[must_use]
    pub fn empty_values<T: Into<Cow<'static, str>>>(mut self, values: impl IntoIterator<Item = T>) -> Self {
        self.empty_values = Some(values.into_iter().map(Into::into).collect());
        self
    }

    /// Another message for an input that is not of the field's type; `None` keeps the one that stands in the error.
    #[must_use]
    pub fn message(mut self, message: impl Fn(&FieldError) -> Option<Message> + 'static) -> Self {
        self.message = Some(Box::new(message));
        self
    }
}

impl<S: Record> Changeset<S> {
    /// Reads the listed fields from the params; all others are ignored, whatever the user sent.
    ///
    /// - A value that the field has already is no change.
    /// - An input that is not of the field's type is the error `is invalid`, with the code `cast`.
    /// - A blank text (only white space; for bytes, no byte) is the field's declared default, or NULL. Where the field is not an `Option` and has no
    ///   default, a blank text and `null` are the error `can't be blank`, with the code `required`.
    /// - Texts are taken as they are, not trimmed.
    ///
    /// A second cast adds to the first: newer params and changes win, errors are kept.
    ///
    /// ```
    /// # use ecto_core::prelude::*;
    /// # #[derive(Schema, Debug, Clone)]
    /// # #[schema(table = "users")]
    /// # struct User { id: i64, name: String, email: String, age: Option<i32>, #[schema(default = false)] confirmed: bool }
    /// let changeset = Changeset::<User>::new().cast([("name", "Al"), ("age", "x"), ("id", "7")], (User::name, User::age));
    /// assert_eq!(changeset.get_change(User::name).as_deref(), Some("Al"));
    /// assert_eq!(changeset.errors_json().to_string(), r#"{"age":["is invalid"]}"#);
    /// assert!(!changeset.changed(User::id));
    /// ```
    #[inline]
    pub fn cast(mut self, params: impl Into<Params>, permitted: impl Fields<S>) -> Self {
        run(&mut self.state, self.data.as_ref().map(|row| row as _), (params.into(), fields::list(&permitted)), &CastOptions::default());
        self
    }

    /// The same, with options: `cast_with(params, User::name, cast().empty_values(["-"]))`.
    ///
    /// ```
    /// # use ecto_core::prelude::*;
    /// # #[derive(Schema, Debug, Clone)]
    /// # #[schema(table = "users")]
    /// # struct User { id: i64, name: String, email: String, age: Option<i32>, #[schema(default = false)] confirmed: bool }
    /// # let al = User { id: 1, name: "Al".into(), email: "al@example.com".into(), age: Some(30), confirmed: true };
    /// use ecto_core::changeset::cast;
    ///
    /// let changeset = Changeset::from(al).cast_with([("age", "n/a")], User::age, cast().empty_values(["", "n/a"]));
    /// assert_eq!(changeset.get_change(User::age), Some(None));
    /// ```
    pub fn cast_with(mut self, params: impl Into<Params>, permitted: impl Fields<S>, options: CastOptions) -> Self {
        run(&mut self.state, self.data.as_ref().map(|row| row as _), (params.into(), fields::list(&permitted)), &options);
        self
    }
}

fn run(state: &mut State, data: Data<'_>, (params, permitted): (Params, FieldList), options: &CastOptions) {
    if options.empty_values.is_some() {
        state.rare_mut().empty_values.clone_from(&options.empty_values);
    }
    if !params.is_map() {
        state.refused = true;
        return;
    }
    for index in permitted {
        if let Some(input) = params.input(state.field(index).name) {
            cast_field(state, data, (index, input), options);
        }
    }
    match &mut state.params {
        Some(older) => older.overlay(&params),
        None => state.params = Some(params),
    }
}

fn cast_field(state: &mut State, data: Data<'_>, (index, input): (u16, Input<'_>), options: &CastOptions) {
    match read(state, state.field(index), input) {
        Ok(value) if options.force_changes || !state.is_current(data, index, &value) => state.record(index, value),
        Ok(_) => {}
        Err(error) => add_cast_error(state, error, options),
    }
}

/// One input as a value of the field.
fn read(state: &State, field: &'static FieldMeta, input: Input<'_>) -> Result<Value, FieldError> {
    let input = if matches!(input, Input::Json(_)) && is_blank_temporal(field.kind, input) { Input::Null } else { input };
    let value = match input {
        Input::Null if field.nullable => Value::Null,
        input if matches!(input, Input::Null) || is_empty(state, field.kind, input) => {
            field.default.map_or(Value::Null, |default| default())
        }
        input => (field.cast)(input).map_err(|error| FieldError::cast(field.name, field.type_name, error))?,
    };
    if value.is_null() && !field.nullable {
        return Err(FieldError::required(field.name));
    }
    Ok(value)
}

/// T-27: leading white space is passed over, which is enough to find a text that has nothing else; bytes are looked at as they are.
fn is_empty(state: &State, kind: Kind, input: Input<'_>) -> bool {
    let Input::Text(text) = input else { return false };
    let text = if kind == Kind::Bytes { text } else { text.trim_start() };
    match state.empty_values() {
        None => text.is_empty(),
        Some(values) => values.iter().any(|value| value == text),
    }
}

/// C-08: errors of a cast keep the order of the list; C-09: a second cast adds behind, each error once.
#[cold]
fn add_cast_error(state: &mut State, mut error: FieldError, options: &CastOptions) {
    if let Some(message) = options.message.as_ref().and_then(|message| message(&error)) {
        error = error.reworded(message);
    }
    if !state.errors.contains(&error) {
        state.errors.push(error);
    }
}
