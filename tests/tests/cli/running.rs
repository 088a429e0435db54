//! A program that runs while others do, until a signal ends it.

use std::io::Read;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// How long one waits for it to come to its slow statement.
const PATIENCE: Duration = Duration::from_secs(20);

/// How long it may take from a word to what the word is about.
const MOMENT: Duration = Duration::from_millis(300);

pub struct Running {
    child: Child,
    error: Arc<Mutex<Vec<u8>>>,
    reader: Option<JoinHandle<()>>,
}

impl Running {
    /// Starts it, and waits until it has said `word`.
    pub fn start(command: &mut Command, word: &str) -> Running {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("to start the program");
        let mut stream = child.stderr.take().expect("its standard error");
        let error = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&error);
        let reader = thread::spawn(move || {
            let mut buffer = [0; 1024];
            while let Ok(length @ 1..) = stream.read(&mut buffer) {
                heard.lock().expect("the text").extend_from_slice(&buffer[..length]);
            }
        });
        let running = Running { child, error, reader: Some(reader) };
        running.await_word(word);
        // It said so before it sent the statement.
        thread::sleep(MOMENT);
        running
    }

    /// Waits until it has said a word.
    pub fn await_word(&self, word: &str) {
        let started = Instant::now();
        while !String::from_utf8_lossy(&self.error.lock().expect("the text")).contains(word) {
            assert!(started.elapsed() < PATIENCE, "it never said `{word}`");
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Sends signals, one after the other, waits for the end, and gives both streams and the exit code.
    pub fn end(mut self, signals: &[&str]) -> (Vec<u8>, Vec<u8>, i32) {
        for (at, signal) in signals.iter().enumerate() {
            if at > 0 {
                thread::sleep(MOMENT);
            }
            let sent = Command::new("kill").args([&format!("-{signal}"), &self.child.id().to_string()]).status().expect("to send a signal");
            assert!(sent.success());
        }
        let mut output = Vec::new();
        self.child.stdout.take().expect("its standard output").read_to_end(&mut output).expect("to read it");
        let status = self.child.wait().expect("to wait for it");
        self.reader.take().expect("a reader").join().expect("all that it said");
        let error = std::mem::take(&mut *self.error.lock().expect("the text"));
        (output, error, status.code().unwrap_or(-1))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // OK because it has ended already, unless the test has failed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
