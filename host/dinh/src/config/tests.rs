use std::path::PathBuf;

use super::{Config, FileStore};

fn read(file: &str, environment: &[(&str, &str)]) -> Result<Config, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("dinh.toml");
    std::fs::write(&path, file).unwrap();
    let environment = environment
        .iter()
        .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()));
    Config::read(Some(&path), environment).map_err(|error| error.to_string())
}

#[test]
fn the_environment_wins_over_the_file_and_the_file_over_the_defaults() {
    let file =
        "[http]\nlisten = \"127.0.0.1:9000\"\npublic_port = 9000\n[log]\nfilter = \"debug\"\n";
    let config = read(
        file,
        &[("DINH_LISTEN", "[::1]:9001"), ("DINH_DATA", "/srv/portal")],
    )
    .unwrap();
    assert_eq!(config.listen.port(), 9001);
    assert_eq!(config.public_port, Some(9000));
    assert_eq!(config.log, "debug");
    assert_eq!(config.data, PathBuf::from("/srv/portal"));
}

#[test]
fn an_unknown_key_is_refused_with_the_nearest_known_one() {
    let told = read("[http]\nlisen = \"127.0.0.1:1\"\n", &[]).unwrap_err();
    assert!(
        told.contains("unknown key `http.lisen`; did you mean `http.listen`?"),
        "{told}"
    );
    assert!(
        read("listen = 1\n", &[])
            .unwrap_err()
            .contains("not a section")
    );
}

#[test]
fn a_value_of_the_wrong_shape_says_where_and_what_was_wanted() {
    let told = read("", &[("DINH_LISTEN", "localhost")]).unwrap_err();
    assert_eq!(
        told,
        "DINH_LISTEN: `localhost` is not an address such as 127.0.0.1:8080"
    );
    let told = read("[http]\npublic_scheme = \"ftp\"\n", &[]).unwrap_err();
    assert!(told.contains("neither `http` nor `https`"), "{told}");
    let told = read("[http]\ntrusted_proxies = [\"10.0.0.1\", \"proxy\"]\n", &[]).unwrap_err();
    assert!(told.contains("`proxy` is not an IP address"), "{told}");
}

#[test]
fn a_misspelt_variable_is_refused_with_the_nearest_known_one() {
    let told = read("", &[("DINH_DATABSE_URL", "postgres://x")]).unwrap_err();
    assert!(told.contains("did you mean `DINH_DATABASE_URL`?"), "{told}");
    assert!(read("", &[("DINH_REAL_DATA", "x"), ("HOME", "x")]).is_ok());
}

#[test]
fn limits_and_the_page_cache_are_set_and_checked() {
    let config = read("", &[]).unwrap();
    assert_eq!(config.client_requests_per_second, 100);
    assert_eq!(config.client_connections, 256);
    assert_eq!(config.page_cache_mib, 64);
    let file = "[http]\nclient_requests_per_second = 5\npage_cache_mib = 0\ncache_status = true\nunlimited_clients = [\"127.0.0.1\", \"::1\"]\n";
    let config = read(file, &[("DINH_HTTP_CLIENT_CONNECTIONS", "7")]).unwrap();
    assert_eq!(config.client_requests_per_second, 5);
    assert_eq!(config.client_connections, 7);
    assert_eq!(config.page_cache_mib, 0);
    assert!(config.cache_status);
    assert_eq!(config.unlimited_clients.len(), 2);
    for (key, value, wanted) in [
        ("client_requests_per_second", "-1", "a number of requests"),
        ("unlimited_clients", "localhost", "an IP address"),
        ("page_cache_mib", "64M", "a number of MiB"),
        ("cache_status", "yes", "`true` or `false`"),
    ] {
        let told = read(&format!("[http]\n{key} = \"{value}\"\n"), &[]).unwrap_err();
        assert!(told.contains(wanted), "{told}");
    }
}

const BUCKET: &str =
    "[files]\nstore = \"s3\"\nendpoint = \"https://s3\"\nbucket = \"b\"\naccess_key = \"a\"\n";

#[test]
fn a_bucket_needs_all_its_keys_and_its_secret_is_never_shown() {
    let told = read(BUCKET, &[]).unwrap_err();
    assert!(told.contains("files.secret_key is missing"), "{told}");
    let config = read(BUCKET, &[("DINH_FILES_SECRET_KEY", "kakapo")]).unwrap();
    let FileStore::S3(options) = config.files.store().unwrap() else {
        panic!("a bucket");
    };
    assert_eq!(
        (options.region.as_str(), options.prefix.as_str()),
        ("us-east-1", "")
    );
    assert_eq!(options.secret_key.0, "kakapo");
    assert!(!format!("{config:?} {options:?}").contains("kakapo"));
}

#[test]
fn a_store_of_files_that_is_unknown_or_only_half_meant_is_refused() {
    let told = read("[files]\nstore = \"tape\"\n", &[]).unwrap_err();
    assert!(
        told.contains("`tape` is neither `folder` nor `s3`"),
        "{told}"
    );
    let told = read("[files]\nbucket = \"b\"\n", &[]).unwrap_err();
    assert!(told.contains("files.store is not `s3`"), "{told}");
    let told = read("[files]\nbuckett = \"b\"\n", &[]).unwrap_err();
    assert!(told.contains("did you mean `files.bucket`?"), "{told}");
    assert_eq!(read("", &[]).unwrap().files.store(), Ok(FileStore::Folder));
}

#[test]
fn the_operators_listener_is_off_until_it_is_named() {
    assert_eq!(read("", &[]).unwrap().operator_listen, None);
    let named = read("[operator]\nlisten = \"127.0.0.1:9090\"\n", &[]).unwrap();
    assert_eq!(named.operator_listen.unwrap().port(), 9090);
    let off = read(
        "[operator]\nlisten = \"127.0.0.1:9090\"\n",
        &[("DINH_OPERATOR_LISTEN", "")],
    );
    assert_eq!(off.unwrap().operator_listen, None);
    let told = read("[operator]\nlisten = \"9090\"\n", &[]).unwrap_err();
    assert!(told.contains("`9090` is not an address"), "{told}");
}
