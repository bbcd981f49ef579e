#!/usr/bin/env python3
"""Perturbs a chain of several validators under load, and checks that it neither forks nor stalls nor forgets.

    perturb.py --assayd PATH --assay PATH [--validators N] [--count C] [--seed S]

One perturbation after the other: a validator is killed, paused, cut off, wiped to come back by blocks from genesis, or
wiped to come back by a snapshot; links are cut into halves; all are killed at once. After each every node must make blocks again, all must have the same block at every height, and every
transaction that was seen in a block must still be there on every node. At the end each home must verify and replay.
Prints each finding, then `N passed, N failed`.
"""
import argparse
import http.client
import random
import sys
import threading
import time

from abi import published
from cluster import TRUST_PERIOD_S, Cluster, ClusterFailed
from ethereum import Wallet
from rpc import Http, Refused
from trading import Market, order_in, submission_in

GAS = 500_000
SNAPSHOT_INTERVAL = 20   # blocks
SETTINGS = (("snapshots", {"interval": SNAPSHOT_INTERVAL}), ("state_sync", {"trust_period_s": TRUST_PERIOD_S}))
QUOTA = 2_000
BURST = 4            # transactions that one sender lets wait
HEAL_SECONDS = 90    # until every node makes blocks again
LONGEST_FAULT_S = 6.0
GONE = (OSError, http.client.HTTPException, ValueError)


class Sender(threading.Thread):
    """Trades through one node for as long as it is told to, through faults of every kind."""

    def __init__(self, node, index, modules, seed):
        super().__init__(daemon=True)
        self.node, self.wallet, self.market, self.random = node, Wallet(index), Market(modules), random.Random(seed)
        self.known, self.orders, self.openings, self.over = {}, {}, [], threading.Event()

    def run(self):
        while not self.over.is_set():
            try:
                self.session(Http(self.node.port))
            except GONE + (Refused, TimeoutError):
                self.over.wait(0.1)

    def session(self, client):
        nonce = int(client.call("eth_getTransactionCount", self.wallet.hex, "pending"), 16)
        waiting, since = [], time.monotonic()
        while not self.over.is_set():
            while len(waiting) < BURST:
                fields, then = self.next(client)
                waiting.append((client.send(self.wallet.transaction(nonce=nonce, gas=GAS, **fields)), then))
                nonce += 1
            receipt = client.call("eth_getTransactionReceipt", waiting[0][0])
            if receipt:
                tx_hash, then = waiting.pop(0)
                self.known[tx_hash] = receipt["blockHash"], receipt["status"]
                if then and receipt["status"] == "0x1":
                    then(receipt)
                since = time.monotonic()
            elif time.monotonic() - since > 5:
                return   # perhaps it was lost with the node that had it: begin anew
            else:
                self.over.wait(0.01)

    def next(self, client):
        if self.openings:
            submission, opening = self.openings.pop()
            return {"to": self.market.address, "data": self.market.reveal(submission, opening)}, None
        if not self.orders or self.random.random() < 0.02:
            return self.market.order(client, self.random, QUOTA), lambda receipt: self.orders.update({order_in(receipt): None})
        others = [order for sender in SENDERS if sender is not self for order in list(sender.orders)]
        if others and self.random.random() < 0.5:
            order = self.random.choice(others)
            data, opening = self.market.commitment(self.random, self.wallet, order, 1)
            bond = self.market.bond(client, order, 1)
            return {"to": self.market.address, "value": bond, "data": data}, lambda receipt: self.openings.append((submission_in(receipt), opening))
        return {"to": bytes([7]) * 20, "value": 1}, None


SENDERS = []


class Perturbations:
    def __init__(self, cluster, seeded):
        self.cluster, self.random = cluster, seeded
        self.passed, self.failed, self.checked_to, self.restored = 0, [], 0, 0

    def check(self, name, good, got=""):
        if good:
            self.passed += 1
        else:
            self.failed.append(f"{name}: {got}")
            print(self.failed[-1], flush=True)

    def pick(self):
        return self.random.choice(self.cluster.nodes)

    def hold(self):
        time.sleep(self.random.uniform(0.2, LONGEST_FAULT_S))

    def kill_one(self):
        node = self.pick()
        node.kill()
        self.hold()
        node.start()
        node.wait_ready()

    def pause_one(self):
        node = self.pick()
        node.pause()
        self.hold()
        node.go_on()

    def wipe_one(self):
        node = self.pick()
        node.kill()
        node.wipe()
        node.configure("state_sync", trust_height=0)
        node.start()
        node.wait_ready()

    # Always the same one: the others keep the blocks from genesis, for whoever was wiped.
    def restore_last(self):
        node, source = self.cluster.nodes[-1], self.cluster.nodes[0]
        height = source.height()
        node.kill()
        node.wipe()
        node.trust(source, max(1, height - self.random.randrange(1, 40)))
        node.start()
        node.wait_ready()
        base = node.restored_height()
        self.check("restored from a snapshot", base is not None and base > height - 3 * SNAPSHOT_INTERVAL, node.tail())
        self.restored += 1

    def cut_one_off(self):
        self.cluster.isolate({self.random.randrange(len(self.cluster.nodes))})
        self.hold()
        self.cluster.heal()

    def cut_in_halves(self):
        count = len(self.cluster.nodes)
        self.cluster.isolate(set(self.random.sample(range(count), count // 2)))
        self.hold()
        self.cluster.heal()

    def kill_all(self):
        for node in self.cluster.nodes:
            node.kill()
        for node in self.cluster.nodes:
            node.start()
        for node in self.cluster.nodes:
            node.wait_ready()

    def run(self, count):
        kinds = [self.kill_one, self.pause_one, self.cut_one_off, self.cut_in_halves, self.wipe_one, self.kill_all, self.restore_last]
        for number in range(1, count + 1):
            kind = kinds[number - 1] if number <= len(kinds) else self.random.choice(kinds)
            kind()
            healed = time.monotonic()
            heights = self.cluster.wait_height(max(node.height() for node in self.cluster.nodes) + 3, HEAL_SECONDS)
            self.check(f"{number} {kind.__name__}: blocks again", True)
            took = time.monotonic() - healed
            self.agree(f"{number} {kind.__name__}", min(heights))
            print(f"{number} {kind.__name__}: heights {heights}, blocks again after {took:.1f} s, "
                  f"{sum(len(sender.known) for sender in SENDERS)} transactions, {len(self.failed)} failed", flush=True)

    def agree(self, name, height):
        """The same block everywhere, at every height since the last time; one restored lacks some, and the newest never."""
        for at in range(self.checked_to + 1, height + 1):
            blocks = [node.block(at) for node in self.cluster.nodes]
            lacking = [block for block in blocks if block is None]
            self.check(f"{name}: block {at} is there", len(lacking) <= (1 if self.restored and at < height else 0), lacking)
            hashes = {block["hash"] for block in blocks if block}
            self.check(f"{name}: one block at {at}", len(hashes) == 1, hashes)
        self.checked_to = height

    def nothing_lost(self):
        for node in self.cluster.nodes:
            client = Http(node.port)
            for sender in SENDERS:
                for tx_hash, seen in sender.known.items():
                    receipt = client.call("eth_getTransactionReceipt", tx_hash)
                    got = receipt and (receipt["blockHash"], receipt["status"])
                    self.check(f"{node.home.name}: {tx_hash}", got == seen, f"{got}, was {seen}")

    def replace_restored(self):
        """A home that began with a snapshot verifies; then it fetches all blocks, to be replayed like the others."""
        if not self.restored:
            return
        node = self.cluster.nodes[-1]
        self.check("restored home stops", node.stop() == 0)
        report = node.command("verify", "--home", str(node.home))
        self.check("restored home verifies", report.startswith("verified"), report)
        node.wipe()
        node.configure("state_sync", trust_height=0)
        node.start()
        node.wait_ready()

    def homes(self):
        for node in self.cluster.nodes:
            self.check(f"{node.home.name} stops", node.stop() == 0)
            for command in ("verify", "replay"):
                try:
                    report = node.command(command, "--home", str(node.home))
                    self.check(f"{node.home.name} {command}", report.startswith(("verified", "replayed")), report)
                except ClusterFailed as harm:
                    self.check(f"{node.home.name} {command}", False, harm)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--assayd", required=True)
    parser.add_argument("--assay", required=True)
    parser.add_argument("--validators", type=int, default=4)
    parser.add_argument("--count", type=int, default=6)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    given = parser.parse_args()
    print(f"seed {given.seed}", flush=True)
    modules, seeded = published(given.assay), random.Random(given.seed)
    with Cluster(given.assayd, given.validators, SETTINGS) as cluster:
        SENDERS.extend(Sender(node, index, modules, seeded.random()) for index, node in enumerate(cluster.nodes))
        for sender in SENDERS:
            sender.start()
        perturbations = Perturbations(cluster, seeded)
        perturbations.check("the chain begins", bool(cluster.wait_height(2, HEAL_SECONDS)))
        perturbations.run(given.count)
        for sender in SENDERS:
            sender.over.set()
        for sender in SENDERS:
            sender.join()
        perturbations.replace_restored()
        cluster.wait_height(max(node.height() for node in cluster.nodes), HEAL_SECONDS)
        perturbations.nothing_lost()
        perturbations.check("there was traffic", all(sender.known for sender in SENDERS))
        perturbations.homes()
    print("\n".join(perturbations.failed))
    print(f"{perturbations.passed} passed, {len(perturbations.failed)} failed")
    return 1 if perturbations.failed else 0


if __name__ == "__main__":
    sys.exit(main())
