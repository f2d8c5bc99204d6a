//! The keys of a tenant's ways to identify people.

use super::keys::{Key, Kind, Usual, key};

pub(super) fn all() -> Vec<Key> {
    [spid(), cie()].concat()
}

fn spid() -> Vec<Key> {
    use Kind::{Path, Secret, Text};
    use Usual::{None, Required};
    let section = "connections.*.spid";
    vec![
        key(
            section,
            "key_pem",
            Secret("key_file"),
            Required,
            "RSA private key of at least 2048 bits that signs metadata and requests, in PEM, not encrypted; `sportello \
             spid certificate` makes one.",
        ),
        key(section, "certificate_file", Path, Required, "PEM file with the certificate of that key."),
        key(
            section,
            "other_certificate_file",
            Path,
            None("one key only"),
            "PEM file with the certificate of the key that comes next, or that was used before: while one replaces the \
             other, both stand in the metadata.",
        ),
        key(
            section,
            "registry_url",
            Text,
            None("no list; only the providers in files"),
            "Address of the list of identity providers in JSON, which is not signed: the TLS connection vouches for it. \
             AgID's is https://registry.spid.gov.it/entities-idp?&output=json.",
        ),
        key(
            section,
            "metadata_url",
            Text,
            None("no signed metadata"),
            "Address of the metadata of the identity providers in one signed document (`EntitiesDescriptor`). It comes \
             before the list: a provider of both is believed as the signed document says.",
        ),
        key(
            section,
            "metadata_signer_file",
            Path,
            None("required with `metadata_url`"),
            "PEM file with the certificates of whoever signs that document: the present one, and the next one. A document \
             that none of them signed changes nothing.",
        ),
        key(
            section,
            "provider_file",
            Path,
            None("only the providers of the list"),
            "XML file with the metadata of one more provider, for trials. Whoever can write it chooses who signs in.",
        ),
    ]
}

fn cie() -> Vec<Key> {
    use Kind::{Choice, Path, Secret, Text};
    use Usual::{None, Required};
    let section = "connections.*.cie";
    vec![
        key(
            section,
            "federation_key_pem",
            Secret("federation_key_file"),
            Required,
            "RSA private keys of at least 2048 bits that sign what the body says of itself to the federation, in PEM, not \
             encrypted. The first one signs, all are published; `sportello cie keys` makes one.",
        ),
        key(
            section,
            "signing_key_pem",
            Secret("signing_key_file"),
            Required,
            "The same for requests to the provider. No key may serve two purposes.",
        ),
        key(
            section,
            "decryption_key_pem",
            Secret("decryption_key_file"),
            Required,
            "The same for the attributes, which the provider encrypts. A key that was replaced stays second for a day.",
        ),
        key(
            section,
            "anchor_url",
            Text,
            Required,
            "Name of the federation's trust anchor: the address of its register.",
        ),
        key(
            section,
            "anchor_keys_file",
            Path,
            Required,
            "JSON file with the trust anchor's public federation keys, `{\"keys\": […]}`, obtained outside the federation.",
        ),
        key(
            section,
            "provider_url",
            Text,
            Required,
            "Name of the CIE provider in the federation, which is an address.",
        ),
        key(
            section,
            "trust_marks_file",
            Path,
            None("no trust mark; providers refuse a body without one"),
            "JSON file with the trust marks of the registration: `[{\"id\": …, \"trust_mark\": …}]`.",
        ),
        key(
            section,
            "provider_trust_mark",
            Choice(&["required", "optional"]),
            Usual::Text("required"),
            "Whether the provider must have a trust mark that the anchor vouches for. The rules of the federation ask for \
             one of everybody but the anchor.",
        ),
    ]
}
