"""Owns calls by name through the ABI that `assay abi` publishes."""
import json
import subprocess

from ethereum import selector, word

WORD = 32


def published(assay):
    """The modules with their addresses and ABIs."""
    done = subprocess.run([assay, "abi", "--json"], check=True, capture_output=True, text=True)
    return json.loads(done.stdout)["modules"]


def type_of(param):
    """The canonical type, tuples spelled out."""
    if not param["type"].startswith("tuple"):
        return param["type"]
    return "(" + ",".join(map(type_of, param["components"])) + ")" + param["type"][5:]


def signature(function):
    return function["name"] + "(" + ",".join(map(type_of, function["inputs"])) + ")"


def is_dynamic(param):
    kind = param["type"]
    return kind in ("bytes", "string") or kind.endswith("[]") or (kind == "tuple" and any(map(is_dynamic, param["components"])))


def head_size(param):
    if is_dynamic(param) or param["type"] != "tuple":
        return WORD
    return sum(map(head_size, param["components"]))


def encode(params, values):
    heads, tails, base = b"", b"", sum(map(head_size, params))
    for param, value in zip(params, values, strict=True):
        if is_dynamic(param):
            heads += word(base + len(tails))
            tails += encode_one(param, value)
        else:
            heads += encode_one(param, value)
    return heads + tails


def encode_one(param, value):
    kind = param["type"]
    if kind in ("bytes", "string"):
        data = value.encode() if isinstance(value, str) else value
        return word(len(data)) + data + bytes(-len(data) % WORD)
    if kind.endswith("[]"):
        item = {**param, "type": kind[:-2]}
        return word(len(value)) + encode([item] * len(value), value)
    if kind == "tuple":
        return encode(param["components"], value)
    if kind.startswith("bytes"):
        return value.ljust(WORD, b"\x00")
    return word(value)


class Contract:
    """One module: `calldata("transfer", to, 5)`."""

    def __init__(self, modules, name):
        module = next(module for module in modules if module["name"] == name)
        self.hex, self.address = module["address"], bytes.fromhex(module["address"][2:])
        self.functions = {entry["name"]: entry for entry in module["abi"] if entry["type"] == "function"}

    def calldata(self, name, *values):
        function = self.functions[name]
        return selector(signature(function)) + encode(function["inputs"], values)

    def view(self, http, name, *values):
        """The raw words that a view returns."""
        out = http.call("eth_call", {"to": self.hex, "data": "0x" + self.calldata(name, *values).hex()})
        return bytes.fromhex(out[2:])
