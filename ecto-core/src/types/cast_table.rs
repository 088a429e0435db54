//! The cast table of Ecto, row by row: T-11, T-12, T-13, T-14, T-15, T-16, T-18, T-19, T-20, T-21, T-23, U-01.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use serde_json::{Value as Json, json};

use super::{Input, Scalar};

/// Each input, and what it is printed as once it is cast; `None` where it is refused.
fn check<T: Scalar + std::fmt::Debug>(row: &str, cases: &[(Json, Option<&str>)]) {
    for (input, expected) in cases {
        let cast = T::cast(Input::from_json(input));
        assert_eq!(cast.as_ref().ok().map(|value| format!("{value:?}")).as_deref(), *expected, "{row}: {} from {input}", T::NAME);
        if let Err(error) = cast {
            assert_eq!(error.message, "is invalid", "{row}: {input}");
        }
    }
}

#[test]
fn t_11_integer() {
    let same = [
        (json!(12), Some("12")),
        (json!("12"), Some("12")),
        (json!("+12"), Some("12")),
        (json!("-12"), Some("-12")),
        (json!("007"), Some("7")),
        (json!(1.0), None),
        (json!("1.0"), None),
        (json!(" 1"), None),
        (json!("1 "), None),
        (json!("1_000"), None),
        (json!(""), None),
        (json!("0".repeat(31)), Some("0")),
        (json!("0".repeat(32)), None),
        (json!(true), None),
        (json!([1]), None),
    ];
    check::<i64>("T-11", &same);
    check::<i32>("T-11", &same);
    check::<i16>("T-11", &same);
    check::<i16>("T-11, in range", &[(json!("32767"), Some("32767")), (json!("32768"), None), (json!(-32769), None)]);
    check::<i64>("T-11, in range", &[(json!(u64::MAX), None), (json!("9223372036854775807"), Some("9223372036854775807"))]);
}

#[test]
fn t_12_float() {
    check::<f64>(
        "T-12",
        &[
            (json!(1.5), Some("1.5")),
            (json!(2), Some("2.0")),
            (json!("1"), Some("1.0")),
            (json!("1.0"), Some("1.0")),
            (json!("1e3"), Some("1000.0")),
            (json!("-1.5"), Some("-1.5")),
            (json!(".5"), None),
            (json!("1."), None),
            (json!("inf"), None),
            (json!("NaN"), None),
            (json!("1e999"), None),
            (json!("1.5x"), None),
            (json!(false), None),
        ],
    );
    check::<f32>("T-12", &[(json!("1e39"), None), (json!("0.5"), Some("0.5"))]);
}

#[cfg(feature = "decimal")]
#[test]
fn t_13_decimal() {
    check::<rust_decimal::Decimal>(
        "T-13",
        &[
            (json!(1), Some("1")),
            (json!(0.1), Some("0.1")),
            (json!(1.5e10), Some("15000000000")),
            (json!("1.00"), Some("1.00")),
            (json!(".5"), Some("0.5")),
            (json!("1."), Some("1")),
            (json!("1e3"), Some("1000")),
            (json!("1E-3"), Some("0.001")),
            (json!("+1"), Some("1")),
            (json!("-1.25"), Some("-1.25")),
            (json!("1234567890123456789012345678"), Some("1234567890123456789012345678")),
            (json!("0.0000000000000000000000000001"), Some("0.0000000000000000000000000001")),
            (json!("0.00000000000000000000000000001"), None),
            (json!("1e29"), None),
            (json!("1e-30"), None),
            (json!("1e6145"), None),
            (json!("1e99999999999"), None),
            (json!("NaN"), None),
            (json!("Inf"), None),
            (json!("1_000"), None),
            (json!("1e"), None),
            (json!("."), None),
            (json!("-"), None),
            (json!("--1"), None),
            (json!(""), None),
            (json!(" 1"), None),
            (json!(true), None),
        ],
    );
}

#[test]
fn t_14_boolean() {
    for good in [json!(true), json!("true"), json!("1")] {
        check::<bool>("T-14", &[(good, Some("true"))]);
    }
    for good in [json!(false), json!("false"), json!("0")] {
        check::<bool>("T-14", &[(good, Some("false"))]);
    }
    for bad in [json!(1), json!(0), json!("TRUE"), json!("True"), json!("yes"), json!("on"), json!("t"), json!(""), json!([])] {
        check::<bool>("T-14", &[(bad, None)]);
    }
}

#[test]
fn t_15_string_and_binary() {
    check::<String>(
        "T-15",
        &[(json!(" a "), Some("\" a \"")), (json!(1), None), (json!(true), None), (json!(["a"]), None), (json!({}), None)],
    );
    check::<Vec<u8>>("T-15", &[(json!("ab"), Some("[97, 98]")), (json!(1), None), (json!([97]), None)]);
}

#[cfg(feature = "json")]
#[test]
fn t_16_map() {
    check::<Json>(
        "T-16",
        &[
            (json!({"a": 1}), Some("Object {\"a\": Number(1)}")),
            (json!([1]), Some("Array [Number(1)]")),
            (json!("{}"), None),
            (json!(1), None),
        ],
    );
}

#[test]
fn t_18_date() {
    check::<NaiveDate>(
        "T-18",
        &[
            (json!("2026-11-22"), Some("2026-11-22")),
            (json!("2026-11-22T23:30:00"), Some("2026-11-22")),
            (json!("2026-11-22 23:30:00.123"), Some("2026-11-22")),
            (json!("2026-11-22T23:30:00-05:00"), Some("2026-11-22")),
            (json!({"year": 2026, "month": "11", "day": 22}), Some("2026-11-22")),
            (json!({"year": "", "month": 11, "day": 22}), None),
            (json!({"year": 2026, "month": 11}), None),
            (json!("2026-02-30"), None),
            (json!("2026-11-22x"), None),
            (json!("2026-11-22T25:00:00"), None),
            (json!("22.11.2026"), None),
            (json!("2026-11-2é"), None),
            (json!(20261122), None),
        ],
    );
}

#[test]
fn t_19_time() {
    check::<NaiveTime>(
        "T-19",
        &[
            (json!("09:30"), Some("09:30:00")),
            (json!("09:30:15"), Some("09:30:15")),
            (json!("T09:30:15"), Some("09:30:15")),
            (json!("09:30:15.5"), Some("09:30:15.500")),
            (json!("09:30:15,123456789"), Some("09:30:15.123456")),
            (json!("09:30:15Z"), Some("09:30:15")),
            (json!("09:30:15+02:00"), Some("09:30:15")),
            (json!({"hour": "9", "minute": 30}), Some("09:30:00")),
            (json!({"hour": 9, "minute": 30, "second": "", "microsecond": 7}), Some("09:30:00.000007")),
            (json!({"year": 2026, "month": 1, "day": 1, "hour": 9, "minute": 30, "second": 1}), Some("09:30:01")),
            (json!({"hour": 24, "minute": 0}), None),
            (json!({"hour": 9}), None),
            (json!("24:00"), None),
            (json!("9:30"), None),
            (json!("09:30:"), None),
            (json!("09:30:15."), None),
            (json!("09:30:15.x"), None),
            (json!("09:30:60"), None),
            (json!("2026-11-22T09:30:15"), None),
        ],
    );
}

#[test]
fn t_20_naive_datetime_drops_an_offset() {
    check::<NaiveDateTime>(
        "T-20",
        &[
            (json!("2026-11-22T09:30"), Some("2026-11-22T09:30:00")),
            (json!("2026-11-22 09:30"), Some("2026-11-22T09:30:00")),
            (json!("2026-11-22T09:30:15.1234567"), Some("2026-11-22T09:30:15.123456")),
            (json!("2026-11-22T09:30:15+02:00"), Some("2026-11-22T09:30:15")),
            (json!("2026-11-22T09:30:15Z"), Some("2026-11-22T09:30:15")),
            (json!({"year": 2026, "month": 11, "day": 22, "hour": 9, "minute": 30, "second": 15}), Some("2026-11-22T09:30:15")),
            (json!({"year": 2026, "month": 11, "day": 22}), None),
            (json!("2026-11-22"), None),
            (json!("2026-11-22_09:30:00"), None),
        ],
    );
}

#[test]
fn t_21_utc_datetime_applies_an_offset() {
    check::<DateTime<Utc>>(
        "T-21",
        &[
            (json!("2026-11-22T09:30:15"), Some("2026-11-22T09:30:15Z")),
            (json!("2026-11-22T09:30"), Some("2026-11-22T09:30:00Z")),
            (json!("2026-11-22T09:30:15Z"), Some("2026-11-22T09:30:15Z")),
            (json!("2026-11-22T09:30:15+02:00"), Some("2026-11-22T07:30:15Z")),
            (json!("2026-11-22T23:30:15-0200"), Some("2026-11-23T01:30:15Z")),
            (json!("2026-11-22T09:30+02"), Some("2026-11-22T07:30:00Z")),
            (json!("2026-11-22T09:30:15.1234567+00:00"), Some("2026-11-22T09:30:15.123456Z")),
            (json!({"year": "2026", "month": "11", "day": "22", "hour": "9", "minute": "30"}), Some("2026-11-22T09:30:00Z")),
            (json!("2026-11-22T09:30:15-00:00"), None),
            (json!("2026-11-22T09:30:15+25:00"), None),
            (json!("2026-11-22T09:30:15+2"), None),
            (json!("2026-11-22T09:30:15ZZ"), None),
            (json!("2026-11-22"), None),
        ],
    );
}

#[cfg(feature = "uuid")]
#[test]
fn u_01_uuid() {
    check::<uuid::Uuid>(
        "U-01",
        &[
            (json!("F47AC10B-58cc-4372-a567-0e02b2c3d479"), Some("f47ac10b-58cc-4372-a567-0e02b2c3d479")),
            (json!("f47ac10b58cc4372a5670e02b2c3d479"), None),
            (json!("{f47ac10b-58cc-4372-a567-0e02b2c3d47}"), None),
            (json!("g47ac10b-58cc-4372-a567-0e02b2c3d479"), None),
            (json!(1), None),
        ],
    );
}
