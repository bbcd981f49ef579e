#!/usr/bin/env python3
"""Kills a node under load again and again, and checks that nothing it acknowledged is ever lost.

    crash.py --assayd PATH [--kills N] [--seed S]      prints each finding, then `N passed, N failed`

Several senders pipeline transfers over RPC and remember every receipt that they saw. After each `kill -9`, at a
random moment, the stopped home must verify and replay; after the restart every remembered receipt must be there with
the same block hash, heights must not have fallen and no sender may have a nonce below what was included.
"""
import argparse
import http.client
import random
import sys
import threading
import time

from devnet import Devnet, NodeFailed
from ethereum import Wallet
from rpc import Http, Refused

SENDERS = 4
BURST = 8                  # transactions that one sender lets wait
LONGEST_RUN_S = 1.5        # from the ready line to the kill
KILLS_OF_ONE_CHAIN = 25    # then a fresh one: every kill replays the whole chain
RECHECKED = 200            # old receipts asked for again after each restart, beside all the newest
GONE = (OSError, http.client.HTTPException, ValueError)


class Sender(threading.Thread):
    """Sends until the node goes away; keeps what it was told."""

    def __init__(self, port, wallet, receiver, first_nonce, known):
        super().__init__(daemon=True)
        self.port, self.wallet, self.receiver = port, wallet, receiver
        self.nonce, self.known, self.wrong = first_nonce, known, []

    def run(self):
        http_client = Http(self.port)
        waiting = []
        try:
            while True:
                while len(waiting) < BURST:
                    raw = self.wallet.transaction(nonce=self.nonce, to=self.receiver.address, value=1 + self.nonce % 7)
                    self.send(http_client, raw, waiting)
                receipt = http_client.call("eth_getTransactionReceipt", waiting[0])
                if receipt:
                    self.known[waiting.pop(0)] = (receipt["blockHash"], int(receipt["blockNumber"], 16), receipt["status"])
        except GONE:
            return  # the kill

    def send(self, http_client, raw, waiting):
        try:
            tx_hash = http_client.send(raw)
        except Refused as refusal:
            if "already known" not in refusal.message and "nonce too low" not in refusal.message:
                self.wrong.append(str(refusal))
                raise ConnectionError from refusal
            self.nonce += 1
            return
        waiting.append(tx_hash)
        self.nonce += 1


class Crashes:
    def __init__(self, node, seeded):
        self.node, self.random = node, seeded
        self.wallets = [Wallet(index) for index in range(SENDERS + 1)]
        self.known = [{} for _ in range(SENDERS)]
        self.height, self.passed, self.failed = 0, 0, []

    def check(self, name, good, got=""):
        if good:
            self.passed += 1
        else:
            self.failed.append(f"{name}: {got}")

    def load(self, port):
        """Runs the senders until the node is killed under them."""
        asked = Http(port)
        senders = []
        for wallet, known in zip(self.wallets, self.known):
            nonce = int(asked.call("eth_getTransactionCount", wallet.hex, "latest"), 16)
            senders.append(Sender(port, wallet, self.wallets[SENDERS], nonce, known))
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
        for wallet, known in zip(self.wallets, self.known):
            nonce = int(http_client.call("eth_getTransactionCount", wallet.hex, "latest"), 16)
            self.check(f"{name}: no nonce was lost", nonce >= len(known), f"{nonce} after {len(known)} receipts")
            old = list(known)[:-RECHECKED]
            for tx_hash in [*list(known)[-RECHECKED:], *self.random.sample(old, min(RECHECKED, len(old)))]:
                self.same_receipt(name, http_client, tx_hash, known[tx_hash])
        self.height = max([height, *(at for known in self.known for _, at, _ in known.values())])

    def same_receipt(self, name, http_client, tx_hash, seen):
        receipt = http_client.call("eth_getTransactionReceipt", tx_hash)
        got = receipt and (receipt["blockHash"], int(receipt["blockNumber"], 16), receipt["status"])
        self.check(f"{name}: receipt of {tx_hash}", got == seen, f"{got}, was {seen}")

    def run(self, kills, say):
        for kill in kills:
            name = f"kill {kill}"
            self.load(self.node.port)
            self.height = max([self.height, *(at for known in self.known for _, at, _ in known.values())])
            blocks = self.offline(name, "verify")
            self.check(f"{name}: every acknowledged block is stored", blocks >= self.height, f"{blocks} of {self.height}")
            self.check(f"{name}: replay sees the same blocks", self.offline(name, "replay") == blocks)
            self.node.start()
            self.after(name, self.node.port)
            say(f"{name}: {sum(map(len, self.known))} receipts, {blocks} blocks, {len(self.failed)} failed")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--assayd", required=True)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    given = parser.parse_args()
    print(f"seed {given.seed}", flush=True)
    seeded, passed, failed = random.Random(given.seed), 0, []
    for first in range(0, given.kills, KILLS_OF_ONE_CHAIN):
        with Devnet(given.assayd, environment={"ASSAYD_ENGINE_EMPTY_BLOCK_INTERVAL_MS": "200"}) as node:
            crashes = Crashes(node, seeded)
            last = min(first + KILLS_OF_ONE_CHAIN, given.kills)
            crashes.run(range(first + 1, last + 1), say=lambda line: print(line, flush=True))
            crashes.check("something was acknowledged", any(crashes.known))
        passed, failed = passed + crashes.passed, failed + crashes.failed
    print("\n".join(failed))
    print(f"{passed} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
