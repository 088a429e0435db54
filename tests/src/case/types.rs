//! Each type with its edge values: written, read, and found by.

use ecto_core::prelude::*;
use rust_decimal::Decimal;
use serde_json::json;
use uuid::Uuid;

use proptest::prelude::{Strategy, any};
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::{Case, Outcome, case};
use crate::Stage;
use crate::scenario::types::{self, Optional, Sample};

pub(super) const CASES: &[Case] = &[
    case!(every_type_at_its_edges, ["T-01", "T-09"]),
    case!(every_type_may_be_null, ["T-05"]),
    case!(rows_are_found_by_each_type, ["T-10"]),
    case!(values_are_selected_as_what_they_are, ["T-01"]),
    case!(every_type_in_bulk, ["R-51"]),
    case!(every_type_is_updated, ["R-54"]),
    case!(decimals_are_exact, ["T-08"]),
    case!(decimals_that_are_equal_are_one, ["T-08", "Q-13", "Q-18"]),
    case!(a_number_that_does_not_fit_is_an_error, ["T-07"]),
    case!(what_others_wrote_is_read, ["T-09"]),
    case!(time_has_six_digits, ["T-23"]),
    case!(no_date_is_written_as_another, ["T-23"]),
    case!(a_leap_second_is_the_end_of_the_one_before, ["T-23"]),
    case!(whatever_is_written_is_read, ["T-09"]),
];

fn ordinary() -> Sample {
    Sample {
        id: 1,
        flag: true,
        small: 7,
        middle: 70_000,
        large: 7_000_000_000,
        single: 1.5,
        double: 0.1,
        text: "text".into(),
        bytes: vec![1, 2, 3],
        day: NaiveDate::from_ymd_opt(2026, 11, 22).unwrap(),
        clock: NaiveTime::from_hms_micro_opt(9, 30, 0, 123_456).unwrap(),
        local: "2026-11-22T09:30:00.123456".parse().unwrap(),
        instant: "2026-11-22T09:30:00.123456Z".parse().unwrap(),
        uuid: Uuid::from_u128(0x1234_5678_9abc_def0_1234_5678_9abc_def0),
        amount: "12.50".parse().unwrap(),
        json: json!({"a": [1, 2.5, null, "x"], "b": {"c": true}}),
    }
}

/// Everything as small as it goes.
fn lowest() -> Sample {
    Sample {
        id: 2,
        flag: false,
        small: i16::MIN,
        middle: i32::MIN,
        large: i64::MIN,
        single: f32::MIN,
        double: f64::MIN,
        text: String::new(),
        bytes: Vec::new(),
        day: NaiveDate::from_ymd_opt(1, 1, 1).unwrap(),
        clock: NaiveTime::MIN,
        local: "0001-01-01T00:00:00".parse().unwrap(),
        instant: "0001-01-01T00:00:00Z".parse().unwrap(),
        uuid: Uuid::nil(),
        amount: "-79228162514264337593543950335".parse().unwrap(),
        json: json!(null),
    }
}

/// Everything as large as it goes, and text that could be mistaken for something else.
fn highest() -> Sample {
    Sample {
        id: 3,
        flag: true,
        small: i16::MAX,
        middle: i32::MAX,
        large: i64::MAX,
        single: f32::MAX,
        double: f64::MAX,
        text: "'\"\\ \u{1F600}e\u{301} NULL $1 ?1 -- \n\t%_".into(),
        bytes: (0..=255).collect(),
        day: NaiveDate::from_ymd_opt(9999, 12, 31).unwrap(),
        clock: NaiveTime::from_hms_micro_opt(23, 59, 59, 999_999).unwrap(),
        local: "9999-12-31T23:59:59.999999".parse().unwrap(),
        instant: "9999-12-31T23:59:59.999999Z".parse().unwrap(),
        uuid: Uuid::max(),
        amount: "0.0000000000000000000000000001".parse().unwrap(),
        json: json!("a \"quoted\" \u{1F600} text"),
    }
}

fn samples(stage: &Stage) -> Result<Vec<Sample>> {
    types::create(stage)?;
    [ordinary(), lowest(), highest()].into_iter().map(|sample| Ok(stage.repo.insert(Changeset::insert(sample))?)).collect()
}

fn every_type_at_its_edges(stage: &Stage) -> Outcome {
    let inserted = samples(stage)?;
    assert_eq!(inserted, [ordinary(), lowest(), highest()]);
    assert_eq!(stage.repo.all(&Sample::query().order_by(|s| s.id))?, inserted);
    for sample in inserted {
        assert_eq!(stage.repo.fetch::<Sample>(sample.id)?, sample);
    }
    Ok(())
}

fn optional(sample: &Sample) -> Optional {
    let sample = sample.clone();
    Optional {
        id: sample.id,
        flag: Some(sample.flag),
        small: Some(sample.small),
        middle: Some(sample.middle),
        large: Some(sample.large),
        single: Some(sample.single),
        double: Some(sample.double),
        text: Some(sample.text),
        bytes: Some(sample.bytes),
        day: Some(sample.day),
        clock: Some(sample.clock),
        local: Some(sample.local),
        instant: Some(sample.instant),
        uuid: Some(sample.uuid),
        amount: Some(sample.amount),
        json: Some(sample.json),
    }
}

fn every_type_may_be_null(stage: &Stage) -> Outcome {
    types::create(stage)?;
    let empty = stage.repo.insert(Changeset::<Optional>::new())?;
    let nothing = Optional {
        id: empty.id,
        flag: None,
        small: None,
        middle: None,
        large: None,
        single: None,
        double: None,
        text: None,
        bytes: None,
        day: None,
        clock: None,
        local: None,
        instant: None,
        uuid: None,
        amount: None,
        json: None,
    };
    assert_eq!(empty, nothing);
    let full = stage.repo.insert(Changeset::insert(Optional { id: empty.id + 1, ..optional(&ordinary()) }))?;
    assert_eq!(stage.repo.all(&Optional::query().order_by(|o| o.id))?, [nothing, full.clone()]);
    assert_eq!(full.text.as_deref(), Some("text"));
    Ok(())
}

fn rows_are_found_by_each_type(stage: &Stage) -> Outcome {
    for sample in samples(stage)? {
        let query = Sample::query()
            .filter(|s| s.flag.eq(sample.flag).and(s.small.eq(sample.small)).and(s.middle.eq(sample.middle)).and(s.large.eq(sample.large)));
        let query = query.filter(|s| s.single.eq(sample.single).and(s.double.eq(sample.double)).and(s.text.eq(sample.text.as_str())));
        let query = query.filter(|s| s.bytes.eq(sample.bytes.clone()).and(s.day.eq(sample.day)).and(s.clock.eq(sample.clock)));
        let query = query.filter(|s| s.local.eq(sample.local).and(s.instant.eq(sample.instant)).and(s.uuid.eq(sample.uuid)));
        assert_eq!(stage.repo.one(&query.filter(|s| s.amount.eq(sample.amount)))?.map(|found| found.id), Some(sample.id));
        let listed =
            Sample::query().filter(|s| s.instant.in_([sample.instant]).and(s.uuid.in_([sample.uuid])).and(s.day.in_([sample.day])));
        assert_eq!(stage.repo.count(&listed)?, 1);
    }
    Ok(())
}

fn values_are_selected_as_what_they_are(stage: &Stage) -> Outcome {
    samples(stage)?;
    let sample = ordinary();
    let first = Sample::query().filter(|s| s.id.eq(1));
    let numbers = first.clone().select(|s| (value(sample.flag), value(sample.large), value(sample.double), s.small + 1_i16));
    assert_eq!(stage.repo.all(&numbers)?, [(sample.flag, sample.large, sample.double, 8)]);
    let texts = first.clone().select(|_| (value(sample.text.clone()), value(sample.uuid), value(sample.amount)));
    assert_eq!(stage.repo.all(&texts)?, [(sample.text.clone(), sample.uuid, sample.amount)]);
    let times = first.select(|_| (value(sample.day), value(sample.clock), value(sample.local), value(sample.instant)));
    assert_eq!(stage.repo.all(&times)?, [(sample.day, sample.clock, sample.local, sample.instant)]);
    Ok(())
}

fn every_type_in_bulk(stage: &Stage) -> Outcome {
    types::create(stage)?;
    let changesets: Vec<_> = [ordinary(), lowest(), highest()].into_iter().map(Changeset::insert).collect();
    assert_eq!(stage.repo.insert_all(changesets)?, 3);
    assert_eq!(stage.repo.all(&Sample::query().order_by(|s| s.id))?, [ordinary(), lowest(), highest()]);
    Ok(())
}

fn every_type_is_updated(stage: &Stage) -> Outcome {
    samples(stage)?;
    let to = highest();
    let one = Sample::query().filter(|s| s.id.eq(1));
    stage
        .repo
        .update_all(&one.clone().set(|s| (s.flag.to(to.flag), s.small.to(to.small), s.middle.to(to.middle), s.large.to(to.large))))?;
    stage.repo.update_all(
        &one.clone().set(|s| (s.single.to(to.single), s.double.to(to.double), s.text.to(to.text.clone()), s.bytes.to(to.bytes.clone()))),
    )?;
    stage
        .repo
        .update_all(&one.clone().set(|s| (s.day.to(to.day), s.clock.to(to.clock), s.local.to(to.local), s.instant.to(to.instant))))?;
    stage.repo.update_all(&one.set(|s| (s.uuid.to(to.uuid), s.amount.to(to.amount), s.json.to(to.json.clone()))))?;
    assert_eq!(stage.repo.fetch::<Sample>(1)?, Sample { id: 1, ..to });
    Ok(())
}

fn decimals_are_exact(stage: &Stage) -> Outcome {
    types::create(stage)?;
    let decimal = |text: &str| text.parse::<Decimal>().expect("a decimal");
    for (id, amount) in [(1, "0.1"), (2, "0.2"), (3, "10"), (4, "9.5")] {
        stage.repo.insert(Changeset::insert(Sample { id, amount: decimal(amount), ..ordinary() }))?;
    }
    let ids = |query: Query<Sample>| stage.repo.all(&query.order_by(|s| s.amount.asc()).select(|s| s.id));
    assert_eq!(ids(Sample::query())?, [1, 2, 4, 3], "in the order of numbers, not of texts");
    assert_eq!(ids(Sample::query().filter(|s| s.amount.gt(decimal("9.49"))))?, [4, 3]);
    assert_eq!(ids(Sample::query().filter(|s| s.amount.eq(decimal("10.00"))))?, [3]);
    let sum = stage.repo.aggregate(&Sample::query().filter(|s| s.id.le(2)), |s| s.amount.sum())?;
    assert_eq!(sum, Some(decimal("0.3")));
    Ok(())
}

/// 9.9 and 9.90 are one number, however it was written.
fn decimals_that_are_equal_are_one(stage: &Stage) -> Outcome {
    types::create(stage)?;
    for (id, amount) in [(1, "9.9"), (2, "9.90"), (3, "10")] {
        stage.repo.insert(Changeset::insert(Sample { id, amount: amount.parse()?, ..ordinary() }))?;
    }
    let amounts = |ids: [i64; 2]| Sample::query().filter(move |s| s.id.in_(ids)).select(|s| s.amount);
    assert_eq!(stage.repo.all(&Sample::query().select(|s| s.amount).distinct())?.len(), 2);
    assert_eq!(stage.repo.aggregate(&Sample::query(), |s| s.amount.count_distinct())?, 2);
    assert_eq!(stage.repo.aggregate(&Sample::query(), |s| s.amount.sum_distinct())?, Some("19.9".parse()?));
    assert_eq!(stage.repo.count(&amounts([1, 3]).union(amounts([2, 3])))?, 2);
    assert_eq!(stage.repo.count(&amounts([1, 1]).intersect(amounts([2, 2])))?, 1);
    assert_eq!(stage.repo.count(&amounts([1, 1]).except(amounts([2, 2])))?, 0);
    assert_eq!(stage.repo.count(&amounts([1, 1]).intersect(amounts([2, 3]).union(amounts([3, 3]))))?, 1);
    let whole = Query::from_subquery(Sample::query().filter(|s| s.id.lt(3)).distinct()).filter(|s| s.amount.eq(Decimal::new(99, 1)));
    assert_eq!(stage.repo.count(&whole)?, 2, "the columns keep their names");
    Ok(())
}

fn a_number_that_does_not_fit_is_an_error(stage: &Stage) -> Outcome {
    samples(stage)?;
    let error = stage.repo.query("SELECT large FROM samples WHERE id = 1", ())?.load::<i32>().unwrap_err();
    assert!(error.to_string().contains("7000000000"), "{error}");
    let error = stage.repo.query("SELECT text FROM samples WHERE id = 1", ())?.load::<i64>().unwrap_err();
    assert!(error.to_string().contains("expected"), "{error}");
    let error = stage.repo.query("SELECT NULL", ())?.load::<String>().unwrap_err();
    assert!(error.to_string().contains("NULL") && error.hint().is_some(), "{error}");
    Ok(())
}

fn what_others_wrote_is_read(stage: &Stage) -> Outcome {
    samples(stage)?;
    stage
        .repo
        .query("UPDATE samples SET local = '2026-01-02 03:04:05', instant = '2026-01-02T03:04:05', clock = '03:04:05' WHERE id = 1", ())?;
    let found = stage.repo.fetch::<Sample>(1)?;
    let local: NaiveDateTime = "2026-01-02T03:04:05".parse()?;
    assert_eq!((found.local, found.instant, found.clock), (local, local.and_utc(), local.time()));
    Ok(())
}

fn time_has_six_digits(stage: &Stage) -> Outcome {
    types::create(stage)?;
    let fine: DateTime<Utc> = "2026-11-22T09:30:00.123456789Z".parse()?;
    let inserted =
        stage.repo.insert(Changeset::insert(Sample { instant: fine, local: fine.naive_utc(), clock: fine.time(), ..ordinary() }))?;
    let found = stage.repo.fetch::<Sample>(1)?;
    assert_eq!(found, inserted, "what an insert returns is what a read finds");
    assert_eq!(found.instant.timestamp_subsec_nanos(), 123_456_000);
    Ok(())
}

/// What a database cannot keep it refuses; it never keeps another date instead.
fn no_date_is_written_as_another(stage: &Stage) -> Outcome {
    types::create(stage)?;
    for (id, year) in (1..).zip([-262_143, -4714, -1, 0, 9999, 10_000, 262_142]) {
        let day = NaiveDate::from_ymd_opt(year, 12, 31).ok_or("a date")?;
        let local = day.and_time(NaiveTime::MIN);
        let sample = Sample { id, day, local, instant: local.and_utc(), ..ordinary() };
        match stage.repo.insert(Changeset::insert(sample.clone())) {
            Ok(_) => assert_eq!(stage.repo.fetch::<Sample>(id)?, sample),
            Err(error) => {
                assert!(!(0..=9999).contains(&year), "{year}: {error}");
                assert_eq!(stage.repo.get::<Sample>(id)?, None);
            }
        }
    }
    Ok(())
}

fn a_leap_second_is_the_end_of_the_one_before(stage: &Stage) -> Outcome {
    types::create(stage)?;
    let clock = NaiveTime::from_hms_micro_opt(23, 59, 59, 1_500_000).ok_or("a leap second")?;
    let local = NaiveDate::from_ymd_opt(2016, 12, 31).ok_or("a date")?.and_time(clock);
    let inserted = stage.repo.insert(Changeset::insert(Sample { clock, local, instant: local.and_utc(), ..ordinary() }))?;
    assert_eq!(inserted.clock, NaiveTime::from_hms_micro_opt(23, 59, 59, 999_999).ok_or("a time")?);
    assert_eq!(stage.repo.fetch::<Sample>(inserted.id)?, inserted);
    assert_eq!(stage.repo.count(&Sample::query().filter(|s| s.instant.eq(local.and_utc()).and(s.clock.eq(clock))))?, 1);
    Ok(())
}

/// Samples with values that nobody thought of. No text has a zero byte, which PostgreSQL cannot keep.
fn any_sample() -> impl Strategy<Value = Sample> {
    let numbers = (any::<bool>(), any::<i16>(), any::<i32>(), any::<i64>(), any::<f32>(), any::<f64>());
    let texts = ("[^\\x00]{0,40}", any::<Vec<u8>>(), any::<u128>());
    // From the year 1 to the year 9999, in microseconds.
    let times = (-62_135_596_800_000_000_i64..253_402_300_799_999_999, any::<i64>(), 0_u32..28);
    (numbers, texts, times).prop_map(|((flag, small, middle, large, single, double), (text, bytes, uuid), (micros, digits, scale))| {
        let instant = DateTime::from_timestamp_micros(micros).expect("a time");
        let (local, day, clock) = (instant.naive_utc(), instant.date_naive(), instant.time());
        let amount = Decimal::new(digits, scale);
        let json = json!({"text": text, "number": large, "list": [flag, null_or(middle)]});
        let uuid = Uuid::from_u128(uuid);
        Sample { id: 0, flag, small, middle, large, single, double, text, bytes, day, clock, local, instant, uuid, amount, json }
    })
}

fn null_or(number: i32) -> Option<i32> {
    (number % 2 == 0).then_some(number)
}

fn whatever_is_written_is_read(stage: &Stage) -> Outcome {
    types::create(stage)?;
    let mut runner = TestRunner::deterministic();
    let written: Vec<Sample> =
        (1..=300).map(|id| Sample { id, ..any_sample().new_tree(&mut runner).expect("a sample").current() }).collect();
    let (one_by_one, at_once) = written.split_at(50);
    for sample in one_by_one {
        assert_eq!(stage.repo.insert(Changeset::insert(sample.clone()))?, *sample);
    }
    stage.repo.insert_all(at_once.iter().cloned().map(Changeset::insert).collect::<Vec<_>>())?;
    assert_eq!(stage.repo.all(&Sample::query().order_by(|s| s.id))?, written);
    for sample in &written[..100] {
        let found =
            Sample::query().filter(|s| s.text.eq(sample.text.as_str()).and(s.double.eq(sample.double)).and(s.instant.eq(sample.instant)));
        assert!(stage.repo.all(&found.select(|s| s.id))?.contains(&sample.id));
    }
    Ok(())
}
