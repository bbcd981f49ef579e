#!/usr/bin/env python3
"""Attacks one of four validators from every side while people go on sending transactions.

    flood.py --assayd PATH --attacker PATH [--seconds S] [--only KIND...]

Each attack lasts S seconds: strangers that speak the peers' protocol (junk on every channel, frames beyond the limits, unpaid
transactions, announcements of nothing, forged votes, requests for blocks and snapshots without end, and for answers that
they do not read), TLS handshakes with nothing after them, thousands of connections to both ports that say nothing, and more
transactions over RPC than the chain can take. Every honest transaction must get into a block, blocks must go on, memory and
open files of the attacked node must stay bounded, and whoever breaks the protocol is put out. Prints the figures and each finding, then `N passed, N failed`.
"""
import argparse
import json
import os
import pathlib
import re
import socket
import subprocess
import sys
import threading
import time

from cluster import Cluster
from ethereum import Wallet
from metrics import get, samples
from rpc import Http

KINDS = ("junk", "oversize", "transactions", "announcements", "votes", "blocks", "snapshots", "slow", "handshakes",
         "silent", "RPC")
PUT_OUT = ("junk", "oversize", "announcements", "votes")   # nobody can go on with these
BANNED = ("junk", "oversize", "announcements", "votes")
IDENTITIES = 8
SILENT = 3_000              # connections, half of them to each port
MEMORY_LIMIT_MB = 1_500     # of the attacked node, at its peak
BATCH = 250
CROWD_PER_SECOND, MOST_OF_CROWD = 2_000, 9_500   # transactions of each account
TIP = 10                    # of people; a crowd offers less, and is served after them
SPARE_FILES = 16            # databases open and close some
LONGEST_WAIT_S = 20         # of an honest transaction
TO = bytes([9]) * 20


class Person(threading.Thread):
    """Sends one transaction after the other through one node, and notes how long each took."""

    def __init__(self, node, index):
        super().__init__(daemon=True)
        self.node, self.wallet, self.waits, self.lost, self.over = node, Wallet(index), [], [], threading.Event()

    def run(self):
        client, nonce = Http(self.node.port), 0
        while not self.over.is_set():
            sent = time.monotonic()
            tx_hash = client.send(self.wallet.transaction(nonce=nonce, to=TO, value=1, tip=TIP))
            try:
                client.receipt(tx_hash, seconds=LONGEST_WAIT_S)
            except Exception as why:   # whatever it was, the transaction is not in a block
                self.lost.append(f"{tx_hash}: {why}")
                return
            self.waits.append(time.monotonic() - sent)
            nonce += 1


class Crowd(threading.Thread):
    """Sends an account's transactions through one node, faster than they can be taken, and then all of them again."""

    def __init__(self, node, attacker, index, seconds):
        super().__init__(daemon=True)
        self.node, self.seconds, self.taken, self.refused, self.why = node, seconds, 0, 0, set()
        key = Wallet(index).secret.to_bytes(32, "big").hex()
        count = min(MOST_OF_CROWD, CROWD_PER_SECOND * seconds)
        raw = subprocess.run([attacker, "sign", key, str(count)], capture_output=True, text=True, check=True).stdout.split()
        self.bodies = [self.body(raw[at:at + BATCH]) for at in range(0, count, BATCH)]

    @staticmethod
    def body(raw):
        return json.dumps([{"jsonrpc": "2.0", "id": i, "method": "eth_sendRawTransaction", "params": [one]}
                           for i, one in enumerate(raw)]).encode()

    def run(self):
        client, end, at = Http(self.node.port), time.monotonic() + self.seconds, 0
        while time.monotonic() < end:
            for one in json.loads(client.post(self.bodies[at % len(self.bodies)])[1]):
                if "error" in one:
                    self.refused += 1
                    self.why.add(one["error"]["message"].split(":")[0])
                else:
                    self.taken += 1
            at += 1


def memory_mb(pid, key):
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(re.search(rf"{key}:\s+(\d+)", status)[1]) / 1024


def files_of(pid):
    return len(os.listdir(f"/proc/{pid}/fd"))


def connect_silently(ports, count):
    """Connections that were taken; the node may refuse the others."""
    held = []
    for i in range(count):
        peer = socket.socket()
        peer.setblocking(False)
        peer.connect_ex(("127.0.0.1", ports[i % len(ports)]))
        held.append(peer)
        if i % 64 == 63:
            time.sleep(0.01)
    return held


class Flood:
    def __init__(self, cluster, attacker, seconds, kinds):
        self.cluster, self.attacker, self.seconds, self.kinds = cluster, attacker, seconds, kinds
        self.victim, self.passed, self.failed = cluster.nodes[0], 0, []
        told = self.victim.command("genesis", "check", "--file", str(self.victim.home / "genesis.json"))
        self.chain, self.genesis = re.search(r"chain\s+([^,]+),", told)[1], re.search(r"hash\s+0x(\w+)", told)[1]
        config = (self.victim.home / "assayd.toml").read_text()
        self.port = int(re.search(r"\[p2p\].*?\nport = (\d+)", config, re.S)[1])
        others = (cluster.nodes[1].home / "assayd.toml").read_text()
        self.id = re.search(r'persistent_peers = \["(\w+)@', others)[1]

    def check(self, name, good, got=""):
        if good:
            self.passed += 1
        else:
            self.failed.append(f"{name}: {got}")
            print("FAIL " + self.failed[-1], flush=True)

    def during(self, name, attack):
        height, began = self.victim.height(), time.monotonic()
        for person in self.people:
            person.waits.clear()
        told = attack()
        seconds = time.monotonic() - began
        waits = sorted(wait for person in self.people for wait in person.waits)
        blocks = self.victim.height() - height
        peak = memory_mb(self.victim.process.pid, "VmHWM")
        print(f"{name}: {told}; {len(waits)} honest transactions, p50 {waits[len(waits) // 2] * 1e3:.0f} ms, "
              f"longest {waits[-1]:.1f} s; {blocks} blocks in {seconds:.1f} s; peak {peak:.0f} MB", flush=True)
        self.check(f"{name}: blocks go on", blocks >= seconds / 5, blocks)
        self.check(f"{name}: memory", peak <= MEMORY_LIMIT_MB, peak)

    def figure(self, name):
        return samples(get(f"http://127.0.0.1:{self.victim.metrics_port}/metrics")[2])["assay_" + name]

    def files_come_back(self, name, before):
        end = time.monotonic() + 20
        while files_of(self.victim.process.pid) > before + SPARE_FILES and time.monotonic() < end:
            time.sleep(0.1)
        after = files_of(self.victim.process.pid)
        self.check(f"{name}: files come back", after <= before + SPARE_FILES, (before, after))
        return after

    def strangers(self, kind):
        files, banned, refused = files_of(self.victim.process.pid), self.figure("p2p_banned_total"), self.figure("p2p_refused_total")
        target = f"{self.id}@127.0.0.1:{self.port}"
        done = subprocess.run([self.attacker, target, self.chain, self.genesis, kind, str(self.seconds), str(IDENTITIES)],
                              capture_output=True, text=True, check=True)
        seen = json.loads(done.stdout)
        self.check(f"{kind}: the strangers got in", seen["links"] > 0 and (seen["messages"] > 0 or kind == "handshakes"), seen)
        banned, refused = self.figure("p2p_banned_total") - banned, self.figure("p2p_refused_total") - refused
        if kind in PUT_OUT:
            self.check(f"{kind}: who does so is put out", seen["ended"] >= seen["links"] - IDENTITIES, seen)
        if kind in BANNED:
            self.check(f"{kind}: who does so is banned", banned >= seen["links"] - IDENTITIES, (banned, seen))
        self.files_come_back(kind, files)
        return (f"{seen['links']} links, {seen['messages']} messages, {seen['bytes'] / 1e6:.1f} MB, {seen['ended']} ended, "
                f"{banned:.0f} banned, {refused:.0f} refused")

    def silence(self):
        before = files_of(self.victim.process.pid)
        held = connect_silently((self.port, self.victim.port), SILENT)
        time.sleep(self.seconds)
        most = files_of(self.victim.process.pid)
        for peer in held:
            peer.close()
        after = self.files_come_back("silent connections", before)
        return f"{SILENT} connections, open files {before}, then {most}, then {after}"

    def crowd(self):
        crowd = [Crowd(self.victim, self.attacker, 4 + i, self.seconds) for i in range(4)]
        done = self.figure("transactions_total{outcome=\"done\"}")
        for one in crowd:
            one.start()
        for one in crowd:
            one.join()
        taken, refused, why = sum(one.taken for one in crowd), sum(one.refused for one in crowd), set.union(*(one.why for one in crowd))
        done, waiting = self.figure("transactions_total{outcome=\"done\"}") - done, self.figure("mempool_transactions")
        self.check("RPC flood: transactions were taken and got into blocks", taken > 0 and done > 0, (taken, done))
        return f"{taken} taken, {refused} refused ({', '.join(sorted(why)) or 'none'}), {done:.0f} in blocks, {waiting:.0f} wait"

    def run(self):
        self.people = [Person(node, index) for index, node in enumerate(self.cluster.nodes)]
        for person in self.people:
            person.start()
        for kind in self.kinds:
            self.during(kind, {"silent": self.silence, "RPC": self.crowd}.get(kind, lambda: self.strangers(kind)))
        for person in self.people:
            person.over.set()
        for person in self.people:
            person.join()
            self.check(f"{person.node.home.name}: every honest transaction is in a block", not person.lost, person.lost)
        heights = self.cluster.wait_height(self.victim.height() + 2, LONGEST_WAIT_S)
        at = min(heights)
        self.check("one chain", len({node.block(at)["hash"] for node in self.cluster.nodes}) == 1, heights)
        self.check("the victim still has its peers", Http(self.victim.port).call("net_peerCount") in ("0x3", "0x4"))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--assayd", required=True)
    parser.add_argument("--attacker", required=True)
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("--only", nargs="+", choices=KINDS, default=KINDS)
    given = parser.parse_args()
    with Cluster(given.assayd, 4) as cluster:
        cluster.wait_height(2, 60)
        flood = Flood(cluster, given.attacker, given.seconds, given.only)
        flood.run()
    print(f"{flood.passed} passed, {len(flood.failed)} failed")
    return 1 if flood.failed else 0


if __name__ == "__main__":
    sys.exit(main())
