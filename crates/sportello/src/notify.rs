//! Telling systemd how the program stands (`sd_notify(3)`).

use std::os::unix::net::UnixDatagram;

use crate::config::Environment;

/// The line to the service manager; without one nothing is said.
#[derive(Clone, Debug)]
pub struct Notify(Option<String>);

impl Notify {
    /// The line that the environment names.
    pub fn new(environment: &Environment) -> Self {
        Self(environment.get("NOTIFY_SOCKET").map(str::to_owned))
    }

    /// The program serves.
    pub fn ready(&self) {
        self.say("READY=1");
    }

    /// The program has begun to stop.
    pub fn stopping(&self) {
        self.say("STOPPING=1");
    }

    fn say(&self, state: &str) {
        let Some(socket) = &self.0 else { return };
        if let Err(error) = send(socket, state) {
            tracing::warn!(%error, "the service manager cannot be told");
        }
    }
}

fn send(socket: &str, state: &str) -> std::io::Result<()> {
    let datagram = UnixDatagram::unbound()?;
    #[cfg(target_os = "linux")]
    if let Some(name) = socket.strip_prefix('@') {
        use std::os::linux::net::SocketAddrExt as _;
        let address = std::os::unix::net::SocketAddr::from_abstract_name(name)?;
        return datagram.send_to_addr(state.as_bytes(), &address).map(drop);
    }
    datagram.send_to(state.as_bytes(), socket).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_service_manager_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notify");
        let manager = UnixDatagram::bind(&path).unwrap();
        let notify = Notify::new(&Environment::new([("NOTIFY_SOCKET", path.to_str().unwrap())]));
        notify.ready();
        let mut buffer = [0; 32];
        let length = manager.recv(&mut buffer).unwrap();
        assert_eq!(&buffer[..length], b"READY=1");
        Notify::new(&Environment::default()).ready();
    }
}
