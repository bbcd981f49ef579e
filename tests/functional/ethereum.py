"""Owns what a wallet knows: hashes, keys of the devnet's words, RLP, signed envelopes, ABI selectors."""
import hashlib
import hmac

P = 2**256 - 2**32 - 977
N = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
G = (0x79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798,
     0x483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8)
CHAIN_ID = 31337
WORDS = "test test test test test test test test test test test junk"

MASK = 2**64 - 1
ROTATIONS = [[0, 36, 3, 41, 18], [1, 44, 10, 45, 2], [62, 6, 43, 15, 61], [28, 55, 25, 21, 56], [27, 20, 39, 8, 14]]


def _round_constants():
    """FIPS 202, section 3.2.5: an eight-bit shift register."""
    register, out = 1, []
    for _ in range(24):
        constant = 0
        for j in range(7):
            if register & 1:
                constant |= 1 << ((1 << j) - 1)
            register = (register << 1) ^ (0x171 if register & 0x80 else 0)
        out.append(constant)
    return out


CONSTANTS = _round_constants()


def _permute(a):
    for constant in CONSTANTS:
        c = [a[x][0] ^ a[x][1] ^ a[x][2] ^ a[x][3] ^ a[x][4] for x in range(5)]
        d = [c[x - 1] ^ _rotate(c[(x + 1) % 5], 1) for x in range(5)]
        b = [[0] * 5 for _ in range(5)]
        for x in range(5):
            for y in range(5):
                b[y][(2 * x + 3 * y) % 5] = _rotate(a[x][y] ^ d[x], ROTATIONS[x][y])
        a = [[b[x][y] ^ (~b[(x + 1) % 5][y] & MASK & b[(x + 2) % 5][y]) for y in range(5)] for x in range(5)]
        a[0][0] ^= constant
    return a


def _rotate(value, by):
    return ((value << by) | (value >> (64 - by))) & MASK if by else value


def keccak256(data):
    rate = 136
    gap = rate - len(data) % rate
    padded = data + (b"\x81" if gap == 1 else b"\x01" + bytes(gap - 2) + b"\x80")
    state = [[0] * 5 for _ in range(5)]
    for at in range(0, len(padded), rate):
        for lane in range(rate // 8):
            word = int.from_bytes(padded[at + 8 * lane:at + 8 * lane + 8], "little")
            state[lane % 5][lane // 5] ^= word
        state = _permute(state)
    return b"".join(state[lane % 5][lane // 5].to_bytes(8, "little") for lane in range(4))


def _add(p, q):
    """Points as (x, y), None for infinity."""
    if p is None or q is None:
        return p or q
    if p[0] == q[0]:
        if (p[1] + q[1]) % P == 0:
            return None
        slope = 3 * p[0] * p[0] * pow(2 * p[1], -1, P)
    else:
        slope = (q[1] - p[1]) * pow(q[0] - p[0], -1, P)
    x = (slope * slope - p[0] - q[0]) % P
    return x, (slope * (p[0] - x) - p[1]) % P


DOUBLES = [G]
for _ in range(255):
    DOUBLES.append(_add(DOUBLES[-1], DOUBLES[-1]))


def _times_g(k):
    out = None
    for bit, point in enumerate(DOUBLES):
        if k >> bit & 1:
            out = _add(out, point)
    return out


def sign(secret, digest):
    """(parity, r, s) with s in the lower half; the nonce is RFC 6979's first candidate."""
    seed = secret.to_bytes(32, "big") + (int.from_bytes(digest, "big") % N).to_bytes(32, "big")
    key, value = bytes(32), b"\x01" * 32
    for mark in (b"\x00", b"\x01"):
        key = hmac.digest(key, value + mark + seed, "sha256")
        value = hmac.digest(key, value, "sha256")
    k = int.from_bytes(hmac.digest(key, value, "sha256"), "big")
    x, y = _times_g(k)
    s = pow(k, -1, N) * (int.from_bytes(digest, "big") + x * secret) % N
    return (y & 1 ^ 1, x, N - s) if s > N // 2 else (y & 1, x, s)


def address_of(secret):
    x, y = _times_g(secret)
    return keccak256(x.to_bytes(32, "big") + y.to_bytes(32, "big"))[12:]


def secret_at(index):
    """m/44'/60'/0'/0/index of the devnet's words (BIP-32, BIP-39, BIP-44)."""
    seed = hashlib.pbkdf2_hmac("sha512", WORDS.encode(), b"mnemonic", 2048)
    node = hmac.digest(b"Bitcoin seed", seed, "sha512")
    for step in (44 + 2**31, 60 + 2**31, 2**31, 0, index):
        secret, chain = int.from_bytes(node[:32], "big"), node[32:]
        if step >= 2**31:
            data = b"\x00" + node[:32]
        else:
            x, y = _times_g(secret)
            data = bytes([2 + (y & 1)]) + x.to_bytes(32, "big")
        node = hmac.digest(chain, data + step.to_bytes(4, "big"), "sha512")
        node = ((int.from_bytes(node[:32], "big") + secret) % N).to_bytes(32, "big") + node[32:]
    return int.from_bytes(node[:32], "big")


def number(value):
    return value.to_bytes((value.bit_length() + 7) // 8, "big")


def _head(kind, size):
    if size < 56:
        return bytes([kind + size])
    return bytes([kind + 55 + len(number(size))]) + number(size)


def rlp(item):
    """bytes, int (shortest form) or a list of these."""
    if isinstance(item, list):
        body = b"".join(map(rlp, item))
        return _head(0xC0, len(body)) + body
    data = number(item) if isinstance(item, int) else item
    if len(data) == 1 and data[0] < 0x80:
        return data
    return _head(0x80, len(data)) + data


class Wallet:
    def __init__(self, index):
        self.secret = secret_at(index)
        self.address = address_of(self.secret)

    @property
    def hex(self):
        return "0x" + self.address.hex()

    def transaction(self, **fields):
        """A signed type-2 envelope; `kind` 0 or 1 for the older ones. Returns raw bytes."""
        return seal(fields.get("kind", 2), *self.fields(**fields))

    def fields(self, kind=2, nonce=0, tip=1, cap=10**10, gas=21_000, to=b"", value=0, data=b"", access=(), chain_id=CHAIN_ID):
        """The signed envelope's items in wire order and its signature (parity or v, r, s)."""
        body = [nonce, cap, gas, to, value, data]
        if kind == 2:
            body = [chain_id, nonce, tip, cap, gas, to, value, data, list(access)]
        elif kind == 1:
            body = [chain_id, *body, list(access)]
        protected = kind == 0 and chain_id is not None
        prefix = b"" if kind == 0 else bytes([kind])
        digest = keccak256(prefix + rlp(body + [chain_id, 0, 0] if protected else body))
        parity, r, s = sign(self.secret, digest)
        v = parity if kind else parity + (35 + 2 * chain_id if protected else 27)
        return body, [v, r, s]


def seal(kind, body, signature):
    return (b"" if kind == 0 else bytes([kind])) + rlp(body + signature)


def selector(signature):
    return keccak256(signature.encode())[:4]


def word(value):
    """One ABI word: an int, an address or 32 bytes."""
    return value.to_bytes(32, "big") if isinstance(value, int) else value.rjust(32, b"\x00")


def hash_of(raw):
    return "0x" + keccak256(raw).hex()
