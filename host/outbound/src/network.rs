//! Which addresses may be connected to: the public ones, and those an operator has opened.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use thiserror::Error;

/// A range of addresses: `10.1.0.0/16`, `fd00::/8`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    bits: u8,
}

/// Why a text is no network.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("`{0}` is no network such as 10.1.0.0/16 or fd00::/8")]
pub struct BadNetwork(String);

impl Network {
    const fn v4(a: u8, b: u8, c: u8, bits: u8) -> Self {
        let address = IpAddr::V4(Ipv4Addr::new(a, b, c, 0));
        Self { address, bits }
    }

    const fn v6(a: u16, b: u16, c: u16, bits: u8) -> Self {
        let address = IpAddr::V6(Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0));
        Self { address, bits }
    }

    /// Whether an address lies in it. A mapped address lies in no network of the address it maps.
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.address, address) {
            (IpAddr::V4(own), IpAddr::V4(other)) => {
                let mask = u32::MAX.checked_shl(32 - u32::from(self.bits));
                (own.to_bits() ^ other.to_bits()) & mask.unwrap_or(0) == 0
            }
            (IpAddr::V6(own), IpAddr::V6(other)) => {
                let mask = u128::MAX.checked_shl(128 - u32::from(self.bits));
                (own.to_bits() ^ other.to_bits()) & mask.unwrap_or(0) == 0
            }
            _ => false,
        }
    }
}

impl FromStr for Network {
    type Err = BadNetwork;

    fn from_str(text: &str) -> Result<Self, BadNetwork> {
        let bad = || BadNetwork(text.to_owned());
        let (address, bits) = text.split_once('/').ok_or_else(bad)?;
        let address: IpAddr = address.parse().map_err(|_| bad())?;
        let bits: u8 = bits.parse().map_err(|_| bad())?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        if bits > most {
            return Err(bad());
        }
        Ok(Self { address, bits })
    }
}

impl fmt::Display for Network {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}/{}", self.address, self.bits)
    }
}

/// A network that is open to one name, and to no other: whoever owns a name chooses its address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    host: String,
    network: Network,
}

impl Opened {
    pub(crate) fn is_open(&self, host: &str, address: IpAddr) -> bool {
        self.host == host && self.network.contains(address)
    }
}

impl FromStr for Opened {
    type Err = BadNetwork;

    fn from_str(text: &str) -> Result<Self, BadNetwork> {
        let (host, network) = text
            .split_once('=')
            .ok_or_else(|| BadNetwork(text.to_owned()))?;
        let host = host.trim().to_ascii_lowercase();
        if host.is_empty() {
            return Err(BadNetwork(text.to_owned()));
        }
        let network = network.trim().parse()?;
        Ok(Self { host, network })
    }
}

/// What is not of the public internet in IPv4 (IANA's registry of special-purpose addresses).
const SPECIAL_V4: [Network; 16] = [
    Network::v4(0, 0, 0, 8),
    Network::v4(10, 0, 0, 8),
    Network::v4(100, 64, 0, 10),
    Network::v4(127, 0, 0, 8),
    Network::v4(169, 254, 0, 16),
    Network::v4(172, 16, 0, 12),
    Network::v4(192, 0, 0, 24),
    Network::v4(192, 0, 2, 24),
    Network::v4(192, 31, 196, 24),
    Network::v4(192, 88, 99, 24),
    Network::v4(192, 168, 0, 16),
    Network::v4(198, 18, 0, 15),
    Network::v4(198, 51, 100, 24),
    Network::v4(203, 0, 113, 24),
    Network::v4(224, 0, 0, 4),
    Network::v4(240, 0, 0, 4),
];

/// Where the public internet of IPv6 lies: mapped addresses, NAT64, loopback, private, link-local
/// and multicast ones are outside.
const GLOBAL_V6: Network = Network::v6(0x2000, 0, 0, 3);

/// What is special within it: Teredo and its neighbours, documentation, 6to4.
const SPECIAL_V6: [Network; 4] = [
    Network::v6(0x2001, 0, 0, 23),
    Network::v6(0x2001, 0xdb8, 0, 32),
    Network::v6(0x2002, 0, 0, 16),
    Network::v6(0x3fff, 0, 0, 20),
];

/// Whether an address is of the public internet.
pub(crate) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(_) => !SPECIAL_V4.iter().any(|it| it.contains(address)),
        IpAddr::V6(_) => {
            GLOBAL_V6.contains(address) && !SPECIAL_V6.iter().any(|it| it.contains(address))
        }
    }
}

#[cfg(test)]
mod tests;
