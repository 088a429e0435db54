//! A PostgreSQL server that asks everyone for a password and lets nobody in, since the server of the tests may trust everyone.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

/// How a client asks for encryption.
const ENCRYPTION: u32 = 80_877_103;

/// Listens until the test process ends.
pub struct Doorman {
    address: String,
}

impl Doorman {
    pub fn open() -> Doorman {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address").to_string();
        thread::spawn(move || listener.incoming().flatten().for_each(|client| _ = refuse(client)));
        Doorman { address }
    }

    pub fn address(&self) -> &str {
        &self.address
    }
}

fn refuse(mut client: TcpStream) -> std::io::Result<()> {
    if message(&mut client)?.starts_with(&ENCRYPTION.to_be_bytes()) {
        client.write_all(b"N")?;
        message(&mut client)?;
    }
    // "Tell me the password in clear text."
    client.write_all(&[b'R', 0, 0, 0, 8, 0, 0, 0, 3])?;
    let mut kind = [0];
    client.read_exact(&mut kind)?;
    message(&mut client)?;
    let fields = b"SFATAL\0C28P01\0Mpassword authentication failed for user \"al\"\0\0";
    let length = u32::try_from(fields.len() + 4).expect("a short message");
    client.write_all(&[&[b'E'][..], &length.to_be_bytes(), fields].concat())
}

/// The rest of a message, by its length.
fn message(client: &mut TcpStream) -> std::io::Result<Vec<u8>> {
    let mut length = [0; 4];
    client.read_exact(&mut length)?;
    let mut rest = vec![0; (u32::from_be_bytes(length) as usize).saturating_sub(4)];
    client.read_exact(&mut rest)?;
    Ok(rest)
}
