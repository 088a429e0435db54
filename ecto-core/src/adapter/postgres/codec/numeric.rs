//! NUMERIC as the server sends it: a sign, a scale, and digits to the base 10 000.

use postgres::types::private::BytesMut;

use crate::error::{Error, Result, TypeError};

/// A NUMERIC, borrowed from the driver's buffer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Numeric<'a> {
    negative: bool,
    /// The power of 10 000 that the first digit counts.
    weight: i16,
    /// How many decimal digits stand behind the point.
    scale: u16,
    /// Two bytes a digit.
    digits: &'a [u8],
}

const NEGATIVE: u16 = 0x4000;
const POSITIVE: u16 = 0x0000;

impl<'a> Numeric<'a> {
    /// Reads the header.
    ///
    /// # Errors
    /// When it is `NaN` or an infinity, which no number of ours can be, or the bytes are none.
    pub(super) fn parse(raw: &'a [u8], expected: &'static str) -> Result<Self> {
        let half = |at: usize| raw.get(at..at + 2).map(|b| u16::from_be_bytes([b[0], b[1]]));
        let (Some(weight), Some(sign), Some(scale)) = (half(2), half(4), half(6)) else {
            return Err(TypeError::Mismatch { expected, found: "a malformed `numeric`".to_owned() }.into());
        };
        match sign {
            // OK because the cast only turns the bits into a signed number, as they were sent.
            POSITIVE | NEGATIVE => Ok(Numeric { negative: sign == NEGATIVE, weight: weight as i16, scale, digits: &raw[8..] }),
            _ => Err(out_of_range(expected, "NaN or infinity")),
        }
    }

    fn digits(self) -> impl Iterator<Item = u16> + 'a {
        self.digits.chunks_exact(2).map(|b| u16::from_be_bytes([b[0], b[1]]))
    }

    /// With as many digits behind the point as its scale says.
    pub(super) fn text(self) -> String {
        let mut text = String::from(if self.negative { "-" } else { "" });
        let mut digits = self.digits();
        let mut whole = String::new();
        for _ in 0..=i32::from(self.weight) {
            whole.push_str(&format!("{:04}", digits.next().unwrap_or(0)));
        }
        let whole = whole.trim_start_matches('0');
        text.push_str(if whole.is_empty() { "0" } else { whole });
        if self.scale > 0 {
            let mut fraction = "0000".repeat(usize::from((-1 - self.weight.min(-1)).unsigned_abs()));
            for digit in digits {
                fraction.push_str(&format!("{digit:04}"));
            }
            text.push('.');
            text.push_str(&format!("{fraction:0<width$.width$}", width = usize::from(self.scale)));
        }
        text
    }

    /// As an integer.
    ///
    /// # Errors
    /// When it has a fraction or is too large.
    pub(super) fn i64(self) -> Result<i64> {
        let text = self.text();
        let whole = text.split_once('.').map_or(&*text, |(whole, fraction)| match fraction.trim_end_matches('0') {
            "" => whole,
            _ => &text,
        });
        whole.parse().map_err(|_not_whole| out_of_range("an integer", &text))
    }

    /// As the nearest float.
    ///
    /// # Errors
    /// Never: what is too large is infinity.
    pub(super) fn f64(self) -> Result<f64> {
        let text = self.text();
        text.parse().map_err(|_not_a_number| out_of_range("a float", &text))
    }

    /// Exactly.
    ///
    /// # Errors
    /// When it has more digits than the 28 that a `Decimal` holds.
    #[cfg(feature = "decimal")]
    pub(super) fn decimal(self) -> Result<rust_decimal::Decimal> {
        self.exact().ok_or_else(|| out_of_range("Decimal", &self.text()))
    }

    #[cfg(feature = "decimal")]
    fn exact(self) -> Option<rust_decimal::Decimal> {
        let mut mantissa: i128 = 0;
        let mut places = -4 * (i32::from(self.weight) + 1);
        for digit in self.digits() {
            mantissa = mantissa.checked_mul(10_000)?.checked_add(i128::from(digit))?;
            places += 4;
        }
        // `places` decimal digits of the mantissa stand behind the point; the scale may ask for more or fewer, all of them zeros.
        let scale = i32::from(self.scale).min(28);
        while places < scale {
            mantissa = mantissa.checked_mul(10)?;
            places += 1;
        }
        while places > scale && mantissa % 10 == 0 && places > 0 {
            mantissa /= 10;
            places -= 1;
        }
        let signed = if self.negative { -mantissa } else { mantissa };
        rust_decimal::Decimal::try_from_i128_with_scale(signed, u32::try_from(places).ok()?).ok()
    }
}

/// Appends a number that is written as digits with or without a point.
pub(super) fn encode(text: &str, out: &mut BytesMut) {
    let (negative, unsigned) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let (whole_digits, fraction_digits) = (groups_before(whole), groups_behind(fraction));
    // OK because a number of ours has fewer than 400 digits.
    let mut weight = whole_digits.len() as i16 - 1;
    let mut digits: Vec<i16> = whole_digits.into_iter().chain(fraction_digits).collect();
    let zeros = digits.iter().take_while(|digit| **digit == 0).count();
    digits.drain(..zeros);
    weight -= zeros as i16;
    digits.truncate(digits.iter().rposition(|digit| *digit != 0).map_or(0, |last| last + 1));
    if digits.is_empty() {
        weight = 0;
    }
    let sign = if negative && !digits.is_empty() { NEGATIVE } else { POSITIVE };
    for half in [digits.len() as u16, weight as u16, sign, fraction.len() as u16] {
        out.extend_from_slice(&half.to_be_bytes());
    }
    for digit in digits {
        out.extend_from_slice(&digit.to_be_bytes());
    }
}

/// Digits in fours, counted from the point to the left.
fn groups_before(whole: &str) -> Vec<i16> {
    let mut groups: Vec<i16> = whole.as_bytes().rchunks(4).map(number).collect();
    groups.reverse();
    groups
}

/// Digits in fours, counted from the point to the right; the last is filled up with zeros.
fn groups_behind(fraction: &str) -> Vec<i16> {
    fraction.as_bytes().chunks(4).map(|group| number(group) * [1, 1000, 100, 10, 1][group.len()]).collect()
}

fn number(digits: &[u8]) -> i16 {
    digits.iter().fold(0, |number, digit| number * 10 + i16::from(digit - b'0'))
}

#[cold]
pub(super) fn out_of_range(expected: &'static str, value: &str) -> Error {
    TypeError::OutOfRange { expected, value: value.to_owned() }.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wire(weight: i16, sign: u16, scale: u16, digits: &[u16]) -> Vec<u8> {
        let header = [digits.len() as u16, weight as u16, sign, scale];
        header.iter().chain(digits).flat_map(|part| part.to_be_bytes()).collect()
    }

    fn text(weight: i16, sign: u16, scale: u16, digits: &[u16]) -> String {
        let raw = wire(weight, sign, scale, digits);
        let numeric = Numeric::parse(&raw, "Decimal").unwrap();
        #[cfg(feature = "decimal")]
        assert_eq!(numeric.decimal().unwrap().to_string(), numeric.text());
        numeric.text()
    }

    #[test]
    fn digits_and_scale_become_the_text_that_the_server_prints() {
        assert_eq!(text(0, 0, 0, &[]), "0");
        assert_eq!(text(0, 0, 2, &[]), "0.00");
        assert_eq!(text(0, 0, 2, &[1, 5000]), "1.50");
        assert_eq!(text(1, NEGATIVE, 3, &[12, 3456, 7890]), "-123456.789");
        assert_eq!(text(2, 0, 0, &[1]), "100000000");
        assert_eq!(text(-1, 0, 4, &[25]), "0.0025");
        assert_eq!(text(-2, 0, 8, &[25]), "0.00000025");
    }

    #[test]
    fn a_number_survives_the_way_there_and_back() {
        for text in ["0", "1", "-1", "10000", "123456.789", "-0.0025", "0.00000025", "100000000", "1.50", "79228162514264337593543950335"] {
            let mut out = BytesMut::new();
            encode(text, &mut out);
            assert_eq!(Numeric::parse(&out, "Decimal").unwrap().text(), text);
        }
    }

    #[test]
    fn what_a_type_cannot_hold_is_an_error() {
        let fraction = wire(0, 0, 1, &[1, 5000]);
        assert!(Numeric::parse(&fraction, "i64").unwrap().i64().is_err());
        let whole = wire(0, 0, 1, &[1, 0]);
        assert_eq!(Numeric::parse(&whole, "i64").unwrap().i64().unwrap(), 1);
        assert!(Numeric::parse(&wire(0, 0xC000, 0, &[]), "f64").is_err());
        #[cfg(feature = "decimal")]
        assert!(Numeric::parse(&wire(9, 0, 0, &[1]), "Decimal").unwrap().decimal().is_err());
    }
}
