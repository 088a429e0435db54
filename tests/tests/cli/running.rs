//! A program that runs while others do, until a signal ends it.

use std::io::Read;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// How long one waits for it to come to its slow statement.
const PATIENCE: Duration = Duration::from_secs(20);

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
        let started = Instant::now();
        while !String::from_utf8_lossy(&running.error.lock().expect("the text")).contains(word) {
            assert!(started.elapsed() < PATIENCE, "it never said `{word}`");
            thread::sleep(Duration::from_millis(10));
        }
        // It said so before it sent the statement.
        thread::sleep(Duration::from_millis(300));
        running
    }

    /// Sends a signal, waits for the end, and gives both streams and the exit code.
    pub fn end(mut self, signal: &str) -> (Vec<u8>, Vec<u8>, i32) {
        let sent = Command::new("kill").args([&format!("-{signal}"), &self.child.id().to_string()]).status().expect("to send a signal");
        assert!(sent.success());
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
