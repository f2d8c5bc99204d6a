//! `xmlsec1` and `xmllint`, where they are installed.

use std::io::Write as _;
use std::process::{Command, Output};

use tempfile::NamedTempFile;

use crate::judge::missing;

/// Elements whose `ID` is an identifier, for a tool that reads no schema.
const IDENTIFIED: [&str; 6] = [
    "urn:oasis:names:tc:SAML:2.0:protocol:ArtifactResponse",
    "urn:oasis:names:tc:SAML:2.0:protocol:Response",
    "urn:oasis:names:tc:SAML:2.0:protocol:AuthnRequest",
    "urn:oasis:names:tc:SAML:2.0:protocol:LogoutRequest",
    "urn:oasis:names:tc:SAML:2.0:assertion:Assertion",
    "urn:oasis:names:tc:SAML:2.0:metadata:EntityDescriptor",
];

/// Whether the program can be run; says so when not.
pub fn available(program: &str) -> bool {
    let found = Command::new(program).arg("--version").output().is_ok();
    if !found {
        missing(&format!("{program} is not installed"));
    }
    found
}

pub fn file(content: &str) -> NamedTempFile {
    let mut file = NamedTempFile::new().unwrap();
    file.write_all(content.as_bytes()).unwrap();
    file
}

/// Where the key comes from that checks a signature.
#[derive(Clone, Copy)]
pub enum Trust<'a> {
    /// The certificate of the provider, and nothing else.
    Certificate(&'a str),
}

fn run(action: &str, arguments: &[&str], xml: &str) -> Output {
    let document = file(xml);
    let mut command = Command::new("xmlsec1");
    command.arg(action);
    for name in IDENTIFIED {
        command.args(["--id-attr:ID", name]);
    }
    command.args(arguments).arg(document.path()).output().unwrap()
}

/// Whether signature number `index` (from 1, in document order) is good.
pub fn verifies(xml: &str, index: usize, trust: Trust<'_>) -> bool {
    let which = format!("(//*[local-name()='Signature'])[{index}]");
    let Trust::Certificate(pem) = trust;
    let key = file(pem);
    let arguments =
        ["--node-xpath", &which, "--enabled-key-data", "key-name", "--pubkey-cert-pem", key.path().to_str().unwrap()];
    run("--verify", &arguments, xml).status.success()
}

/// The document with its entities in their place and without its type, as a reader that resolves them has it.
pub fn resolved(xml: &str) -> String {
    let document = file(xml);
    let mut command = Command::new("xmllint");
    done(command.args(["--noent", "--dropdtd"]).arg(document.path()).output().unwrap())
}

/// Fills the templates of signatures in `xml` with the key, the first that is empty.
pub fn sign(xml: &str, private_pem: &str, certificate_pem: &str) -> String {
    let (key, certificate) = (file(private_pem), file(certificate_pem));
    let both = format!("{},{}", key.path().display(), certificate.path().display());
    done(run("--sign", &["--privkey-pem", &both], xml))
}

fn done(output: Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// A signature to be filled by [`sign`], by the profile, of the element with this identifier.
pub fn template(id: &str) -> String {
    template_with(
        "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
        &reference(&format!("#{id}"), &transforms(""), "http://www.w3.org/2001/04/xmlenc#sha256"),
        "<ds:X509Data><ds:X509Certificate/></ds:X509Data>",
    )
}

/// A signature to be filled, with any method, references and description of the key.
pub fn template_with(method: &str, references: &str, key_info: &str) -> String {
    format!(
        "<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"><ds:SignedInfo>\
         <ds:CanonicalizationMethod Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/>\
         <ds:SignatureMethod Algorithm=\"{method}\"/>{references}</ds:SignedInfo><ds:SignatureValue/>\
         <ds:KeyInfo>{key_info}</ds:KeyInfo></ds:Signature>"
    )
}

pub fn reference(uri: &str, transforms: &str, digest: &str) -> String {
    format!(
        "<ds:Reference URI=\"{uri}\"><ds:Transforms>{transforms}</ds:Transforms>\
         <ds:DigestMethod Algorithm=\"{digest}\"/><ds:DigestValue/></ds:Reference>"
    )
}

/// The transforms of the profile with something in between.
pub fn transforms(between: &str) -> String {
    format!(
        "<ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/>{between}\
         <ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/>"
    )
}
