//! C-51, C-53, C-54, C-55, C-56, C-58, C-59, C-60, C-61, C-63.

use serde_json::json;

use super::*;

#[test]
fn c_51_validations_see_changes_that_are_not_null_and_nothing_else() {
    let never = |_: &i32| -> Result<(), &'static str> { Err("was looked at") };
    assert!(existing().validate_change(User::age, never).is_valid(), "the row's value");
    assert!(existing().put_change(User::age, None).validate_change(User::age, never).is_valid(), "NULL");
    let changeset =
        existing().put_change(User::age, 31).validate_change(User::age, |age| if age % 2 == 0 { Ok(()) } else { Err("must be even") });
    assert_eq!(errors(&changeset), ["age custom must be even"]);
    let row = User { age: Some(999), email: "none".into(), ..al() };
    let unjudged = Changeset::from(row).validate_number(User::age, number().less_than(150)).validate_format(User::email, "@");
    assert!(unjudged.is_valid());
}

#[test]
fn c_53_required_looks_at_the_row_too_and_takes_the_change_back() {
    assert!(existing().validate_required((User::name, User::age)).is_valid());
    let changeset =
        existing().put_change(User::name, "").put_change(User::age, None).validate_required((User::age, User::name, User::score));
    assert_eq!(errors(&changeset), ["age required can't be blank", "name required can't be blank", "score required can't be blank"]);
    assert!(changeset.changes().is_empty());
}

#[test]
fn c_53_required_is_one_block_ahead_of_older_errors_and_never_the_second_error() {
    let changeset = new()
        .cast([("name", "Al"), ("age", "x")], (User::name, User::age))
        .add_error(User::name, "is odd")
        .validate_required((User::age, User::name, User::email, User::score));
    assert_eq!(
        errors(&changeset),
        ["email required can't be blank", "score required can't be blank", "name custom is odd", "age cast is invalid"]
    );
}

#[test]
fn c_53_required_does_not_trim() {
    assert!(existing().put_change(User::name, "  ").validate_required(User::name).is_valid());
}

#[test]
fn c_54_format() {
    let changeset = existing().put_change(User::email, "al");
    assert_eq!(errors(&changeset.clone().validate_format(User::email, "@")), ["email format has invalid format"]);
    assert!(changeset.clone().validate_format(User::email, "^a").validate_format(User::email, regex::Regex::new("l$").unwrap()).is_valid());
    let own = changeset.validate_format(User::email, format("@").message("needs an @"));
    assert_eq!(errors(&own), ["email format needs an @"]);
}

#[test]
fn c_54_a_pattern_that_is_none_is_a_mistake_and_no_field_error() {
    let changeset = existing().put_change(User::email, "al").validate_format(User::email, "(");
    assert!(!changeset.is_valid() && changeset.errors().is_empty());
    assert_eq!(changeset.mistake().unwrap().message(), "`(` is not a regular expression: unclosed group");
    let error = changeset.apply_action(Action::Update).unwrap_err();
    assert!(error.is_database(), "{error}");
}

#[test]
fn c_55_c_56_inclusion_and_exclusion() {
    let changeset = existing().put_change(User::role, "root").put_change(User::age, 17);
    let included = changeset.clone().validate_inclusion(User::role, ["guest", "admin"]).validate_inclusion(User::age, 18..=99);
    assert_eq!(errors(&included), ["age inclusion is invalid", "role inclusion is invalid"]);
    assert_eq!(included.errors()[1].params(), [("enum", json!(["guest", "admin"]))]);
    let excluded = changeset.clone().validate_exclusion(User::role, ["root"]).validate_exclusion(User::age, [16, 17]);
    assert_eq!(errors(&excluded), ["age exclusion is reserved", "role exclusion is reserved"]);
    assert!(changeset.validate_inclusion(User::role, vec!["root".to_owned()]).validate_exclusion(User::age, [1]).is_valid());
}

#[test]
fn c_58_length_texts() {
    let of = |bounds: Length| existing().put_change(User::name, "abc").validate_length(User::name, bounds).errors().first().cloned();
    for (bounds, text, kind, count) in [
        (length().is(2), "should be 2 character(s)", "is", 2),
        (length().min(4), "should be at least 4 character(s)", "min", 4),
        (length().max(2), "should be at most 2 character(s)", "max", 2),
        (length().max(2).min(4).is(5), "should be 5 character(s)", "is", 5),
        (length().max(2).min(4), "should be at least 4 character(s)", "min", 4),
        ((4..).into(), "should be at least 4 character(s)", "min", 4),
        ((..3).into(), "should be at most 2 character(s)", "max", 2),
        ((1..=2).into(), "should be at most 2 character(s)", "max", 2),
        (4.into(), "should be 4 character(s)", "is", 4),
    ] {
        let error = of(bounds).unwrap();
        assert_eq!((error.text().as_str(), error.code()), (text, "length"));
        assert_eq!(error.params(), [("count", json!(count)), ("kind", json!(kind)), ("type", json!("string"))]);
    }
    for passes in [length(), length().is(3), length().min(3).max(3), (2..4).into()] {
        assert_eq!(of(passes), None);
    }
}

#[test]
fn c_58_what_is_counted() {
    // A flag of two code points, an e with a combining accent, a line end of two bytes.
    let text = "🇩🇪e\u{301}\r\n";
    for (count, length_of) in [(Count::Graphemes, 3), (Count::Codepoints, 6), (Count::Bytes, 13)] {
        let changeset = existing().put_change(User::name, text).validate_length(User::name, length().is(length_of).count(count));
        assert_eq!(errors(&changeset), [""; 0], "{count:?}");
    }
    let bytes = existing().put_change(User::name, "é").validate_length(User::name, length().max(1).count(Count::Bytes));
    assert_eq!(bytes.errors()[0].text(), "should be at most 1 byte(s)");
    let binary = existing().put_change(User::token, vec![1, 2, 3]).validate_length(User::token, 4..);
    assert_eq!(binary.errors()[0].text(), "should be at least 4 byte(s)");
    assert_eq!(binary.errors()[0].param("type"), Some(&json!("binary")));
}

#[test]
fn c_59_number_texts_and_the_order_of_comparisons() {
    let of = |rule: Number<i32>| existing().put_change(User::age, 5).validate_number(User::age, rule).errors().first().cloned();
    for (rule, text, kind, with) in [
        (number().less_than(5), "must be less than 5", "less_than", 5),
        (number().greater_than(5), "must be greater than 5", "greater_than", 5),
        (number().less_than_or_equal_to(4), "must be less than or equal to 4", "less_than_or_equal_to", 4),
        (number().greater_than_or_equal_to(6), "must be greater than or equal to 6", "greater_than_or_equal_to", 6),
        (number().equal_to(6), "must be equal to 6", "equal_to", 6),
        (number().not_equal_to(5), "must be not equal to 5", "not_equal_to", 5),
        (number().less_than(6).greater_than(7).equal_to(8), "must be greater than 7", "greater_than", 7),
        (number().equal_to(8).greater_than(7), "must be equal to 8", "equal_to", 8),
    ] {
        let error = of(rule).unwrap();
        assert_eq!((error.text().as_str(), error.code()), (text, "number"));
        assert_eq!(error.params(), [("kind", json!(kind)), ("number", json!(with))]);
    }
    assert_eq!(of(number().greater_than(4).less_than(6)), None);
    let float = existing()
        .put_change(User::score, 0.5)
        .validate_number(User::score, number().greater_than(0.75).message("above %{number}, please"));
    assert_eq!(errors(&float), ["score number above 0.75, please"]);
}

#[test]
fn c_60_a_confirmation_is_compared_raw() {
    let cast = |params: serde_json::Value| existing().cast(params, User::name).validate_confirmation(User::name);
    assert!(cast(json!({"name": "Bo", "name_confirmation": "Bo"})).is_valid());
    assert!(cast(json!({"name": "Bo"})).is_valid(), "not sent");
    assert!(existing().put_change(User::name, "Bo").validate_confirmation(User::name).is_valid(), "nothing cast");
    let differs = cast(json!({"name": "Al", "name_confirmation": "Bo"}));
    assert_eq!(errors(&differs), ["name_confirmation confirmation does not match confirmation"], "though the name does not change");
    let typed = existing().cast(json!({"age": "1", "age_confirmation": 1}), User::age).validate_confirmation(User::age);
    assert!(!typed.is_valid(), "a text is no number here");
    let required = existing().cast([("name", "Bo")], User::name).validate_confirmation_required(User::name);
    assert_eq!(errors(&required), ["name_confirmation required can't be blank"]);
    let own =
        existing().cast([("name", "Bo"), ("name_confirmation", "B")], User::name).validate_confirmation_with(User::name, "is not the same");
    assert_eq!(errors(&own), ["name_confirmation confirmation is not the same"]);
}

#[test]
fn c_61_acceptance() {
    let cast = |params: serde_json::Value| new().cast(params, User::name).validate_acceptance("terms");
    for yes in [json!(true), json!("true"), json!("1")] {
        assert!(cast(json!({"terms": yes})).is_valid());
    }
    for no in [json!({}), json!({"terms": false}), json!({"terms": "yes"}), json!({"terms": 1}), json!({"terms": null})] {
        assert_eq!(errors(&cast(no)), ["terms acceptance must be accepted"]);
    }
    assert!(new().validate_acceptance("terms").is_valid(), "nothing cast");
    assert!(!new().cast([("x", "1")], ()).validate_acceptance(User::confirmed).is_valid());
}

#[test]
fn c_63_a_message_may_bring_a_code_and_parameters() {
    let own = message("%{count} is the least, %{unit}").param("unit", "letters").code("short");
    let changeset = existing().put_change(User::name, "abc").validate_length(User::name, length().min(4).message(own));
    assert_eq!(errors(&changeset), ["name short 4 is the least, letters"]);
    let required = new().validate_required_with(User::name, "is needed");
    assert_eq!(errors(&required), ["name required is needed"]);
}
