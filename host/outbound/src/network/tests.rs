use super::{Network, is_public};

#[test]
fn only_the_public_internet_is_public() {
    let refused = [
        "0.0.0.0",
        "10.0.0.1",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "192.0.0.192",
        "198.18.0.1",
        "224.0.0.251",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::a00:1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "fc00::1",
        "fd12::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
    ];
    for address in refused {
        assert!(!is_public(address.parse().unwrap()), "{address}");
    }
    for address in ["1.1.1.1", "172.32.0.1", "203.162.0.1", "2606:4700::1111"] {
        assert!(is_public(address.parse().unwrap()), "{address}");
    }
}

#[test]
fn a_network_holds_its_addresses_and_no_others() {
    let network: Network = "10.1.0.0/16".parse().unwrap();
    assert!(network.contains("10.1.255.1".parse().unwrap()));
    assert!(!network.contains("10.2.0.1".parse().unwrap()));
    assert!(!network.contains("::ffff:10.1.0.1".parse().unwrap()));
    let all: Network = "0.0.0.0/0".parse().unwrap();
    assert!(all.contains("127.0.0.1".parse().unwrap()));
    assert!(!all.contains("::1".parse().unwrap()));
    let one: Network = "::1/128".parse().unwrap();
    assert!(one.contains("::1".parse().unwrap()));
    assert!(!one.contains("::2".parse().unwrap()));
    for bad in ["10.1.0.0", "10.1.0.0/33", "::/129", "ten/8", "10.1/16", ""] {
        assert!(bad.parse::<Network>().is_err(), "{bad}");
    }
}
