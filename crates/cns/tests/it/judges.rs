//! What OpenSSL says of the small authority: cards, lists, answers and files for browsers.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use cns::authority::{KeyKind, OcspShape, pem};
use cns::revocation::RevocationReason;
use jiff::Timestamp;
use tokio::io::AsyncWriteExt;
use tokio_rustls::TlsAcceptor;

use crate::listener::Site;
use crate::stage::{Stage, chain};

/// Runs OpenSSL and returns whether it succeeded and what it said; `None` when it is not installed.
pub fn openssl(folder: &Path, arguments: &[&str]) -> Option<(bool, String)> {
    let Ok(output) = Command::new("openssl").args(arguments).current_dir(folder).output() else {
        println!("skipped: openssl is not installed");
        return None;
    };
    let text = [output.stdout, output.stderr].concat();
    Some((output.status.success(), String::from_utf8_lossy(&text).into_owned()))
}

/// OpenSSL takes the time from the machine.
#[expect(clippy::disallowed_methods, reason = "a judge by others looks at its own clock")]
pub fn machine_time() -> Timestamp {
    Timestamp::now()
}

fn folder(stage: &Stage) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: String| std::fs::write(folder.path().join(name), text).unwrap();
    write("issuing.pem", pem("CERTIFICATE", &stage.authority.issuing_certificate().unwrap()));
    write("root.pem", pem("CERTIFICATE", &stage.authority.root_certificate().unwrap()));
    folder
}

#[test]
fn openssl_verifies_cards_and_refuses_signing_certificates() {
    let mut stage = Stage::at(machine_time());
    let folder = folder(&stage);
    let specs = [
        ("good", stage.cns().named("Antonio", "Rossi")),
        ("signing", stage.cns().signing()),
        ("cie", stage.cns().cie()),
    ];
    for (name, spec) in specs {
        let card = stage.issue(&spec);
        let file = format!("{name}.pem");
        std::fs::write(folder.path().join(&file), card.certificate_pem()).unwrap();
        let arguments =
            ["verify", "-x509_strict", "-purpose", "sslclient", "-CAfile", "root.pem", "-untrusted", "issuing.pem"];
        let Some((is_good, said)) = openssl(folder.path(), &[&arguments[..], &[file.as_str()]].concat()) else {
            return;
        };
        assert_eq!(is_good, name != "signing", "{said}");
    }
    let (_, text) = openssl(folder.path(), &["x509", "-in", "good.pem", "-noout", "-text"]).unwrap();
    for wanted in ["Policy: 1.3.76.16.2.1", "Explicit Text: Identifies X.509", "Digital Signature", "TLS Web Client"] {
        assert!(text.contains(wanted), "{wanted}: {text}");
    }
}

#[test]
fn openssl_verifies_the_revocation_list() {
    let mut stage = Stage::at(machine_time());
    let card = stage.issue(&stage.cns());
    stage.authority.revoke(&card.serial, stage.now, RevocationReason::KeyCompromise);
    let folder = folder(&stage);
    std::fs::write(folder.path().join("cards.crl"), stage.authority.crl(stage.now).unwrap()).unwrap();
    let arguments = ["crl", "-inform", "DER", "-in", "cards.crl", "-CAfile", "issuing.pem", "-noout", "-text"];
    let Some((_, said)) = openssl(folder.path(), &arguments) else { return };
    assert!(
        said.contains("verify OK") && said.contains("9000000000000001") && said.contains("Key Compromise"),
        "{said}"
    );
}

#[test]
fn openssl_believes_our_responder() {
    let mut stage = Stage::at(machine_time());
    let folder = folder(&stage);
    for (serial, wanted) in [(1, "card.pem: good"), (2, "card.pem: revoked")] {
        let card = stage.issue(&stage.cns());
        std::fs::write(folder.path().join("card.pem"), card.certificate_pem()).unwrap();
        if serial == 2 {
            stage.authority.revoke(&card.serial, stage.now, RevocationReason::Superseded);
        }
        let about = ["ocsp", "-issuer", "issuing.pem", "-cert", "card.pem"];
        let asking = [&about[..], &["-reqout", "request.der"]].concat();
        if openssl(folder.path(), &asking).is_none() {
            return;
        }
        let request = std::fs::read(folder.path().join("request.der")).unwrap();
        let answer = stage.authority.answer_shaped(&request, OcspShape::default(), stage.now).unwrap();
        std::fs::write(folder.path().join("answer.der"), answer).unwrap();
        // The nonce of the request that was answered, not a new one.
        let reading = ["-no_nonce", "-reqin", "request.der", "-respin", "answer.der"];
        let trust = ["-partial_chain", "-CAfile", "issuing.pem"];
        let (_, said) = openssl(folder.path(), &[&about[..], &trust, &reading].concat()).unwrap();
        assert!(said.contains("Response verify OK") && said.contains(wanted), "{said}");
        assert!(!said.contains("WARNING: no nonce"), "{said}");
    }
}

#[test]
fn openssl_opens_the_file_for_browsers() {
    let mut stage = Stage::at(machine_time());
    let folder = folder(&stage);
    for key in [KeyKind::P256, KeyKind::Rsa2048] {
        let mut spec = stage.cns();
        spec.key = key;
        let card = stage.issue(&spec);
        let file = card.pkcs12("Tessera di prova", "parola segreta", [5; 32]).unwrap();
        std::fs::write(folder.path().join("card.p12"), file).unwrap();
        let open = ["pkcs12", "-in", "card.p12", "-info", "-nodes"];
        let Some((is_good, said)) = openssl(folder.path(), &[&open[..], &["-passin", "pass:parola segreta"]].concat())
        else {
            return;
        };
        assert!(is_good && said.contains("MAC: sha256") && said.contains("AES-256-CBC"), "{said}");
        let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>().join("");
        let all = lines(&said);
        assert!(all.contains(&lines(&card.certificate_pem())) && all.contains(&lines(&card.key_pem())), "{said}");
        assert!(said.contains("friendlyName: Tessera di prova"), "{said}");
        let (is_good, said) = openssl(folder.path(), &[&open[..], &["-passin", "pass:altra"]].concat()).unwrap();
        assert!(!is_good && said.contains("invalid password"), "{said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn openssl_shows_a_card_to_the_listener() {
    let mut stage = Stage::at(machine_time());
    let card = stage.issue(&stage.cns());
    let folder = folder(&stage);
    std::fs::write(folder.path().join("card.pem"), card.certificate_pem()).unwrap();
    std::fs::write(folder.path().join("card.key"), card.key_pem()).unwrap();
    let site = Site::new(&stage);
    for version in ["-tls1_2", "-tls1_3"] {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let acceptor = TlsAcceptor::from(Arc::clone(&site.config));
        let server = tokio::spawn(async move {
            let (stream, _) = listener.accept().await.unwrap();
            let mut stream = acceptor.accept(stream).await.unwrap();
            stream.write_all(b"ok\n").await.unwrap();
            let shown = cns::tls::peer_chain(stream.get_ref().1);
            stream.shutdown().await.unwrap();
            shown
        });
        let path = folder.path().to_owned();
        let client = tokio::task::spawn_blocking(move || {
            let connect = ["s_client", "-connect", address.as_str(), version, "-ign_eof"];
            let show = ["-cert", "card.pem", "-key", "card.key", "-cert_chain", "issuing.pem"];
            openssl(&path, &[&connect[..], &show[..]].concat())
        });
        let Some((_, said)) = client.await.unwrap() else {
            server.abort();
            return;
        };
        assert!(said.contains("Acceptable client certificate CA names") && said.contains("CN = Prova CNS"), "{said}");
        let shown = server.await.unwrap();
        assert_eq!(shown, chain(&card), "{said}");
        cns::verify(&shown, &stage.trust, &stage.evidence(), &stage.policy, stage.now).unwrap();
    }
}
