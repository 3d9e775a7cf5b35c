mod folders;
mod keys;
mod manifests;
mod mutated;
mod packages;

use dinh_domain::declaration::PluginFiles;

use crate::{Package, SecretKey};

fn key(seed: u8) -> SecretKey {
    SecretKey::of_seed([seed; 32]).unwrap()
}

fn plugin(version: &str) -> PluginFiles {
    let manifest = format!("id = \"notices\"\nversion = \"{version}\"\ncontract = \"0.1\"\n");
    let files: [(&str, &[u8]); 4] = [
        ("plugin.toml", manifest.as_bytes()),
        ("plugin.wasm", b"\0asm"),
        ("collections/notice.toml", b"label = \"x\"\n"),
        ("templates/notice.hbs", b"<p>{{text}}</p>"),
    ];
    let files = files.map(|(path, bytes)| (path.to_owned(), bytes.to_vec()));
    files.into_iter().collect()
}

fn package(version: &str) -> Package {
    Package::pack(plugin(version), &key(1), Vec::new()).unwrap()
}

fn refused(bytes: &[u8]) -> String {
    let faults = Package::read(bytes).unwrap_err();
    let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
    faults.join("\n")
}
