//! A card, a responder and a revocation list that OpenSSL made, judged by us.

use std::path::Path;

use cns::revocation::{CrlCache, gather};
use cns::{CardError, CardKind, Fetch, FetchError, Policy, RevocationOrder, TrustList};
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;

use crate::judges::{machine_time, openssl};

const CONFIGURATION: &str = "
[ca]
default_ca = own
[own]
database = index.txt
new_certs_dir = .
serial = serial
crlnumber = crlnumber
default_md = sha256
default_days = 365
default_crl_days = 1
policy = anything
unique_subject = no
[anything]
countryName = optional
organizationalUnitName = optional
commonName = supplied
[req]
distinguished_name = nothing
[nothing]
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
[responder]
keyUsage = critical, digitalSignature
extendedKeyUsage = OCSPSigning
[card]
basicConstraints = CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = clientAuth
certificatePolicies = @policy
authorityInfoAccess = OCSP;URI:http://other.example/ocsp
crlDistributionPoints = URI:http://other.example/list.crl
[policy]
policyIdentifier = 1.3.76.16.2.1
CPS.1 = http://other.example/cps
userNotice.1 = @notice
[notice]
explicitText = Identifies X.509 authentication certificates issued for the italian National Service Card (CNS) project in according to the italian regulation
";

fn run(folder: &Path, line: &str) {
    let arguments: Vec<&str> = line.split_whitespace().collect();
    let (is_good, said) = openssl(folder, &arguments).unwrap();
    assert!(is_good, "openssl {line}: {said}");
}

/// An authority by OpenSSL with a card and a responder; RSA, as the real ones.
fn authority() -> Option<tempfile::TempDir> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    openssl(path, &["version"])?;
    for (name, content) in
        [("ca.cnf", CONFIGURATION), ("index.txt", ""), ("serial", "C0FFEE0000000001\n"), ("crlnumber", "01\n")]
    {
        std::fs::write(path.join(name), content).unwrap();
    }
    let new = "req -config ca.cnf -newkey rsa:2048 -noenc";
    run(
        path,
        &format!("{new} -x509 -days 3650 -extensions authority -subj /C=IT/CN=Altrui -keyout ca.key -out ca.pem"),
    );
    // In a subject of the command line a slash begins the next attribute, so it is escaped.
    let subject = r"/C=IT/OU=Comune/CN=MSRNTN77H15C351X\/6120016461039008.i1ZpZfaCX\/eKyikBfnF8to+M2T8=";
    for (name, subject) in [("card", subject), ("responder", "/C=IT/CN=Responder")] {
        run(path, &format!("{new} -subj {subject} -keyout {name}.key -out {name}.csr"));
        let sign = "ca -config ca.cnf -batch -notext -cert ca.pem -keyfile ca.key";
        run(path, &format!("{sign} -extensions {name} -in {name}.csr -out {name}.pem"));
    }
    Some(folder)
}

struct Other<'a>(&'a Path);

impl Fetch for Other<'_> {
    async fn send(&self, request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, FetchError> {
        let body = if request.uri().path() == "/ocsp" {
            std::fs::write(self.0.join("request.der"), request.body()).unwrap();
            let who = "-index index.txt -CA ca.pem -rsigner responder.pem -rkey responder.key -ndays 1";
            run(self.0, &format!("ocsp {who} -reqin request.der -respout answer.der"));
            std::fs::read(self.0.join("answer.der")).unwrap()
        } else {
            run(self.0, "ca -config ca.cnf -gencrl -cert ca.pem -keyfile ca.key -out list.pem");
            run(self.0, "crl -in list.pem -outform DER -out list.crl");
            std::fs::read(self.0.join("list.crl")).unwrap()
        };
        Ok(http::Response::new(body))
    }
}

#[tokio::test]
async fn cards_answers_and_lists_of_openssl_are_understood() {
    let Some(folder) = authority() else { return };
    let path = folder.path();
    let trust = TrustList::from_pem(&std::fs::read_to_string(path.join("ca.pem")).unwrap()).unwrap();
    let chain = [CertificateDer::from_pem_file(path.join("card.pem")).unwrap()];
    let policy = |order| {
        let mut policy = Policy::default();
        policy.order = order;
        policy.require_nonce = order == RevocationOrder::OcspOnly;
        policy
    };
    for is_revoked in [false, true] {
        if is_revoked {
            let revoke = "ca -config ca.cnf -cert ca.pem -keyfile ca.key -revoke card.pem -crl_reason keyCompromise";
            run(path, revoke);
        }
        for order in [RevocationOrder::OcspOnly, RevocationOrder::CrlOnly] {
            let (policy, now) = (policy(order), machine_time());
            let evidence =
                gather(&Other(path), &CrlCache::new(), &chain, &trust, &policy, Some([3; 32]), now).await.unwrap();
            let outcome = cns::verify(&chain, &trust, &evidence, &policy, now);
            if is_revoked {
                assert!(matches!(outcome, Err(CardError::Revoked { reason: Some(_), .. })), "{order:?}: {outcome:?}");
            } else {
                let card = outcome.unwrap();
                assert_eq!((card.tax_code, card.kind), (crate::stage::tax_code(), CardKind::Cns));
                assert_eq!((card.serial.as_str(), card.issuing_body.as_deref()), ("c0ffee0000000001", Some("Comune")));
            }
        }
    }
}
