//! What a database URL says: which database, where, as whom, and with which options.
//!
//! A password is read here and handed to the driver, and stands in no text: not in an error, not in `describe`.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use super::{ConnectOptions, PoolOptions};
use crate::error::{AdapterError, Error, Result};

/// A URL, taken apart. Everything but the query is still encoded.
pub(super) struct Url<'u> {
    /// In front of the first `:`.
    pub(super) scheme: &'u str,
    /// Between `scheme:` and `?`.
    pub(super) rest: &'u str,
    /// Behind `?`, decoded.
    pub(super) options: Vec<(String, String)>,
}

/// Not derived: `rest` may hold a password.
impl fmt::Debug for Url<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Url").field("scheme", &self.scheme).finish_non_exhaustive()
    }
}

impl<'u> Url<'u> {
    /// Takes it apart.
    ///
    /// # Errors
    /// When it has no scheme, or an option without a value.
    pub(super) fn parse(url: &'u str) -> Result<Self> {
        let Some((scheme, rest)) = url.split_once(':') else {
            return Err(super::open::unknown(""));
        };
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let options = query.split('&').filter(|pair| !pair.is_empty()).map(pair).collect::<Result<_>>()?;
        Ok(Url { scheme, rest, options })
    }
}

fn pair(text: &str) -> Result<(String, String)> {
    match text.split_once('=') {
        Some((name, value)) => Ok((decode(name)?.into_owned(), decode(value)?.into_owned())),
        None => Err(malformed("an option has no value, expected `name=value`")),
    }
}

#[cold]
pub(super) fn malformed(reason: &str) -> Error {
    AdapterError::Url { reason: reason.to_owned() }.into()
}

/// Replaces `%40` and its kin by what they stand for. `+` is itself.
///
/// # Errors
/// When two hexadecimal digits do not follow a `%`, or the result is not UTF-8.
pub(super) fn decode(text: &str) -> Result<Cow<'_, str>> {
    if !text.contains('%') {
        return Ok(Cow::Borrowed(text));
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((byte, tail)) = rest.split_first() {
        rest = tail;
        if *byte != b'%' {
            bytes.push(*byte);
            continue;
        }
        let hex = tail.get(..2).and_then(|hex| std::str::from_utf8(hex).ok()).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(hex.ok_or_else(|| malformed("a `%` must be followed by two hexadecimal digits; write a `%` itself as `%25`"))?);
        rest = &tail[2..];
    }
    String::from_utf8(bytes).map(Cow::Owned).map_err(|_not_utf8| malformed("what `%` stands for is not UTF-8"))
}

/// Takes over an option that every database has. `false` if it is another one.
///
/// # Errors
/// When the value is not of the option's form.
pub(super) fn common(name: &str, value: &str, connect: &mut ConnectOptions, pool: &mut PoolOptions) -> Result<bool> {
    match name {
        "pool_size" => pool.size = count(name, value)?,
        "queue_timeout" => pool.queue_timeout = duration(name, value)?,
        "idle_limit" => pool.idle_limit = Some(duration(name, value)?),
        "max_lifetime" => pool.max_lifetime = Some(duration(name, value)?),
        "statement_cache" => connect.statement_cache = count(name, value)?,
        _ => return Ok(false),
    }
    Ok(true)
}

/// A number of at least one.
///
/// # Errors
/// When it is none.
pub(super) fn count(name: &str, value: &str) -> Result<usize> {
    value.parse().ok().filter(|count| *count > 0).ok_or_else(|| bad_value(name, value, "a number from 1"))
}

/// `5s`, `500ms`, `2min`; a number alone is seconds, as libpq has it.
///
/// # Errors
/// When it is none of these.
pub(super) fn duration(name: &str, value: &str) -> Result<Duration> {
    let digits = value.trim_end_matches(|c: char| !c.is_ascii_digit());
    let number: Option<u64> = digits.parse().ok();
    let duration = number.and_then(|number| match &value[digits.len()..] {
        "" | "s" => Some(Duration::from_secs(number)),
        "ms" => Some(Duration::from_millis(number)),
        "min" => number.checked_mul(60).map(Duration::from_secs),
        _ => None,
    });
    duration.ok_or_else(|| bad_value(name, value, "a time such as `5s` or `500ms`"))
}

/// `on` or `off`.
///
/// # Errors
/// When it is neither.
pub(super) fn switch(name: &str, value: &str) -> Result<bool> {
    match value {
        "on" | "true" => Ok(true),
        "off" | "false" => Ok(false),
        _ => Err(bad_value(name, value, "`on` or `off`")),
    }
}

#[cold]
pub(super) fn bad_value(option: &str, value: &str, expected: &'static str) -> Error {
    AdapterError::OptionValue { option: option.to_owned(), value: value.to_owned(), expected }.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_taken_apart() {
        let url = Url::parse("postgres://al:p%40ss@host/db?pool_size=3&application_name=a%20b").unwrap();
        assert_eq!((url.scheme, url.rest), ("postgres", "//al:p%40ss@host/db"));
        assert_eq!(url.options, [("pool_size".to_owned(), "3".to_owned()), ("application_name".to_owned(), "a b".to_owned())]);
        assert!(!format!("{url:?}").contains("p%40ss"));
    }

    #[test]
    fn percent_signs_are_decoded_or_refused() {
        assert_eq!(decode("p%40s%3as").unwrap(), "p@s:s");
        assert_eq!(decode("a+b").unwrap(), "a+b");
        for bad in ["%", "%4", "%zz", "%ff"] {
            assert!(decode(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn times_have_units() {
        assert_eq!(duration("t", "5").unwrap(), Duration::from_secs(5));
        assert_eq!(duration("t", "500ms").unwrap(), Duration::from_millis(500));
        assert_eq!(duration("t", "2min").unwrap(), Duration::from_secs(120));
        assert!(duration("t", "5h").is_err() && duration("t", "s").is_err() && duration("t", "-1").is_err());
    }
}
