//! A plugin in a running demo, while its author changes it.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use dinh::demo::browse;
use dinh_tests::Program;

use super::outside::{NAME, component, made};
use crate::program::running::free_address;

/// Longest wait for a change to be shown, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(90);

/// The command, asked to end with the test.
struct Dev(Child);

impl Drop for Dev {
    fn drop(&mut self) {
        let pid = self.0.id().to_string();
        // It ends its own demo when it is asked to, and not when it is killed.
        let _asked = Command::new("kill").args(["-TERM", &pid]).status();
        let _ended = self.0.wait();
    }
}

fn replace(folder: &Path, file: &str, from: &str, to: &str) {
    let path = folder.join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{file}: {text}");
    fs::write(path, text.replace(from, to)).unwrap();
}

async fn page(address: SocketAddr) -> Option<String> {
    let answer = browse::get(address, "localhost", &format!("/{NAME}")).await;
    Some(answer.ok()?.text())
}

async fn wait_for(address: SocketAddr, text: &str) {
    let began = Instant::now();
    while !page(address).await.is_some_and(|page| page.contains(text)) {
        assert!(began.elapsed() < PATIENCE, "“{text}” is not shown");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

fn wait_told(lines: &Receiver<String>, text: &str) {
    let began = Instant::now();
    loop {
        let left = PATIENCE.saturating_sub(began.elapsed());
        let line = lines.recv_timeout(left);
        if line
            .unwrap_or_else(|_| panic!("not told: {text}"))
            .contains(text)
        {
            return;
        }
    }
}

#[tokio::test]
async fn what_is_changed_is_shown_and_what_is_wrong_is_told_in_the_page_until_it_is_mended() {
    let program = Program::new().await;
    let (_place, folder) = made(&program);
    fs::write(folder.join("plugin.wasm"), component(&program)).unwrap();
    let address = free_address();
    let mut child = program
        .command(&["plugin", "dev", folder.to_str().unwrap(), "--offline"])
        .env("DINH_LISTEN", address.to_string())
        .spawn()
        .unwrap();
    let (tell, told) = channel();
    let errors = BufReader::new(child.stderr.take().unwrap());
    std::thread::spawn(move || {
        errors
            .lines()
            .map_while(Result::ok)
            .for_each(|line| drop(tell.send(line)))
    });
    let dev = Dev(child);
    wait_for(address, "Cuộc họp dân").await;
    replace(&folder, "locales/vi.toml", "Cuộc họp dân", "Họp dân phố");
    wait_for(address, "Họp dân phố").await;
    replace(&folder, "templates/series.hbs", "<ol>", "<script>");
    wait_told(
        &told,
        "templates/series.hbs:2: the element <script> is not allowed",
    );
    wait_told(&told, "the pages say so too until it is mended");
    // As text, in a page that looks again by itself.
    wait_for(
        address,
        "templates/series.hbs:2: the element &lt;script&gt; is not allowed",
    )
    .await;
    wait_for(address, "http-equiv=\"refresh\"").await;
    replace(&folder, "templates/series.hbs", "<script>", "<ol>");
    wait_for(address, "Họp dân phố").await;
    replace(&folder, "src/lib.rs", "pub mod year;", "pub mod years;");
    wait_for(address, "cannot find").await;
    replace(&folder, "src/lib.rs", "pub mod years;", "pub mod year;");
    wait_for(address, "Họp dân phố").await;
    drop(dev);
    assert_eq!(page(address).await, None);
}
