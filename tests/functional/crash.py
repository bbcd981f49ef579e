#!/usr/bin/env python3
"""Kills a node under load again and again, and checks that nothing it acknowledged is ever lost.

    crash.py --assayd PATH --assay PATH [--kills N] [--seed S]      prints each finding, then `N passed, N failed`

Several senders pipeline orders, commitments, reveals and transfers over RPC and remember every receipt that they saw. After each `kill -9`, at a
random moment, the stopped home must verify and replay; after the restart every remembered receipt must be there with
the same block hash, heights must not have fallen and no sender may have a nonce below what was included.
"""
import argparse
import http.client
import random
import sys
import threading
import time

from abi import published
from devnet import Devnet, NodeFailed
from ethereum import Wallet
from rpc import Http, Refused
from trading import Market, order_in, submission_in

SENDERS = 4
BURST = 8                  # transactions that one sender lets wait
GAS = 500_000
QUOTA = 2_000              # items of an order: more than one life of the node commits
WORK = 0.5                 # share of commitments among what is sent while nothing waits to be opened
LONGEST_RUN_S = 1.5        # from the ready line to the kill
MORE_KILLS = 20
KILLS_OF_ONE_CHAIN = 25    # then a fresh one: every kill replays the whole chain
RECHECKED = 200            # old receipts asked for again after each restart, beside all the newest
GONE = (OSError, http.client.HTTPException, ValueError)


class Sender(threading.Thread):
    """Sends until the node goes away; keeps what it was told."""

    def __init__(self, port, party, orders):
        super().__init__(daemon=True)
        self.http, self.party, self.orders = Http(port), party, orders
        self.wallet, self.random = party.wallet, party.random
        # What waited when the node was killed waits again: the next one comes after it.
        self.nonce = int(self.http.call("eth_getTransactionCount", self.wallet.hex, "pending"), 16)
        self.waiting, self.wrong = [], []   # [(hash, what to do with the receipt)]

    def run(self):
        try:
            self.send(self.party.market.order(self.http, self.random, QUOTA), self.posted)
            while True:
                while len(self.waiting) < BURST:
                    self.send(*self.next())
                self.take()
        except GONE:
            return  # the kill

    def next(self):
        """A reveal if there is something to open, else a commitment or a transfer."""
        market, party = self.party.market, self.party
        if party.openings:
            return {"to": market.address, "data": market.reveal(*party.openings.pop())}, party.revealed
        others = [order for order in list(self.orders.items()) if order[1][0] != self.wallet.hex]
        if others and self.random.random() < WORK:
            order, (_, bond) = self.random.choice(others)
            data, opening = market.commitment(self.random, self.wallet, order, 1)
            return {"to": market.address, "value": bond, "data": data}, lambda receipt: party.committed(receipt, opening)
        return {"to": party.receiver, "value": 1 + self.nonce % 7}, None

    def posted(self, receipt):
        if receipt["status"] == "0x1":
            order = order_in(receipt)
            self.orders[order] = self.wallet.hex, self.party.market.bond(self.http, order, 1)

    def take(self):
        """Looks for the oldest receipt that is missing."""
        tx_hash, then = self.waiting[0]
        receipt = self.http.call("eth_getTransactionReceipt", tx_hash)
        if receipt:
            self.waiting.pop(0)
            self.party.known[tx_hash] = (receipt["blockHash"], int(receipt["blockNumber"], 16), receipt["status"])
            if then:
                then(receipt)

    def send(self, fields, then):
        raw = self.wallet.transaction(nonce=self.nonce, gas=GAS, **fields)
        try:
            self.waiting.append((self.http.send(raw), then))
        except Refused as refusal:
            if "already known" not in refusal.message and "nonce too low" not in refusal.message:
                self.wrong.append(str(refusal))
                raise ConnectionError from refusal
        self.nonce += 1


class Party:
    """One sender's account, and what it remembers over the restarts of a chain."""

    def __init__(self, wallet, receiver, market, seed):
        self.wallet, self.receiver, self.market, self.random = wallet, receiver.address, market, random.Random(seed)
        self.known = {}      # transaction: (block hash, height, status)
        self.openings = []   # (submission, opening) still to be revealed
        self.commits, self.reveals = 0, 0

    def committed(self, receipt, opening):
        if receipt["status"] == "0x1":
            self.commits += 1
            self.openings.append((submission_in(receipt), opening))

    def revealed(self, receipt):
        self.reveals += receipt["status"] == "0x1"


class Crashes:
    def __init__(self, node, seeded, modules):
        self.node, self.random = node, seeded
        market, receiver = Market(modules), Wallet(SENDERS)
        self.parties = [Party(Wallet(index), receiver, market, seeded.random()) for index in range(SENDERS)]
        self.height, self.passed, self.failed = 0, 0, []

    def check(self, name, good, got=""):
        if good:
            self.passed += 1
        else:
            self.failed.append(f"{name}: {got}")

    def load(self, port):
        """Runs the senders until the node is killed under them."""
        orders = {}   # order: (buyer, bond of one item)
        senders = [Sender(port, party, orders) for party in self.parties]
        for sender in senders:
            sender.start()
        time.sleep(self.random.uniform(0, LONGEST_RUN_S))
        self.node.kill()
        for sender in senders:
            sender.join()
            self.check("every send was taken or known", not sender.wrong, sender.wrong[:3])

    def offline(self, name, command):
        try:
            report = self.node.offline(command)
            self.check(f"{name}: {command}", report.startswith(("verified", "replayed")), report)
            return int(report.split()[1])
        except NodeFailed as failed:
            self.check(f"{name}: {command}", False, failed)
            return 0

    def after(self, name, port):
        """What was acknowledged before the kill is still true."""
        http_client = Http(port)
        height = int(http_client.call("eth_blockNumber"), 16)
        self.check(f"{name}: the height did not fall", height >= self.height, f"{height} after {self.height}")
        for party in self.parties:
            known = party.known
            nonce = int(http_client.call("eth_getTransactionCount", party.wallet.hex, "latest"), 16)
            self.check(f"{name}: no nonce was lost", nonce >= len(known), f"{nonce} after {len(known)} receipts")
            old = list(known)[:-RECHECKED]
            for tx_hash in [*list(known)[-RECHECKED:], *self.random.sample(old, min(RECHECKED, len(old)))]:
                self.same_receipt(name, http_client, tx_hash, known[tx_hash])
        self.height = self.newest(height)

    def newest(self, height):
        return max([height, *(at for party in self.parties for _, at, _ in party.known.values())])

    def total(self, count):
        return sum(map(count, self.parties))

    def same_receipt(self, name, http_client, tx_hash, seen):
        receipt = http_client.call("eth_getTransactionReceipt", tx_hash)
        got = receipt and (receipt["blockHash"], int(receipt["blockNumber"], 16), receipt["status"])
        self.check(f"{name}: receipt of {tx_hash}", got == seen, f"{got}, was {seen}")

    def missing(self):
        """Kinds of traffic of which there was none."""
        return [what for what in ("known", "commits", "reveals") if not any(getattr(party, what) for party in self.parties)]

    def run(self, kills, say):
        for kill in kills:
            name = f"kill {kill}"
            self.load(self.node.port)
            self.height = self.newest(self.height)
            blocks = self.offline(name, "verify")
            self.check(f"{name}: every acknowledged block is stored", blocks >= self.height, f"{blocks} of {self.height}")
            self.check(f"{name}: replay sees the same blocks", self.offline(name, "replay") == blocks)
            self.node.start()
            self.after(name, self.node.port)
            say(f"{name}: {self.total(lambda party: len(party.known))} receipts, {self.total(lambda party: party.commits)} commitments, "
                f"{self.total(lambda party: party.reveals)} reveals, {blocks} blocks, {len(self.failed)} failed")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--assayd", required=True)
    parser.add_argument("--assay", required=True)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    given = parser.parse_args()
    print(f"seed {given.seed}", flush=True)
    seeded, passed, failed = random.Random(given.seed), 0, []
    for first in range(0, given.kills, KILLS_OF_ONE_CHAIN):
        with Devnet(given.assayd, environment={"ASSAYD_ENGINE_EMPTY_BLOCK_INTERVAL_MS": "200"}) as node:
            crashes = Crashes(node, seeded, published(given.assay))
            last = min(first + KILLS_OF_ONE_CHAIN, given.kills)
            crashes.run(range(first + 1, last + 1), say=lambda line: print(line, flush=True))
            missing = crashes.missing()
            for more in range(last + 1, last + MORE_KILLS + 1):   # a busy machine gets through little between two kills
                if not missing:
                    break
                crashes.run([more], say=lambda line: print(line, flush=True))
                missing = crashes.missing()
            crashes.check("there was traffic of every kind", not missing, missing)
        passed, failed = passed + crashes.passed, failed + crashes.failed
    print("\n".join(failed))
    print(f"{passed} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
