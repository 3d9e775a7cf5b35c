//! A disk that is full when a plugin comes.

use dinh_tests::{Code, NOTICES};

use super::install::{installed, page, ready};
use crate::import::full_disk::SmallDisk;
use crate::program::running::Server;

/// Size of the disk that plugins lie on, in MiB: for some versions.
const DISK_MIB: u64 = 2;
/// Room left when the next version comes, in KiB: less than its code.
const ROOM_KIB: u64 = 24;

#[tokio::test]
async fn a_full_disk_is_named_nothing_half_written_stays_and_the_running_version_goes_on() {
    let (program, vendor, package) = ready(Code::Quiet).await;
    let plugins = program.folder().join("plugins");
    std::fs::create_dir(&plugins).unwrap();
    let Some(disk) = SmallDisk::over(&plugins, DISK_MIB) else {
        return;
    };
    installed(&program, &package);
    let server = Server::start(&program, "serve");
    let ballast = disk.fill(ROOM_KIB);
    let next = vendor.package(&program, "1.1.0", "two", Code::Quiet);
    program
        .run(&["plugin", "install", &next])
        .assert_code(1)
        .assert_told("the disk is full: the folder of the plugin");
    assert!(!plugins.join(NOTICES).join("1.1.0").exists());
    let staged = std::fs::read_dir(plugins.join(".staging")).unwrap();
    assert_eq!(staged.count(), 0, "something half-written stays");
    let one = server.visitor().get("localhost", &page("one")).await;
    assert_eq!(one.assert_status(200).text(), "one");
    std::fs::remove_file(ballast).unwrap();
    program.run(&["plugin", "install", &next]).assert_code(0);
    let two = server.visitor().get("localhost", &page("two")).await;
    assert_eq!(two.assert_status(200).text(), "two");
}
