//! What is wrong with a changeset, for a form, for JSON and for programs.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::{Changeset, FieldError};
use crate::schema::Record;

impl<S: Record> Changeset<S> {
    /// All errors, newest first. Errors that one call found stand together, in the order in which its fields were listed.
    #[must_use]
    pub fn errors(&self) -> &[FieldError] {
        &self.state.errors
    }

    /// The errors of one field, by its name, newest first.
    pub fn errors_on<'a>(&'a self, field: &'a str) -> impl Iterator<Item = &'a FieldError> {
        self.state.errors.iter().filter(move |error| error.field() == field)
    }

    /// What `read` makes of each error, by the names of the fields; newest first. `changeset.traverse_errors(FieldError::text)` gives the texts.
    ///
    /// This is where messages are translated: look [`message`](FieldError::message) up, and fill it in by [`text_of`](FieldError::text_of).
    ///
    /// ```
    /// # use ecto_core::prelude::*;
    /// # #[derive(Schema, Debug, Clone)]
    /// # #[schema(table = "users")]
    /// # struct User { id: i64, name: String, email: String, age: Option<i32>, #[schema(default = false)] confirmed: bool }
    /// # let al = User { id: 1, name: "Al".into(), email: "al@example.com".into(), age: Some(30), confirmed: true };
    /// let changeset = Changeset::from(al).put_change(User::age, 200).validate_number(User::age, number().less_than(150));
    /// let german = changeset.traverse_errors(|error| match error.message() {
    ///     "must be less than %{number}" => error.text_of("muss kleiner als %{number} sein"),
    ///     _ => error.text(),
    /// });
    /// assert_eq!(german["age"], ["muss kleiner als 150 sein"]);
    /// ```
    pub fn traverse_errors<T>(&self, mut read: impl FnMut(&FieldError) -> T) -> BTreeMap<String, Vec<T>> {
        let mut map: BTreeMap<String, Vec<T>> = BTreeMap::new();
        for error in &self.state.errors {
            map.entry(error.field().to_owned()).or_default().push(read(error));
        }
        map
    }

    /// The texts of all errors as JSON: `{"email": ["has invalid format"]}`.
    #[must_use]
    pub fn errors_json(&self) -> Json {
        self.traverse_errors(FieldError::text).into_iter().map(|(field, texts)| (field, Json::from(texts))).collect()
    }
}
