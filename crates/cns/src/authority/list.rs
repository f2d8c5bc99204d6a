//! The trust list that names the authority, in the format of AgID's (ETSI TS 119 612), without a signature.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::{SignedDuration, Timestamp};

use super::{Authority, IssueError};
use crate::trust::{SERVICE_STATUS, SERVICE_TYPE};

/// How long a list is valid: six months, as European ones are.
const VALID_FOR: SignedDuration = SignedDuration::from_hours(24 * 180);

impl Authority {
    /// The trust list that names the issuing authority, valid for 180 days. Its signature is somebody else's to make:
    /// the `check` given to [`TrustList::from_tsl`](crate::TrustList::from_tsl) decides what it takes.
    ///
    /// # Errors
    /// Never in practice: the certificate was encoded before.
    pub fn trust_list_xml(&self, sequence: u64, now: Timestamp) -> Result<Vec<u8>, IssueError> {
        let certificate = STANDARD.encode(self.issuing_certificate()?);
        let next_update = now.checked_add(VALID_FOR).unwrap_or(now);
        let since = super::earlier(now, 365);
        let text = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <TrustServiceStatusList xmlns=\"http://uri.etsi.org/02231/v2#\" Id=\"list\" \
             TSLTag=\"http://uri.etsi.org/19612/TSLTag\"><SchemeInformation>\
             <TSLVersionIdentifier>5</TSLVersionIdentifier><TSLSequenceNumber>{sequence}</TSLSequenceNumber>\
             <TSLType>http://uri.etsi.org/TrstSvc/TrustedList/TSLType/EUgeneric</TSLType>\
             <SchemeOperatorName><Name xml:lang=\"it\">Prova</Name></SchemeOperatorName>\
             <SchemeTerritory>IT</SchemeTerritory><ListIssueDateTime>{now:.0}</ListIssueDateTime>\
             <NextUpdate><dateTime>{next_update:.0}</dateTime></NextUpdate></SchemeInformation>\
             <TrustServiceProviderList><TrustServiceProvider>\
             <TSPInformation><TSPName><Name xml:lang=\"it\">Prestatore di prova</Name></TSPName></TSPInformation>\
             <TSPServices><TSPService><ServiceInformation>\
             <ServiceTypeIdentifier>{SERVICE_TYPE}</ServiceTypeIdentifier>\
             <ServiceName><Name xml:lang=\"it\">CNS di prova</Name></ServiceName>\
             <ServiceDigitalIdentity><DigitalId><X509Certificate>{certificate}</X509Certificate></DigitalId>\
             </ServiceDigitalIdentity><ServiceStatus>{SERVICE_STATUS}</ServiceStatus>\
             <StatusStartingTime>{since:.0}</StatusStartingTime>\
             </ServiceInformation></TSPService></TSPServices></TrustServiceProvider></TrustServiceProviderList>\
             </TrustServiceStatusList>\n"
        );
        Ok(text.into_bytes())
    }
}
