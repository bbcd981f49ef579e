"""Owns the table of raw transactions that no node may take: (name, bytes, expected error)."""
from ethereum import CHAIN_ID, N, rlp, seal, selector, word

BANK = bytes.fromhex("a55a000000000000000000000000000000000002")
NO_MODULE = bytes.fromhex("a55a00000000000000000000000000000000ffff")
FIELDS = {
    0: ["nonce", "gasPrice", "gas", "to", "value", "input", "v", "r", "s"],
    1: ["chainId", "nonce", "gasPrice", "gas", "to", "value", "input", "accessList", "yParity", "r", "s"],
    2: ["chainId", "nonce", "maxPriorityFeePerGas", "maxFeePerGas", "gas", "to", "value", "input", "accessList", "yParity",
        "r", "s"],
}
WIDTHS = {"chainId": 8, "nonce": 8, "gas": 8, "gasPrice": 16, "maxPriorityFeePerGas": 16, "maxFeePerGas": 16, "value": 16,
          "v": 16, "yParity": 8, "r": 32, "s": 32}


class Raw(bytes):
    """An item that is already encoded."""


def list_of(items):
    """RLP of a list whose Raw items go in as they are."""
    body = b"".join(item if isinstance(item, Raw) else rlp(item) for item in items)
    size = len(body)
    head = bytes([0xC0 + size]) if size < 56 else bytes([0xF7 + len(_big(size))]) + _big(size)
    return head + body


def _big(value):
    return value.to_bytes((value.bit_length() + 7) // 8, "big")


def cases(sender, receiver, next_nonce):
    good = {kind: sender.fields(kind=kind, nonce=next_nonce, to=receiver.address, value=1) for kind in FIELDS}
    for kind in FIELDS:
        yield from _lengths(kind, seal(kind, *good[kind]))
        yield from _fields(kind, good[kind])
        yield from _signatures(kind, good[kind])
    yield from _encodings()
    yield from _envelopes(sender, receiver, next_nonce)
    yield from _fees(sender, receiver, next_nonce)
    yield from _recipients(sender, receiver, next_nonce)
    yield from _access_lists(good[2])


def _lengths(kind, raw):
    for eighth in range(8):
        cut = len(raw) * eighth // 8
        yield f"type {kind} cut to {cut} bytes", raw[:cut], "empty|RLP item is (cut short|missing)"
    yield f"type {kind} without its last byte", raw[:-1], "RLP item is cut short"
    for name, tail in [("a zero byte", b"\x00"), ("an empty string", b"\x80"), ("itself", raw)]:
        yield f"type {kind} followed by {name}", raw + tail, "trailing bytes after RLP item"


def _fields(kind, parts):
    items = parts[0] + parts[1]
    prefix = bytes([kind]) if kind else b""
    for at, name in enumerate(FIELDS[kind]):
        def put(value, at=at):
            return prefix + list_of(items[:at] + [value] + items[at + 1:])
        if name == "accessList":
            yield f"type {kind}: {name} is a string", put(b"list"), f"{name}: expected a list"
            continue
        yield f"type {kind}: {name} is a list", put([]), f"{name}: expected a (string|number)"
        if name in WIDTHS:
            yield f"type {kind}: {name} has a leading zero", put(b"\x00\x05"), f"{name}: number has a leading zero"
            yield f"type {kind}: {name} is a zero byte", put(b"\x00"), f"{name}: number has a leading zero"
            yield f"type {kind}: {name} is too wide", put(b"\x01" * (WIDTHS[name] + 1)), f"{name}: exceeds 2\\^"
            yield f"type {kind}: {name} in two bytes", put(Raw(b"\x81\x05")), f"{name}: RLP byte is not in its shortest"
    yield f"type {kind}: a field too many", prefix + list_of(items + [1]), "too many fields"
    yield f"type {kind}: no signature", prefix + list_of(parts[0]), "(v|yParity): RLP item is missing"
    yield f"type {kind}: no fields", prefix + list_of([]), "RLP item is missing"
    for size in (1, 19, 21, 32):
        at = FIELDS[kind].index("to")
        raw = prefix + list_of(items[:at] + [b"\x11" * size] + items[at + 1:])
        yield f"type {kind}: recipient of {size} bytes", raw, f"to: has {size} bytes, not 20"


def _signatures(kind, parts):
    body, (v, r, s) = parts
    out_of_range = "r, s values: r is out of range"
    for name, signature, text in [
            ("a high s", [v ^ 1 if kind else v, r, N - s], "s is not in the lower half"), ("s of zero", [v, r, 0], "s values: s"),
            ("s of the order", [v, r, N], "s values: s"), ("r of zero", [v, 0, s], out_of_range),
            ("r of the order", [v, N, s], out_of_range), ("the largest r", [v, 2**256 - 1, s], out_of_range)]:
        yield f"type {kind} with {name}", seal(kind, body, signature), text
    for bad in ([0, 1, 26, 29, 34] if kind == 0 else [2, 27, 28, 255, 2**64 - 1]):
        yield f"type {kind} with v of {bad}", seal(kind, body, [bad, r, s]), "^(v|yParity): "
    if kind == 0:
        yield "v of a chain id over 64 bits", seal(0, body, [2**66 + 35, r, s]), "v: stands for a chain id above"


def _encodings():
    for name, raw, text in [
            ("no bytes", b"", "transaction is empty"), ("one zero", b"\x00", "type not supported"),
            ("an RLP string", b"\x85hello", "type not supported"), ("a number", b"\x05", "type not supported"),
            ("a list that claims 2^64 bytes", b"\xff" + b"\xff" * 8, "RLP item is cut short"),
            ("a list with a zero in its length", b"\xf8\x00", "RLP length has a leading zero"),
            ("a list whose length is too long a form", b"\xf8\x05" + b"\x01" * 5, "length is not in its shortest form"),
            ("a length that is cut", b"\xf9\x01", "RLP item is cut short"), ("a bare type", b"\x02", "RLP item is missing"),
            ("a type and a string", b"\x02\x83abc", "not an RLP list"), ("a field that claims 2^63 bytes",
                                                                         list_of([Raw(b"\xbf\x7f" + b"\xff" * 7)]), "nonce: RLP item is cut"),
            ("lists in lists, ten thousand deep", b"\xc1" * 10_000 + b"\xc0", "trailing bytes|expected a|cut short")]:
        yield name, raw, text
    for kind in (3, 4, 5, 0x7F):
        yield f"an envelope of type {kind:#x}", bytes([kind]) + rlp([CHAIN_ID, 0, 1, 1, 21_000, b"", 0, b"", [], 0, 1, 1]), "type not supported"


def _envelopes(sender, receiver, nonce):
    common = {"nonce": nonce, "to": receiver.address, "value": 1}
    for kind in FIELDS:
        for chain_id in (1, CHAIN_ID + 1, 2**63 - 20 if kind == 0 else 2**64 - 1):
            yield f"type {kind} for chain {chain_id}", sender.transaction(kind=kind, chain_id=chain_id, **common), "invalid chain id for signer"
    yield "legacy without a chain id", sender.transaction(kind=0, chain_id=None, **common), "only replay-protected"
    for name, value, text in [("the largest nonce", 2**64 - 1, "nonce has max value"), ("a nonce in the past", nonce - 1, "nonce too low"),
                              ("a nonce far ahead", nonce + 10**9, "nonce too high")]:
        yield name, sender.transaction(**{**common, "nonce": value}), text
    yield "an oversized transaction", sender.transaction(**{**common, "to": BANK, "gas": 10**8, "data": bytes(128 * 1024)}), "oversized data.*131072"


def _fees(sender, receiver, nonce):
    for name, change, text in [
            ("no gas", {"gas": 0}, "intrinsic gas too low"), ("gas one short", {"gas": 20_999}, "intrinsic gas too low"),
            ("gas over the block's limit", {"gas": 2**40}, "exceeds block gas limit"), ("the most gas", {"gas": 2**64 - 1}, "exceeds block gas limit"),
            ("a tip over the cap", {"tip": 10**10 + 1}, "max priority fee per gas higher than max fee"),
            ("a cap under the base fee", {"tip": 0, "cap": 1}, "max fee per gas less than block base fee"),
            ("no fee", {"tip": 0, "cap": 0}, "max fee per gas less than block base fee"),
            ("the largest cap", {"cap": 2**128 - 1}, "insufficient funds for gas \\* price \\+ value"),
            ("the largest value", {"value": 2**128 - 1}, "insufficient funds for gas \\* price \\+ value"),
            ("more value than there is", {"value": 10**24}, "insufficient funds for gas \\* price \\+ value"),
            ("gas without the access list's", {"access": [[receiver.address, []]], "gas": 21_000}, "intrinsic gas too low")]:
        yield name, sender.transaction(**{"nonce": nonce, "to": receiver.address, "value": 1, **change}), text


def _recipients(sender, receiver, nonce):
    transfer = selector("transfer(address,uint256)") + word(receiver.address) + word(1)
    wide = {"nonce": nonce, "gas": 200_000}
    for name, fields, text in [
            ("a contract", {"data": b"\x60\x00"}, "contract_creation"), ("an empty contract", {}, "contract_creation"),
            ("data for an account", {"to": receiver.address, "data": b"hello"}, "data_to_account"),
            ("a module that is not there", {"to": NO_MODULE, "data": transfer}, "unknown_module"),
            ("plain value for a module", {"to": BANK, "value": 1}, "unknown_selector"),
            ("an unknown message", {"to": BANK, "data": b"\xde\xad\xbe\xef"}, "unknown_selector"),
            ("a view as a message", {"to": BANK, "data": selector("symbol()")}, "unknown_selector"),
            ("value beside a message that takes none", {"to": BANK, "data": transfer, "value": 1}, "value_not_payable"),
            ("a transfer of nothing", {"to": BANK, "data": transfer[:36] + word(0)}, "amount_zero"),
            ("a transfer to nobody", {"to": BANK, "data": transfer[:4] + word(0) + word(1)}, "address_zero"),
            ("a transfer to oneself", {"to": BANK, "data": transfer[:4] + word(sender.address) + word(1)}, "self_transfer"),
            ("a transfer to a module", {"to": BANK, "data": transfer[:4] + word(BANK) + word(1)}, "reserved_recipient"),
            ("a transfer over 128 bits", {"to": BANK, "data": transfer[:36] + word(2**128)}, "malformed_calldata: amount: exceeds"),
            ("gas for the envelope only", {"to": BANK, "data": transfer, "gas": 22_000}, "intrinsic gas too low")]:
        yield name, sender.transaction(**{**wide, **fields}), text
    for size in (1, 2, 3):
        yield f"{size} bytes of a selector", sender.transaction(**wide, to=BANK, data=transfer[:size]), "unknown_selector"


def _access_lists(parts):
    body, signature = parts
    for name, entries, text in [
            ("a string as an entry", [b"x"], "entry is not a list"), ("an empty entry", [[]], "address is not 20 bytes"),
            ("a short address", [[b"\x11" * 19, []]], "address is not 20 bytes"), ("no keys", [[b"\x11" * 20]], "entry is not an address and a list"),
            ("keys that are a string", [[b"\x11" * 20, b"k"]], "entry is not an address and a list"),
            ("a short key", [[b"\x11" * 20, [b"\x01" * 31]]], "storage key is not 32 bytes"),
            ("a long key", [[b"\x11" * 20, [b"\x01" * 33]]], "storage key is not 32 bytes"),
            ("an item too many", [[b"\x11" * 20, [], 1]], "entry is not an address and a list")]:
        yield f"access list with {name}", seal(2, body[:-1] + [entries], signature), f"accessList: {text}"
