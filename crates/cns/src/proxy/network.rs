//! Networks of addresses that a proxy connects from.

use std::net::IpAddr;
use std::str::FromStr;

/// One address, or all with the same first bits: `10.0.0.7`, `10.0.0.0/24`, `fd00::/8`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Network {
    bits: u128,
    prefix: u32,
    is_v4: bool,
}

/// Why a text is no network.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NetworkError {
    /// What stands before the slash is no address.
    #[error("the network does not begin with an IP address")]
    Address,
    /// What stands behind the slash is no number of bits, or more than the address has.
    #[error("the length of the network is wrong")]
    Prefix,
    /// The address has bits behind the prefix, so one of the two is mistyped.
    #[error("the address has bits outside of the network")]
    Host,
    /// All addresses: a trust in everybody.
    #[error("a network of all addresses trusts everybody")]
    Everybody,
}

impl Network {
    /// Whether an address is of the network. IPv4 addresses within IPv6 (`::ffff:10.0.0.7`) count as IPv4.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        let (bits, width, is_v4) = bits(address);
        is_v4 == self.is_v4 && (bits ^ self.bits) & mask(self.prefix, width) == 0
    }
}

fn bits(address: IpAddr) -> (u128, u32, bool) {
    match address.to_canonical() {
        IpAddr::V4(address) => (u128::from(address.to_bits()), 32, true),
        IpAddr::V6(address) => (address.to_bits(), 128, false),
    }
}

fn mask(prefix: u32, width: u32) -> u128 {
    let host = width - prefix;
    let all = if width == 128 { u128::MAX } else { (1 << width) - 1 };
    all & u128::MAX.checked_shl(host).unwrap_or(0)
}

impl FromStr for Network {
    type Err = NetworkError;

    fn from_str(text: &str) -> Result<Self, NetworkError> {
        let (address, prefix) = text.split_once('/').map_or((text, None), |(address, prefix)| (address, Some(prefix)));
        let (bits, width, is_v4) = bits(address.parse().map_err(|_| NetworkError::Address)?);
        let prefix = match prefix {
            None => width,
            Some(prefix) => prefix.parse().ok().filter(|prefix| *prefix <= width).ok_or(NetworkError::Prefix)?,
        };
        if prefix == 0 {
            return Err(NetworkError::Everybody);
        }
        if bits & !mask(prefix, width) != 0 {
            return Err(NetworkError::Host);
        }
        Ok(Self { bits, prefix, is_v4 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_contains_its_addresses_and_no_others() {
        let network: Network = "10.1.2.0/24".parse().unwrap();
        for (address, inside) in
            [("10.1.2.0", true), ("10.1.2.255", true), ("::ffff:10.1.2.9", true), ("10.1.3.0", false), ("::1", false)]
        {
            assert_eq!(network.contains(address.parse().unwrap()), inside, "{address}");
        }
        let network: Network = "fd00::/8".parse().unwrap();
        assert!(network.contains("fdff::1".parse().unwrap()) && !network.contains("fe00::1".parse().unwrap()));
        let one: Network = "127.0.0.1".parse().unwrap();
        assert!(one.contains("127.0.0.1".parse().unwrap()) && !one.contains("127.0.0.2".parse().unwrap()));
    }

    #[test]
    fn mistakes_are_told() {
        let parse = |text: &str| text.parse::<Network>().unwrap_err();
        assert_eq!(parse("localhost"), NetworkError::Address);
        assert_eq!(parse("10.0.0.0/33"), NetworkError::Prefix);
        assert_eq!(parse("10.0.0.1/24"), NetworkError::Host);
        assert_eq!((parse("0.0.0.0/0"), parse("::/0")), (NetworkError::Everybody, NetworkError::Everybody));
    }
}
