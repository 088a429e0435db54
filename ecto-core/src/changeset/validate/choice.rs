//! A value is one of a list, or none of it.

use std::borrow::Borrow;

use serde_json::Value as Json;

use crate::changeset::state::State;
use crate::changeset::{Changeset, FieldError, Message};
use crate::schema::{Field, Record};
use crate::types::{Scalar, SqlType, Value};

/// Something that a list of choices for a field of type `B` is made of: a `B`, or a `&str` for a text.
#[diagnostic::on_unimplemented(message = "a list of `{Self}` holds no values of type `{B}`", label = "expected a list of `{B}`")]
pub trait Choice<B: Scalar>: Borrow<B::View> + Into<B> {}

#[diagnostic::do_not_recommend]
impl<B: Scalar, V: Borrow<B::View> + Into<B>> Choice<B> for V {}

impl<S: Record> Changeset<S> {
    /// The value is one of these (a list, or a range of whole numbers), else `is invalid` with the code `inclusion`.
    ///
    /// ```
    /// # use ecto_core::prelude::*;
    /// # #[derive(Schema, Debug, Clone)]
    /// # #[schema(table = "users")]
    /// # struct User { id: i64, name: String, email: String, age: Option<i32>, #[schema(default = false)] confirmed: bool }
    /// # let al = User { id: 1, name: "Al".into(), email: "al@example.com".into(), age: Some(30), confirmed: true };
    /// let changeset = Changeset::from(al).put_change(User::name, "Cy").put_change(User::age, 17);
    /// assert!(changeset.clone().validate_inclusion(User::name, ["Bo", "Cy"]).is_valid());
    /// assert_eq!(changeset.validate_inclusion(User::age, 18..=99).errors()[0].code(), "inclusion");
    /// ```
    #[inline]
    pub fn validate_inclusion<T: SqlType, I: IntoIterator<Item: Choice<T::Base>> + Clone>(self, field: Field<S, T>, choices: I) -> Self
    where
        <T::Base as Scalar>::View: PartialEq,
    {
        self.validate_inclusion_with(field, choices, "is invalid")
    }

    /// The same, with another message.
    #[inline]
    pub fn validate_inclusion_with<T: SqlType, I: IntoIterator<Item: Choice<T::Base>> + Clone>(
        mut self,
        field: Field<S, T>,
        choices: I,
        message: impl Into<Message>,
    ) -> Self
    where
        <T::Base as Scalar>::View: PartialEq,
    {
        if self.is_chosen(field, choices.clone()) == Some(false) {
            add(&mut self.state, field.index(), ("inclusion", message.into()), names::<T::Base, I>(choices));
        }
        self
    }

    /// The value is none of these, else `is reserved`.
    ///
    /// ```
    /// # use ecto_core::prelude::*;
    /// # #[derive(Schema, Debug, Clone)]
    /// # #[schema(table = "users")]
    /// # struct User { id: i64, name: String, email: String, age: Option<i32>, #[schema(default = false)] confirmed: bool }
    /// # let al = User { id: 1, name: "Al".into(), email: "al@example.com".into(), age: Some(30), confirmed: true };
    /// let changeset = Changeset::from(al).put_change(User::name, "admin").validate_exclusion(User::name, ["admin", "root"]);
    /// assert_eq!(changeset.errors()[0].to_string(), "name is reserved");
    /// ```
    #[inline]
    pub fn validate_exclusion<T: SqlType, I: IntoIterator<Item: Choice<T::Base>> + Clone>(self, field: Field<S, T>, reserved: I) -> Self
    where
        <T::Base as Scalar>::View: PartialEq,
    {
        self.validate_exclusion_with(field, reserved, "is reserved")
    }

    /// The same, with another message.
    #[inline]
    pub fn validate_exclusion_with<T: SqlType, I: IntoIterator<Item: Choice<T::Base>> + Clone>(
        mut self,
        field: Field<S, T>,
        reserved: I,
        message: impl Into<Message>,
    ) -> Self
    where
        <T::Base as Scalar>::View: PartialEq,
    {
        if self.is_chosen(field, reserved.clone()) == Some(true) {
            add(&mut self.state, field.index(), ("exclusion", message.into()), names::<T::Base, I>(reserved));
        }
        self
    }

    /// Is the change in the list? `None` if there is none.
    fn is_chosen<T: SqlType, I: IntoIterator<Item: Choice<T::Base>>>(&self, field: Field<S, T>, list: I) -> Option<bool>
    where
        <T::Base as Scalar>::View: PartialEq,
    {
        let value = self.state.change(field.index()).and_then(T::Base::view)?;
        Some(list.into_iter().any(|choice| choice.borrow() == value))
    }
}

/// The list, for the error's `enum`.
#[cold]
fn names<B: Scalar, I: IntoIterator<Item: Choice<B>>>(list: I) -> Vec<Json> {
    list.into_iter().map(|choice| to_json(&choice.into().to_value())).collect()
}

#[cold]
fn to_json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(x) => Json::from(*x),
        Value::I16(x) => Json::from(*x),
        Value::I32(x) => Json::from(*x),
        Value::I64(x) => Json::from(*x),
        Value::F32(x) => Json::from(*x),
        Value::F64(x) => Json::from(*x),
        Value::Text(x) => Json::from(x.as_ref()),
        Value::Json(x) => (**x).clone(),
        Value::List(x) => x.iter().map(to_json).collect(),
        other => Json::from(crate::changeset::display::text_of(other)),
    }
}

#[cold]
fn add(state: &mut State, field: u16, (code, message): (&'static str, Message), list: Vec<Json>) {
    let error = FieldError::new(state.field(field).name, code, message).with("enum", list);
    state.add_error(error);
}
