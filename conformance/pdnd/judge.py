"""Judges what the clients sign for the interoperability platform (PDND); see README.md.

PyJWT verifies signatures and times, jwcrypto verifies proofs and computes thumbprints, and the rest is arithmetic of
Python's own. Prints a line for each kind of key; ends with an error when something is not as it must be.
"""

import base64
import hashlib
import json
import sys
from urllib.parse import parse_qs

import jwt
from jwcrypto import jwk, jws

CHECKED = {"verify_exp": False, "verify_iat": False, "verify_nbf": False}


def claims(token, key, algorithm, audience):
    """The claims of something signed by the client, and what PyJWT demands of them."""
    header = jwt.get_unverified_header(token)
    assert header == {"alg": algorithm, "kid": "kid-1", "typ": "JWT"}, header
    required = ["iss", "aud", "jti", "iat", "exp"]
    found = jwt.decode(token, key, [algorithm], audience=audience, issuer="client-1",
                       options={**CHECKED, "require": required})
    assert 0 < found["exp"] - found["iat"] <= 1800, found
    return found


def proof(token, call, url, dpop):
    """The claims of a proof, verified with the key that it brings, which must be the client's."""
    parsed = jws.JWS()
    parsed.deserialize(token)
    header = parsed.jose_header
    assert header["typ"] == "dpop+jwt" and header["alg"] == "ES256" and set(header) == {"typ", "alg", "jwk"}, header
    brought = jwk.JWK(**header["jwk"])
    assert not brought.has_private
    assert brought.thumbprint() == jwk.JWK.from_pem(dpop.encode()).thumbprint()
    parsed.verify(brought)
    found = json.loads(parsed.payload)
    assert found["htm"] == call["method"] and found["htu"] == url, found
    return found


def hashed(text):
    """SHA-256 of a text, in base64url without padding."""
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()


def judge(sample):
    """Everything that was sent with one kind of key."""
    algorithm, key = sample["algorithm"], sample["public"]
    token, call = sample["sent"]
    form = {name: values[0] for name, values in parse_qs(token["body"], strict_parsing=True).items()}
    assert form["client_id"] == "client-1" and form["grant_type"] == "client_credentials"
    assertion = claims(form["client_assertion"], key, algorithm, "platform")
    admitted = {"iss", "sub", "aud", "jti", "iat", "exp", "purposeId", "digest"}
    assert set(assertion) == admitted and assertion["sub"] == "client-1", assertion

    shown = call["headers"]["agid-jwt-trackingevidence"]
    evidence = claims(shown, key, algorithm, "https://service.example")
    assert {"userID", "userLocation", "LoA", "purposeId", "dnonce"} <= set(evidence), evidence
    assert assertion["digest"] == {"alg": "SHA256", "value": hashlib.sha256(shown.encode()).hexdigest()}

    signature = claims(call["headers"]["agid-jwt-signature"], key, algorithm, "https://service.example")
    digest = "SHA-256=" + base64.b64encode(hashlib.sha256(call["body"].encode()).digest()).decode()
    assert call["headers"]["digest"] == digest
    assert signature["signed_headers"] == [{"digest": digest}, {"content-type": call["headers"]["content-type"]}]

    first = proof(token["headers"]["dpop"], token, sample["base"] + token["path"], sample["dpop"])
    second = proof(call["headers"]["dpop"], call, sample["base"] + call["path"], sample["dpop"])
    assert "ath" not in first and second["ath"] == hashed("voucher.of.somebody")
    ids = [one["jti"] for one in (assertion, evidence, signature, first, second)]
    assert len(set(ids)) == len(ids), "a jti was used twice"


def main():
    samples = json.load(sys.stdin)
    assert [sample["algorithm"] for sample in samples] == ["RS256", "ES256"]
    for sample in samples:
        judge(sample)
        print(f"pdnd {sample['algorithm']}: assertion, evidence, signature and two proofs are in order")


main()
