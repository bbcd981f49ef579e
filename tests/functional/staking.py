"""Four validators: delegated stake changes what consensus counts, one that stays away loses its seat, comes back and is
let in again by its operator; every node replays.
"""
import argparse
import base64
import json
import time

from cluster import Cluster
from ethereum import Wallet, address_of, selector, word
from rpc import Http

STAKING = bytes.fromhex("a55a" + "00" * 17 + "08")
TOKEN = 10**18


def operator_of(node):
    """The account of the validator's own key, which the genesis names as its recipient."""
    wallet = Wallet(0)
    held = json.loads((node.home / "priv_validator_key.json").read_text())["priv_key"]["value"]
    wallet.secret = int.from_bytes(base64.b64decode(held), "big")
    wallet.address = address_of(wallet.secret)
    return wallet


def validator_of(node):
    return json.loads((node.home / "priv_validator_key.json").read_text())["address"].lower()


def status_of(node, validator):
    return Http(node.port).call("assay_getValidator", "0x" + validator)


def send(node, wallet, **fields):
    http = Http(node.port)
    receipt = http.receipt(http.send(wallet.transaction(**fields)))
    assert receipt["status"] == "0x1", receipt


def wait_for(node, validator, what, seconds, holds):
    end = time.monotonic() + seconds
    while True:
        seen = status_of(node, validator)
        if holds(seen):
            return seen
        assert time.monotonic() < end, f"not {what} after {seconds} s: {seen}\n{node.tail()}"
        time.sleep(0.1)


def powers(node):
    listed = Http(node.port).call("assay_listValidators", "0x" + "00" * 20, 100)
    return sorted(int(one["validator"]["power"]) for one in listed)


def wait_votes(cluster, node, validator):
    """Returns once `validator` has missed none of ten blocks in a row."""
    end = time.time() + 60
    while True:
        before = status_of(node, validator)
        cluster.wait_height(node.height() + 10, 60)
        after = status_of(node, validator)
        assert after["status"] == "active", after
        if after["missedBlocks"] == before["missedBlocks"]:
            return
        assert time.time() < end, after


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--assayd", required=True)
    settings = [("engine", {"empty_block_interval_ms": 20})]
    with Cluster(parser.parse_args().assayd, 4, settings) as cluster:
        first, away = cluster.nodes[0], cluster.nodes[3]
        assert powers(first) == [10, 10, 10, 10], powers(first)
        payer, favoured = Wallet(0), validator_of(first)
        data = selector("delegate(address)") + word(bytes.fromhex(favoured))
        send(first, payer, to=STAKING, value=5 * TOKEN, data=data, gas=500_000)
        assert powers(first) == [10, 10, 10, 15], powers(first)
        cluster.wait_height(first.height() + 5, 30)

        lost, operator = validator_of(away), operator_of(away)
        send(first, payer, nonce=1, to=operator.address, value=TOKEN)
        away.kill()
        began = first.height()
        jailed = wait_for(first, lost, "jailed", 180, lambda seen: seen["validator"]["jailed"])
        missed = first.height() - began
        assert jailed["validator"]["power"] == "0" and powers(first) == [0, 10, 10, 15], jailed
        away.start()
        away.wait_ready()
        cluster.wait_height(first.height() + 5, 60)
        time.sleep(max(0, int(jailed["validator"]["jailedUntilS"]) + 1 - time.time()))
        send(first, operator, to=STAKING, data=selector("unjail(address)") + word(bytes.fromhex(lost)), gas=500_000)
        assert powers(first) == [10, 10, 10, 15], powers(first)
        wait_votes(cluster, first, lost)
        for node in cluster.nodes:
            node.stop()
            told = node.command("replay", "--home", str(node.home))
            node.command("verify", "--home", str(node.home))
        print(f"jailed after {missed} blocks, back with 10 of 45 votes; {told}")


main()
