"""Judges signed and encrypted JSON objects; see README.md."""

import json
import sys

from joserfc import jwe as rfc_jwe
from joserfc import jws as rfc_jws
from joserfc.jwk import ECKey, RSAKey
from jwcrypto import jwe, jwk, jws

SIGN = ["RS256", "RS512", "PS256", "PS512"]
CURVES = {"ES256": "P-256", "ES512": "P-521"}
ALG = ["RSA-OAEP", "RSA-OAEP-256"]
ENC = ["A128CBC-HS256", "A256CBC-HS512", "A256GCM"]


def read(asked, ours, theirs):
    """What both libraries see in what the crate made."""
    signed = []
    for token in asked["jws"]:
        first = jws.JWS()
        first.deserialize(token)
        first.verify(theirs)
        second = rfc_jws.deserialize_compact(token, ours, algorithms=SIGN)
        assert first.payload == second.payload
        signed.append(json.loads(first.payload))
    opened = []
    for token in asked["jwe"]:
        first = jwe.JWE(algs=ALG + ENC)
        first.deserialize(token, theirs)
        second = rfc_jwe.decrypt_compact(token, ours, algorithms=ALG + ENC)
        assert first.payload == second.plaintext
        opened.append(first.payload.decode())
    return {"signed": signed, "opened": opened}


def write(asked, ours, theirs):
    """What both libraries make, and the keys to read it with."""
    claims = json.dumps(asked["claims"]).encode()
    kid = asked["kid"]
    keys, signed = [], []
    for alg in SIGN:
        header = {"alg": alg, "kid": kid}
        signed.append(rfc_jws.serialize_compact(header, claims, ours, algorithms=[alg]))
        token = jws.JWS(claims)
        token.add_signature(theirs, alg, json.dumps(header))
        signed.append(token.serialize(compact=True))
    for alg, curve in CURVES.items():
        key = ECKey.generate_key(curve)
        public = dict(key.as_dict(private=False), kid=key.thumbprint(), use="sig")
        keys.append(public)
        header = {"alg": alg, "kid": public["kid"]}
        signed.append(rfc_jws.serialize_compact(header, claims, key, algorithms=[alg]))
    sealed = []
    for alg in ALG:
        for enc in ENC:
            header = {"alg": alg, "enc": enc, "kid": kid, "cty": "JWT"}
            text = asked["text"].encode()
            sealed.append(rfc_jwe.encrypt_compact(header, text, ours, algorithms=[alg, enc]))
            token = jwe.JWE(text, json.dumps(header), algs=[alg, enc])
            token.add_recipient(theirs)
            sealed.append(token.serialize(compact=True))
    return {"keys": keys, "made_signed": signed, "made_sealed": sealed}


def refuse(asked, theirs):
    """What has to be refused."""
    kid, claims = asked["kid"], json.dumps(asked["claims"]).encode()
    secret = jwk.JWK(kty="oct", k=json.loads(theirs.export_public())["n"])
    signed = []
    for key, header in [
        (secret, {"alg": "HS256", "kid": kid}),
        (theirs, {"alg": "RS256", "kid": kid, "jwk": json.loads(theirs.export_public())}),
        (theirs, {"alg": "RS256", "kid": kid, "jku": "https://evil.example/jwks"}),
        (theirs, {"alg": "RS256"}),
    ]:
        token = jws.JWS(claims)
        token.add_signature(key, header["alg"], json.dumps(header))
        signed.append(token.serialize(compact=True))
    sealed = []
    for header in [
        {"alg": "RSA1_5", "enc": "A256CBC-HS512", "kid": kid, "cty": "JWT"},
        {"alg": "RSA-OAEP", "enc": "A256CBC-HS512", "kid": kid, "cty": "JWT", "zip": "DEF"},
        {"alg": "RSA-OAEP", "enc": "A192GCM", "kid": kid, "cty": "JWT"},
        {"alg": "RSA-OAEP", "enc": "A256GCM", "kid": kid},
    ]:
        token = jwe.JWE(asked["text"].encode(), json.dumps(header), algs=[header["alg"], header["enc"]])
        token.add_recipient(theirs)
        sealed.append(token.serialize(compact=True))
    return {"refuse_signed": signed, "refuse_sealed": sealed}


def main():
    asked = json.load(sys.stdin)
    pem = asked["pem"].encode()
    ours, theirs = RSAKey.import_key(asked["pem"]), jwk.JWK.from_pem(pem)
    answer = {"thumbprints": [ours.thumbprint(), theirs.thumbprint()]}
    answer.update(read(asked, ours, theirs))
    answer.update(write(asked, ours, theirs))
    answer.update(refuse(asked, theirs))
    json.dump(answer, sys.stdout)


main()
