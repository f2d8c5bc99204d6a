//! Dovecot and aiosmtpd in a temporary folder, on free ports of loopback.

use std::fmt::Write as _;
use std::fs::{self, Permissions};
use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::{PermissionsExt as _, chown};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use pec::imap::ImapConfig;
use pec::smtp::SmtpConfig;
use pec::{Secret, Tls};
use tempfile::TempDir;

pub const USER: &str = "albo@pec.example.it";
pub const PASSWORD: &str = "segreto";
/// What the mail server takes, in bytes.
pub const SMTP_LIMIT: usize = 2_000_000;
/// Dovecot gives no mail to root; where the tests run as root the mail belongs to this account (*nobody*).
const NOBODY: u32 = 65_534;
const PATIENCE: Duration = Duration::from_secs(20);

pub struct Servers {
    folder: TempDir,
    authority: String,
    ports: [u16; 3],
    dovecot: Option<Process>,
    _smtp: Process,
}

/// A process that ends with its owner.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn setting(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("{name} is set by conformance/mail/run"))
}

/// Ports that were free a moment ago.
fn free_ports() -> [u16; 3] {
    let listeners = [0; 3].map(|_| std::net::TcpListener::bind("127.0.0.1:0").unwrap());
    listeners.map(|listener| listener.local_addr().unwrap().port())
}

/// Starts a program and waits until it says `ready`.
fn start(command: &mut Command, from_stderr: bool, ready: &'static str) -> Process {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let lines: Box<dyn std::io::Read + Send> =
        if from_stderr { Box::new(child.stderr.take().unwrap()) } else { Box::new(child.stdout.take().unwrap()) };
    let (tell, told) = mpsc::channel();
    // The pipe is read to its end, so that the server never waits for us.
    std::thread::spawn(move || {
        for line in BufReader::new(lines).lines().map_while(Result::ok) {
            let _ = tell.send(line);
        }
    });
    let process = Process(child);
    let mut said = String::new();
    loop {
        let line = told.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("the server does not begin:\n{said}"));
        if line.contains(ready) {
            return process;
        }
        let _ = writeln!(said, "{line}");
    }
}

impl Servers {
    pub fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
        let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
        fs::write(folder.path().join("cert.pem"), made.cert.pem()).unwrap();
        fs::write(folder.path().join("key.pem"), made.signing_key.serialize_pem()).unwrap();
        for name in ["mail", "mail/cur", "mail/new", "mail/tmp"] {
            let path = folder.path().join(name);
            fs::create_dir(&path).unwrap();
            fs::set_permissions(&path, Permissions::from_mode(0o777)).unwrap();
        }
        let ports = free_ports();
        let mut smtp = Command::new("/usr/bin/python3");
        smtp.arg(setting("SPORTELLO_SMTP")).current_dir(folder.path()).env("SMTP_PORT", ports[0].to_string());
        smtp.args(["cert.pem", "key.pem", USER, PASSWORD, "mail"]).arg(SMTP_LIMIT.to_string());
        let smtp = start(&mut smtp, false, &*ports[0].to_string().leak());
        let mut servers = Self { folder, authority: made.cert.pem(), ports, dovecot: None, _smtp: smtp };
        servers.start_dovecot();
        servers
    }

    pub fn start_dovecot(&mut self) {
        let file = self.folder.path().join("dovecot.conf");
        fs::write(&file, self.configuration()).unwrap();
        let mut command = Command::new(setting("SPORTELLO_DOVECOT"));
        command.arg("-F").arg("-c").arg(file);
        self.dovecot = Some(start(&mut command, true, "starting up"));
    }

    /// Ends the mailbox server as an administrator does, with a farewell to its clients.
    pub fn stop_dovecot(&mut self) {
        let mut process = self.dovecot.take().unwrap();
        let id = process.0.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        process.0.wait().unwrap();
    }

    fn configuration(&self) -> String {
        let folder = self.folder.path().display();
        let [_, imap, imaps] = self.ports;
        let (uid, gid) = self.owner();
        let name = |of: &str| {
            let output = Command::new("id").args(["-n", of, &uid.to_string()]).output().unwrap();
            String::from_utf8(output.stdout).unwrap().trim().to_owned()
        };
        let (user, group) = (name("-u"), name("-g"));
        format!(
            "base_dir = {folder}/run\nstate_dir = {folder}/state\nlog_path = /dev/stderr\nprotocols = imap\n\
             listen = 127.0.0.1\ndefault_internal_user = {user}\ndefault_internal_group = {group}\n\
             default_login_user = {user}\nfirst_valid_uid = 1\nssl = required\nssl_cert = <{folder}/cert.pem\n\
             ssl_key = <{folder}/key.pem\nssl_dh =\nmail_location = maildir:{folder}/mail\nmail_plugins =\n\
             passdb {{\n  driver = static\n  args = password={PASSWORD}\n}}\n\
             userdb {{\n  driver = static\n  args = uid={uid} gid={gid} home={folder}/mail\n}}\n\
             service anvil {{\n  chroot =\n}}\nservice stats {{\n  chroot =\n}}\n\
             service imap-login {{\n  chroot =\n  inet_listener imap {{\n    port = {imap}\n  }}\n  \
             inet_listener imaps {{\n    port = {imaps}\n    ssl = yes\n  }}\n}}\n"
        )
    }

    fn owner(&self) -> (u32, u32) {
        use std::os::unix::fs::MetadataExt as _;
        let metadata = fs::metadata(self.folder.path()).unwrap();
        if metadata.uid() == 0 { (NOBODY, NOBODY) } else { (metadata.uid(), metadata.gid()) }
    }

    pub fn mail(&self) -> PathBuf {
        self.folder.path().join("mail")
    }

    /// Puts a message into the mailbox as a delivery agent does: written elsewhere first, then moved.
    pub fn deliver(&self, name: &str, message: &[u8]) {
        let (written, delivered) = (self.mail().join("tmp").join(name), self.mail().join("new").join(name));
        fs::write(&written, message).unwrap();
        fs::set_permissions(&written, Permissions::from_mode(0o666)).unwrap();
        if self.owner().0 == NOBODY {
            chown(&written, Some(NOBODY), Some(NOBODY)).unwrap();
        }
        fs::rename(written, delivered).unwrap();
    }

    /// Makes the mailbox forget its identifiers, as a restored or moved one does.
    pub fn forget_identifiers(&self) {
        for entry in fs::read_dir(self.mail()).unwrap() {
            let path = entry.unwrap().path();
            if is_index(&path) {
                fs::remove_file(path).unwrap();
            }
        }
    }

    pub fn smtp(&self) -> SmtpConfig {
        SmtpConfig {
            host: "localhost".into(),
            port: self.ports[0],
            tls: Tls::StartTls,
            authorities: Some(self.authority.clone()),
            user: Some(USER.into()),
            password: Secret::from(PASSWORD),
            timeout: PATIENCE,
        }
    }

    pub fn imap(&self, tls: Tls) -> ImapConfig {
        ImapConfig {
            host: "localhost".into(),
            port: if tls == Tls::Implicit { self.ports[2] } else { self.ports[1] },
            tls,
            authorities: Some(self.authority.clone()),
            user: USER.into(),
            password: Secret::from(PASSWORD),
            folder: "INBOX".into(),
            timeout: PATIENCE,
        }
    }
}

fn is_index(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("dovecot"))
}
