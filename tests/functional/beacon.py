"""A node proves its blocks with the key of its genesis; without the key its chain goes on and the
misses are counted; with it again they stop. Its operator replaces the key on the running chain. Every block replays.
"""
import argparse
import base64
import json
import subprocess
import time

from devnet import Devnet
from ethereum import Wallet, address_of
from rpc import Http

BLOCKS = 5


def call(node, method, *params):
    return Http(node.port).call(method, *params)


def height(node):
    return int(call(node, "eth_blockNumber"), 16)


def after_blocks(node, count):
    """Waits until so many more are there, and fails after a minute."""
    goal, end = height(node) + count, time.monotonic() + 60
    values = set()
    while height(node) < goal:
        assert time.monotonic() < end, "the chain stands still\n" + node.tail()
        values.add(call(node, "assay_getBeacon")["value"])
        time.sleep(0.05)
    return values


def key_of(node, validator):
    return call(node, "assay_getVrfKey", validator)


def command(node, *words):
    """What assayd prints for this home."""
    done = subprocess.run([node.assayd, *words, "--home", str(node.home)], check=True, capture_output=True, text=True)
    return done.stdout


def operator_of(node):
    """The account of the validator's own key, which the devnet's genesis names as its recipient."""
    wallet = Wallet(0)
    held = json.loads((node.home / "priv_validator_key.json").read_text())["priv_key"]["value"]
    wallet.secret = int.from_bytes(base64.b64decode(held), "big")
    wallet.address = address_of(wallet.secret)
    return wallet


def replace_key(node, validator):
    """A new key is added, registered, and counts two epochs later without a block missed."""
    node.stop()
    registration = json.loads(command(node, "vrf-key", "add"))
    node.start()
    http, payer, operator = Http(node.port), Wallet(0), operator_of(node)
    http.receipt(http.send(payer.transaction(to=operator.address, value=10**18)))
    missed = key_of(node, validator)["missed"]
    raw = operator.transaction(to=bytes.fromhex(registration["to"][2:]), data=bytes.fromhex(registration["data"][2:]), gas=200_000)
    receipt = http.receipt(http.send(raw))
    assert receipt["status"] == "0x1" and receipt["transactionIndex"] == "0x0", receipt
    waiting, new = key_of(node, validator), registration["message"]["publicKey"]
    assert waiting["next"] == new and waiting["key"] != new, waiting
    epoch = int(call(node, "assay_beacon_getBeaconParams")["epochBlocks"])
    assert int(waiting["nextFrom"]) == (int(receipt["blockNumber"], 16) // epoch + 2) * epoch, waiting
    after_blocks(node, int(waiting["nextFrom"]) + BLOCKS - height(node))
    seen = key_of(node, validator)
    assert seen["key"] == new and seen["next"] == "0x" and seen["missed"] == missed, seen


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--assayd", required=True)
    node = Devnet(parser.parse_args().assayd, environment={"ASSAYD_ENGINE_EMPTY_BLOCK_INTERVAL_MS": "200"})
    try:
        node.start()
        genesis = json.loads((node.home / "genesis.json").read_text())["validators"][0]
        address = json.loads((node.home / "priv_validator_key.json").read_text())["address"]
        validator = "0x" + address.lower()
        assert len(after_blocks(node, BLOCKS)) >= BLOCKS - 1, "the beacon does not move"
        seen = key_of(node, validator)
        assert seen["key"] == genesis["vrfPublicKey"] and seen["missed"] == "0", seen
        assert call(node, "eth_getBlockByNumber", "latest", True)["transactions"] == []

        node.stop()
        held = (node.home / "vrf_key.json").rename(node.home / "elsewhere.json")
        node.start()  # makes another key, which nobody registered
        after_blocks(node, BLOCKS)
        node.stop()
        missed_by = node.home / "vrf_key.json"
        missed_by.unlink()
        held.rename(missed_by)
        node.start()
        missed = int(key_of(node, validator)["missed"])
        assert missed >= BLOCKS, f"{missed} misses after {BLOCKS} blocks without the key"
        after_blocks(node, BLOCKS)
        assert int(key_of(node, validator)["missed"]) == missed, "proofs do not count"
        replace_key(node, validator)
        node.stop()
        print(f"{missed} blocks without a proof counted; {node.offline('verify')}; {node.offline('replay')}")
    finally:
        node.close()


main()
