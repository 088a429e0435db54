//! The text form of a UUID: lower case, with hyphens. Apart from `types/uuid.rs`, because adapters know it without the feature.

const HEX: &[u8; 16] = b"0123456789abcdef";

/// Appends `f47ac10b-58cc-4372-a567-0e02b2c3d479`.
pub fn format_uuid(out: &mut String, bytes: [u8; 16]) {
    for (at, byte) in bytes.iter().enumerate() {
        if matches!(at, 4 | 6 | 8 | 10) {
            out.push('-');
        }
        out.push(char::from(HEX[usize::from(byte >> 4)]));
        out.push(char::from(HEX[usize::from(byte & 15)]));
    }
}

/// Reads 36 characters with hyphens, in any case.
#[must_use]
pub fn parse_uuid(text: &[u8]) -> Option<[u8; 16]> {
    if text.len() != 36 {
        return None;
    }
    let mut bytes = [0; 16];
    let mut at = 0;
    for (place, byte) in bytes.iter_mut().enumerate() {
        if matches!(place, 4 | 6 | 8 | 10) {
            if text[at] != b'-' {
                return None;
            }
            at += 1;
        }
        *byte = digit(text[at])? << 4 | digit(text[at + 1])?;
        at += 2;
    }
    Some(bytes)
}

fn digit(hex: u8) -> Option<u8> {
    // OK because a digit is below 16.
    char::from(hex).to_digit(16).map(|digit| digit as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_is_read_back() {
        let bytes = *b"\x00\x11\x22\x33\x44\x55\x66\x77\x88\x99\xaa\xbb\xcc\xdd\xee\xff";
        let mut text = String::new();
        format_uuid(&mut text, bytes);
        assert_eq!(text, "00112233-4455-6677-8899-aabbccddeeff");
        assert_eq!(parse_uuid(text.to_uppercase().as_bytes()), Some(bytes));
        assert_eq!(parse_uuid(b"00112233445566778899aabbccddeeff0000"), None);
    }
}
