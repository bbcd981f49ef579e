"""Owns the generation of bad calldata from the published ABI: every message and view, broken in every way."""
from abi import WORD, encode, head_size, is_dynamic, signature
from ethereum import selector, word


def sample(param):
    """A valid value: the smallest that still has every part."""
    kind = param["type"]
    if kind == "string":
        return "abc"
    if kind.endswith("[]"):
        return [sample({**param, "type": kind[:-2]})]
    if kind == "tuple":
        return list(map(sample, param["components"]))
    return b"\x01" if kind.startswith("bytes") else 1


def cases(modules):
    """(name, module address, calldata, value, expected text, is a message)."""
    for module in modules:
        for function in module["abi"]:
            if function["type"] == "function":
                yield from _function(module, function)


def _function(module, function):
    name = f"{module['name']}.{function['name']}"
    head, good = selector(signature(function)), encode(function["inputs"], map(sample, function["inputs"]))
    message = function["stateMutability"] != "view"

    def case(what, data, text, value=0):
        return f"{name} {what}", module["address"], head + data, value, text, message
    if function["stateMutability"] != "payable":
        yield case("with value", good, "value_not_payable", value=1)
    short = "cut short|length exceeds the calldata|offset is not canonical"
    for size in sorted({*range(0, len(good), WORD), len(good) - 1, len(good) // 2} - {len(good), -1}):
        yield case(f"cut to {size} of {len(good)} bytes", good[:size], short)
    for extra in (b"\x00", bytes(WORD), b"\xff" * WORD, good or b"\x01"):
        yield case(f"with {len(extra)} bytes more ({extra[:1].hex()})", good + extra, "trailing bytes")
    at = 0
    for param in function["inputs"]:
        yield from ((f"{name} {what}", module["address"], head + data, 0, f"{param['name']}.*({text})", message)
                    for what, data, text in _parameter(param, good, at))
        at += head_size(param)


def _parameter(param, good, at):
    def put(value, where=at):
        return good[:where] + value + good[where + WORD:]
    name, kind = param["name"], param["type"]
    if is_dynamic(param):
        for what, offset in [("an offset of 0", 0), ("an offset to itself", at), ("an offset past the end", len(good) + WORD), ("an offset of 2^64 - 32", 2**64 - 32),
                             ("an offset of 2^255", 2**255), ("an offset of 2^256 - 1", 2**256 - 1), ("an odd offset", int.from_bytes(good[at:at + WORD], "big") + 1)]:
            yield f"{name}: {what}", put(word(offset)), "offset is not canonical"
    if kind in ("bytes", "string") or kind.endswith("[]"):
        start = int.from_bytes(good[at:at + WORD], "big")
        for count in (2**32, 2**63, 2**64 - 1, 2**64 + 1, 2**256 - 1):
            yield f"{name}: a length of {count:#x}", put(word(count), start), "length exceeds the calldata"
        if kind in ("bytes", "string"):
            yield f"{name}: dirty padding", put(b"abc".ljust(WORD - 1, b"\x00") + b"\x01", start + WORD), "nonzero padding"
        if kind == "string":
            yield f"{name}: invalid UTF-8", put(b"\xff\xfe\xfd".ljust(WORD, b"\x00"), start + WORD), "not UTF-8"
    elif kind == "address":
        yield f"{name}: dirty padding", put(b"\x01" + good[at + 1:at + WORD]), "address has nonzero padding"
    elif kind == "bool":
        yield f"{name}: two", put(word(2)), "bool is neither 0 nor 1"
    elif kind.startswith("uint"):
        for value in {2 ** min(int(kind[4:]), 128), 2**255, 2**256 - 1}:
            yield f"{name}: {value:#x}", put(word(value)), "exceeds"
    elif kind.startswith("bytes") and kind != "bytes32":
        yield f"{name}: dirty padding", put(b"\x01" * WORD), "nonzero padding"
