"""Owns a second ECVRF (RFC 9381, SHA-256, try and increment), written for clearness alone, and the
vectors that it adds to ecvrf.json. It is held against the RFC's own P-256 example and against the
published secp256k1 proofs before it may write or compare anything.

  python3 ecvrf.py          compares ecvrf.json with what this implementation makes
  python3 ecvrf.py --write  writes the part of ecvrf.json that is made here
"""
import hashlib
import hmac
import json
import pathlib
import sys

FILE = pathlib.Path(__file__).with_name("ecvrf.json")


def sha256(data):
    return hashlib.sha256(data).digest()


class Suite:
    """A curve y^2 = x^3 + ax + b over a prime field with p = 3 mod 4 and cofactor 1."""

    def __init__(self, name, p, a, b, n, g):
        self.name, self.p, self.a, self.b, self.n, self.g = name, p, a, b, n, g

    def add(self, left, right):
        if left is None or right is None:
            return right if left is None else left
        (x1, y1), (x2, y2) = left, right
        if x1 == x2 and (y1 + y2) % self.p == 0:
            return None
        if left == right:
            slope = (3 * x1 * x1 + self.a) * pow(2 * y1, -1, self.p)
        else:
            slope = (y2 - y1) * pow(x2 - x1, -1, self.p)
        x = (slope * slope - x1 - x2) % self.p
        return x, (slope * (x1 - x) - y1) % self.p

    def multiply(self, scalar, point):
        out = None
        for bit in bin(scalar % self.n)[2:]:
            out = self.add(out, out)
            if bit == "1":
                out = self.add(out, point)
        return out

    def encode(self, point):
        return bytes([2 + point[1] % 2]) + point[0].to_bytes(32, "big")

    def decode(self, data):
        x = int.from_bytes(data[1:], "big")
        square = (x**3 + self.a * x + self.b) % self.p
        y = pow(square, (self.p + 1) // 4, self.p)
        if x >= self.p or y * y % self.p != square:
            return None
        return x, y if y % 2 == data[0] % 2 else self.p - y

    def nonce(self, secret, data):
        """RFC 6979, 3.2; the digest is reduced as its bits2octets says."""
        digest = (int.from_bytes(sha256(data), "big") % self.n).to_bytes(32, "big")
        v, k = b"\x01" * 32, b"\x00" * 32
        for separator in (b"\x00", b"\x01"):
            k = hmac.digest(k, v + separator + secret.to_bytes(32, "big") + digest, "sha256")
            v = hmac.digest(k, v, "sha256")
        while True:
            v = hmac.digest(k, v, "sha256")
            out = int.from_bytes(v, "big")
            if 0 < out < self.n:
                return out
            k = hmac.digest(k, v + b"\x00", "sha256")
            v = hmac.digest(k, v, "sha256")

    def hash_to_curve(self, key, alpha):
        for counter in range(256):
            data = self.name + b"\x01" + key + alpha + bytes([counter]) + b"\x00"
            point = self.decode(b"\x02" + sha256(data))
            if point:
                return point
        raise ValueError("no point")

    def challenge(self, *points):
        data = b"".join(map(self.encode, points))
        return int.from_bytes(sha256(self.name + b"\x02" + data + b"\x00")[:16], "big")

    def prove(self, secret, alpha):
        """The public key, the proof and its output."""
        public = self.multiply(secret, self.g)
        h = self.hash_to_curve(self.encode(public), alpha)
        gamma = self.multiply(secret, h)
        k = self.nonce(secret, self.encode(h))
        c = self.challenge(public, h, gamma, self.multiply(k, self.g), self.multiply(k, h))
        s = (k + c * secret) % self.n
        proof = self.encode(gamma) + c.to_bytes(16, "big") + s.to_bytes(32, "big")
        return self.encode(public), proof, self.output(proof)

    def output(self, proof):
        return sha256(self.name + b"\x03" + proof[:33] + b"\x00")


SECP256K1 = Suite(
    b"\xfe", 2**256 - 2**32 - 977, 0, 7,
    0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141,
    (0x79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798,
     0x483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8))
P256 = Suite(
    b"\x01", 2**256 - 2**224 + 2**192 + 2**96 - 1, -3,
    0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B,
    0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
    (0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
     0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5))

# RFC 9381, appendix B.1, example 10: secret, alpha, proof.
RFC_EXAMPLE = (
    0xC9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721, b"sample",
    "035b5c726e8c0e2c488a107c600578ee75cb702343c153cb1eb8dec77f4b5071b4"
    "a53f0a46f018bc2c56e58d383f2305e0"
    "975972c26feea0eb122fe7893c15af376b33edf7de17c6ea056d4d82de6bc02f")


def vector(secret, alpha):
    public, proof, beta = SECP256K1.prove(secret, alpha)
    return {"secret": f"{secret:064x}", "publicKey": public.hex(), "alpha": alpha.hex(),
            "proof": proof.hex(), "beta": beta.hex()}


def made_here():
    """Inputs of every length around the hash's blocks, keys from a hash."""
    return [vector(int.from_bytes(sha256(b"key %d" % i), "big") % SECP256K1.n,
                   (sha256(b"alpha %d" % i) * 5)[:i])
            for i in range(0, 160, 3)]


def main():
    secret, alpha, proof = RFC_EXAMPLE
    assert P256.prove(secret, alpha)[1].hex() == proof, "this file breaks the RFC's example"
    held = json.loads(FILE.read_text())
    for known in held["proofs"]:
        assert vector(int(known["secret"], 16), bytes.fromhex(known["alpha"])) == known, known
    if "--write" in sys.argv:
        held["second"] = made_here()
        FILE.write_text(json.dumps(held, indent=1) + "\n")
    assert held["second"] == made_here(), "ecvrf.json differs; see --write"
    print(f"{len(held['proofs'])} published and {len(held['second'])} own vectors agree")


main()
