//! An answer of the identity provider, beside the two signatures in it.

use std::hint::black_box;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::RSA_PKCS1_SHA256;
use jiff::SignedDuration;
use spid::idp::request::{AcceptedRequest, ReplyTo};
use spid::idp::response::{Authentication, Ids, Provider, Statement};
use spid::saml::{AttributeSet, Attributes, Binding, Comparison, EntityId, Level, MessageId, parse_instant};
use spid::signature::SigningKey;

use crate::meter::{Case, measure, ratio};
use crate::paper::{ATTRIBUTES, CONSUMER, PROVIDER, REQUEST, SERVICE};

fn request(at: &str) -> AcceptedRequest {
    AcceptedRequest {
        id: MessageId::parse(REQUEST).unwrap(),
        issue_instant: parse_instant(at).unwrap(),
        reply_to: ReplyTo {
            client: EntityId::parse(SERVICE).unwrap(),
            consumer_url: CONSUMER.to_owned(),
            in_response_to: Some(MessageId::parse(REQUEST).unwrap()),
            relay_state: None,
        },
        binding: Binding::Post,
        level: Level::Two,
        comparison: Comparison::Minimum,
        force_authn: true,
        service_names: Vec::new(),
        attributes: AttributeSet::new(ATTRIBUTES),
        purpose: None,
        xml: String::new(),
    }
}

/// Two bare signatures over as many bytes as `SignedInfo` has, and a whole answer.
pub fn run(key: &SigningKey, at: &str) {
    let (request, now) = (request(at), parse_instant(at).unwrap());
    let provider = Provider { entity_id: EntityId::parse(PROVIDER).unwrap(), key: key.clone() };
    let authentication = Authentication::Two { instant: now };
    let values = ATTRIBUTES.map(|attribute| (attribute, "a value of some length".to_owned()));
    let attributes = Attributes::new(values);
    let lifetime = SignedDuration::from_mins(3);
    let statement = Statement { authentication: &authentication, name_id: "_name", attributes: &attributes, lifetime };
    let ids = Ids::from_random([1; 20], [2; 20]);
    let length = provider.succeed(&request, &statement, &ids, now).unwrap().xml.len();
    println!("\nAn answer of {length} bytes, both parts signed");
    let pair = KeyPair::generate(KeySize::Rsa2048).unwrap();
    let mut value = vec![0; pair.public_modulus_len()];
    let mut bare = || pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), &[7; 300], &mut value).unwrap();
    let [floor, whole] = measure([
        Case::new("two RSA-2048 signatures", || {
            bare();
            bare();
        }),
        Case::new("a whole answer, in base64 for the form", || {
            drop(black_box(provider.succeed(&request, &statement, &ids, now).unwrap()));
        }),
    ]);
    println!("production: {:.2} of two bare signatures (goal 0.9)", ratio(&floor, &whole));
}
