use std::io::{self, Write};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use super::{GATHER, Log, MAX_BYTES};

/// Hands on what is written to it.
struct Out(Sender<Vec<u8>>);

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.send(bytes.to_vec()).unwrap();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn log() -> (Log, Receiver<Vec<u8>>) {
    let (sent, written) = channel();
    (Log::to(Out(sent)).unwrap(), written)
}

fn next(written: &Receiver<Vec<u8>>) -> String {
    let bytes = written.recv_timeout(Duration::from_secs(20)).unwrap();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn lines_are_written_together_and_a_warning_at_once() {
    let (log, written) = log();
    let began = Instant::now();
    log.lines.put(b"one\n", false);
    log.lines.put(b"two\n", false);
    log.lines.put(b"warning\n", true);
    let mut all = next(&written);
    while !all.ends_with("warning\n") {
        all += &next(&written);
    }
    assert_eq!(all, "one\ntwo\nwarning\n");
    log.lines.put(b"three\n", false);
    assert_eq!(next(&written), "three\n");
    assert!(began.elapsed() >= GATHER / 2, "lines wait for each other");
}

#[test]
fn what_is_left_is_written_at_the_end() {
    let (log, written) = log();
    log.lines.put(b"last words\n", false);
    drop(log);
    assert_eq!(written.iter().flatten().count(), "last words\n".len());
}

#[test]
fn a_log_that_nobody_takes_drops_lines_and_says_so() {
    /// Takes nothing until it is let go.
    struct Stopped(Receiver<()>, Sender<Vec<u8>>);
    impl Write for Stopped {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let _let_go = self.0.recv();
            self.1.send(bytes.to_vec()).unwrap();
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let (let_go, stopped) = channel();
    let (sent, written) = channel();
    let log = Log::to(Stopped(stopped, sent)).unwrap();
    let line = vec![b'x'; MAX_BYTES / 4];
    for _ in 0..12 {
        log.lines.put(&line, true);
    }
    drop(let_go);
    drop(log);
    let all: Vec<u8> = written.iter().flatten().collect();
    assert!(all.len() < 9 * line.len(), "{}", all.len());
    assert!(String::from_utf8_lossy(&all).contains("lines of the log were dropped"));
}
