"""A node proves its blocks with the key of its genesis; without the key its chain goes on and the
misses are counted; with it again they stop. Every block replays.
"""
import argparse
import json
import time

from devnet import Devnet
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
        node.stop()
        print(f"{missed} blocks without a proof counted; {node.offline('verify')}; {node.offline('replay')}")
    finally:
        node.close()


main()
