#!/usr/bin/env python3
"""Runs one validator's key twice and restores another from an old copy: the first is punished, the second signs nothing twice.

    twins.py --assayd PATH --assay PATH      prints each finding, then `N passed, N failed`
"""
import argparse
import json
import os
import shutil
import sys
import time

from abi import Contract, published
from cluster import HEAL_SECONDS_DEFAULT, Cluster, Node, free_port
from ethereum import Wallet
from rpc import Http, Refused

CAUGHT_SECONDS = 60
VALIDATORS = 4
TOMBSTONED = 4   # staking's Status


class Checks:
    def __init__(self):
        self.passed, self.failed = 0, []

    def that(self, name, good, got=""):
        if good:
            self.passed += 1
        else:
            self.failed.append(f"{name}: {got}")
        print(("ok   " if good else "FAILED ") + name + ("" if good else f": {got}"), flush=True)


def validator_of(node):
    """The consensus address of this home's key."""
    return bytes.fromhex(json.loads((node.home / "priv_validator_key.json").read_text())["address"])


def tombstoned(http, staking, validator):
    """The view's words: where the validator begins, its status, the blocks that it missed."""
    return int.from_bytes(staking.view(http, "getValidator", validator)[32:64], "big") == TOMBSTONED


def restore_old_copy(checks, cluster):
    """One validator gets back the chain's data of some heights ago, while all stand still."""
    node = cluster.nodes[0]
    node.stop()
    old = node.home.with_name("old")
    shutil.copytree(node.home, old)
    node.start()
    node.wait_ready()
    height = max(cluster.wait_height(max(each.height() for each in cluster.nodes) + 8, HEAL_SECONDS_DEFAULT))
    for each in cluster.nodes:
        each.stop()
    for name in ("data", "wal"):
        shutil.rmtree(node.home / name)
        shutil.copytree(old / name, node.home / name)
    cluster.start()
    heights = cluster.wait_height(height + 3, HEAL_SECONDS_DEFAULT)
    checks.that("a node with old data catches up and goes on", min(heights) >= height + 3, heights)
    return height


def run_twice(checks, cluster, staking):
    """A copy of the last validator's home runs beside it, with a node key and ports of its own."""
    original, witness = cluster.nodes[-1], Http(cluster.nodes[0].port)
    validator = validator_of(original)
    checks.that("nobody is punished before", not tombstoned(witness, staking, validator))
    original.stop()
    twin = Node(original.assayd, original.home.with_name("twin"))
    shutil.copytree(original.home, twin.home)
    (twin.home / "node_key.pem").unlink()
    twin.command("init", "--home", os.fspath(twin.home))
    twin.configure("p2p", port=free_port())
    original.start()
    twin.start()
    original.wait_ready()
    twin.wait_ready()
    wallets = [Wallet(index) for index in range(2)]
    nonces = [int(witness.call("eth_getTransactionCount", wallet.hex, "pending"), 16) for wallet in wallets]
    end, caught = time.monotonic() + CAUGHT_SECONDS, False
    try:
        while not caught and time.monotonic() < end:
            for at, node in enumerate((original, twin)):   # so that the two propose different blocks
                raw = wallets[at].transaction(nonce=nonces[at], to=bytes([9]) * 20, value=1, gas=21_000)
                try:
                    Http(node.port).send(raw)
                    nonces[at] += 1
                except (OSError, Refused):
                    pass
            time.sleep(0.05)
            caught = tombstoned(witness, staking, validator)
    finally:
        if not caught:
            print(f"the twin says:\n{twin.tail()}\nthe first node says:\n{cluster.nodes[0].tail()}")
        twin.kill()
    checks.that("two signers with one key are caught and punished", caught, f"not in {CAUGHT_SECONDS} s")
    others = cluster.nodes[:-1]
    height = max(node.height() for node in others)
    checks.that("the others go on", bool(cluster.wait_height(height + 5, HEAL_SECONDS_DEFAULT, others)))
    for node in others:
        checks.that(f"{node.home.name} is not punished", not tombstoned(witness, staking, validator_of(node)))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--assayd", required=True)
    parser.add_argument("--assay", required=True)
    given = parser.parse_args()
    checks, staking = Checks(), Contract(published(given.assay), "staking")
    with Cluster(given.assayd, VALIDATORS, [("engine", {"empty_block_interval_ms": 200})]) as cluster:
        cluster.wait_height(3, HEAL_SECONDS_DEFAULT)
        restore_old_copy(checks, cluster)
        run_twice(checks, cluster, staking)
        for node in cluster.nodes:
            checks.that(f"{node.home.name} stops", node.stop() == 0)
            report = node.command("verify", "--home", os.fspath(node.home))
            checks.that(f"{node.home.name} verifies", report.startswith("verified"), report)
            report = node.command("replay", "--home", os.fspath(node.home))
            checks.that(f"{node.home.name} replays", report.startswith("replayed"), report)
    print(f"{checks.passed} passed, {len(checks.failed)} failed")
    return 1 if checks.failed else 0


if __name__ == "__main__":
    sys.exit(main())
