//! What a user sent, whatever form it came in.

use std::collections::HashMap;
use std::sync::Arc;

use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::form;
use crate::error::{ChangesetError, Error, Result};
use crate::types::Input;

/// The input of a cast: names and raw values. Cheap to clone.
///
/// Made from pairs, maps, JSON, a form's text or anything serialisable. All become the same tree, in which a form has texts,
/// lists and maps, and JSON has numbers, booleans and null as well; how each is read is up to the type of the field.
///
/// JSON that is no object (and a `null`) makes params that are not a map: casting them gives a changeset that is not valid and has no
/// errors, which is what a form shows before anything was sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Params(Arc<Json>);

impl Params {
    /// Reads a form: `name=Al&posts[0][title]=x&tags[]=a&tags[]=b`.
    ///
    /// `%XX` and `+` are decoded. A key that comes twice has its last value, except `key[]`, which is a list; `key[name]` is a map. Nothing
    /// here is an error: a `%` that is followed by no digits is itself, bytes that are no UTF-8 become `U+FFFD`, and a
    /// key that contradicts an earlier one (`a=1&a[b]=2`) is dropped. So is what goes beyond 4 096 pairs or 32 levels.
    ///
    /// ```
    /// use ecto_core::changeset::Params;
    ///
    /// let params = Params::from_form("name=Al+B&tags[]=a&tags[]=b&posts[0][title]=x");
    /// assert_eq!(params.as_json().to_string(), r#"{"name":"Al B","posts":{"0":{"title":"x"}},"tags":["a","b"]}"#);
    /// ```
    #[must_use]
    pub fn from_form(text: &str) -> Self {
        Params(Arc::new(Json::Object(form::parse(text))))
    }

    /// Takes anything that serialises to a map.
    ///
    /// # Errors
    /// When it cannot be serialised, or is no map.
    pub fn from_serialize<T: Serialize + ?Sized>(value: &T) -> Result<Self> {
        let json = serde_json::to_value(value).map_err(|cause| {
            let error: Error = ChangesetError::ParamsUnreadable { what: std::any::type_name::<T>() }.into();
            error.because(cause)
        })?;
        if !json.is_object() {
            return Err(ChangesetError::ParamsNotMap { what: std::any::type_name::<T>() }.into());
        }
        Ok(Params(Arc::new(json)))
    }

    /// Are they a map, so that they can be cast?
    #[must_use]
    pub fn is_map(&self) -> bool {
        self.0.is_object()
    }

    /// The input of this name.
    #[must_use]
    pub fn input(&self, name: &str) -> Option<Input<'_>> {
        self.get(name).map(Input::from_json)
    }

    /// The same, raw.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Json> {
        self.0.get(name)
    }

    /// All of it.
    #[must_use]
    pub fn as_json(&self) -> &Json {
        &self.0
    }

    /// C-09: laid over by newer ones, name by name.
    pub(super) fn overlay(&mut self, newer: &Params) {
        let (Some(newer), Json::Object(mine)) = (newer.0.as_object(), Arc::make_mut(&mut self.0)) else { return };
        mine.extend(newer.iter().map(|(name, value)| (name.clone(), value.clone())));
    }
}

#[diagnostic::do_not_recommend]
impl From<Json> for Params {
    fn from(json: Json) -> Self {
        Params(Arc::new(json))
    }
}

#[diagnostic::do_not_recommend]
impl From<&Json> for Params {
    fn from(json: &Json) -> Self {
        json.clone().into()
    }
}

#[diagnostic::do_not_recommend]
impl From<Map<String, Json>> for Params {
    fn from(map: Map<String, Json>) -> Self {
        Json::Object(map).into()
    }
}

#[diagnostic::do_not_recommend]
impl From<&Params> for Params {
    fn from(params: &Params) -> Self {
        params.clone()
    }
}

fn from_pairs<K: Into<String>, V: Into<Json>>(pairs: impl IntoIterator<Item = (K, V)>) -> Params {
    pairs.into_iter().map(|(name, value)| (name.into(), value.into())).collect::<Map<String, Json>>().into()
}

#[diagnostic::do_not_recommend]
impl<K: Into<String>, V: Into<Json>, H> From<HashMap<K, V, H>> for Params {
    fn from(pairs: HashMap<K, V, H>) -> Self {
        from_pairs(pairs)
    }
}

#[diagnostic::do_not_recommend]
impl<K: AsRef<str>, V: AsRef<str>, H> From<&HashMap<K, V, H>> for Params {
    fn from(pairs: &HashMap<K, V, H>) -> Self {
        from_pairs(pairs.iter().map(|(name, value)| (name.as_ref(), value.as_ref())))
    }
}

#[diagnostic::do_not_recommend]
impl<K: Into<String>, V: Into<Json>, const N: usize> From<[(K, V); N]> for Params {
    fn from(pairs: [(K, V); N]) -> Self {
        from_pairs(pairs)
    }
}

#[diagnostic::do_not_recommend]
impl<K: Into<String>, V: Into<Json>> From<Vec<(K, V)>> for Params {
    fn from(pairs: Vec<(K, V)>) -> Self {
        from_pairs(pairs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_source_makes_the_same_params() {
        let expected = Params::from(json!({"name": "Al", "age": "3"}));
        assert_eq!(Params::from([("name", "Al"), ("age", "3")]), expected);
        assert_eq!(Params::from(vec![("name".to_owned(), "Al".to_owned()), ("age".to_owned(), "3".to_owned())]), expected);
        let map = HashMap::from([("name".to_owned(), "Al".to_owned()), ("age".to_owned(), "3".to_owned())]);
        assert_eq!(Params::from(&map), expected);
        assert_eq!(Params::from(map), expected);
        assert_eq!(Params::from(HashMap::from([("name", "Al"), ("age", "3")])), expected);
        assert_eq!(Params::from_form("name=Al&age=3"), expected);
        assert_eq!(Params::from(&json!({"name": "Al", "age": "3"})), expected);
    }

    #[test]
    fn what_serialises_to_a_map_is_params_and_nothing_else() {
        #[derive(Serialize)]
        struct Signup {
            name: &'static str,
            age: i32,
        }
        let params = Params::from_serialize(&Signup { name: "Al", age: 3 }).unwrap();
        assert_eq!(params.as_json(), &json!({"name": "Al", "age": 3}));
        let error = Params::from_serialize(&3).unwrap_err();
        assert_eq!(error.to_string(), "a value of type `i32` cannot be params: it is not a map of names to values");
        let error = Params::from_serialize(&HashMap::from([((1, 2), 3)])).unwrap_err();
        assert!(
            error.to_string().starts_with("a value of type `std::collections::hash::map::HashMap<(i32, i32), i32>` cannot be params"),
            "{error}"
        );
    }
}
