#!/usr/bin/env python3
"""Wipes a validator and lets it begin with its peers' snapshot: it votes again, agrees, and says what it does not have.

    statesync.py --assayd PATH --assay PATH      prints each finding, then `N passed, N failed`
"""
import argparse
import json
import random
import sys
import time

from abi import published
from cluster import HEAL_SECONDS_DEFAULT, TRUST_PERIOD_S, Cluster, ClusterFailed
from perturb import SENDERS, Sender
from rpc import Http, Refused
from twins import Checks

VALIDATORS = 4
INTERVAL = 10            # blocks from one snapshot to the next
LOOKING = "looking for snapshots"
ALL_ROUNDS_S = 16        # of looking for snapshots, where there are peers
SETTINGS = (("snapshots", {"interval": INTERVAL, "keep": 2}), ("state_sync", {"trust_period_s": TRUST_PERIOD_S}))


def signed(source, node, height):
    """Whether the commit for this height has the node's signature."""
    address = json.loads((node.home / "priv_validator_key.json").read_text())["address"].upper()
    signatures = source.comet(f"/commit?height={height}")["signed_header"]["commit"]["signatures"]
    return any(one["validator_address"] == address and one["block_id_flag"] == 2 for one in signatures)


def wipe_and_join(checks, cluster, node, source):
    node.kill()
    node.wipe()
    node.trust(source, source.height() - 5)
    node.start()
    node.wait_ready()
    base = node.restored_height()
    checks.that("once ready it has the latest block", Http(node.port).call("eth_getBlockByNumber", "latest", True) is not None)
    checks.that("it begins with a snapshot", base is not None, node.tail())
    heights = cluster.wait_height(max(each.height() for each in cluster.nodes) + 5, HEAL_SECONDS_DEFAULT)
    checks.that("it reaches the others", min(heights) > base, (heights, base))
    unlike = [at for at in range(base + 1, min(heights) + 1) if node.block(at) != source.block(at)]
    checks.that("it has their blocks", not unlike, unlike)
    checks.that("it votes again", any(signed(source, node, at) for at in range(min(heights) - 2, min(heights) + 1)))
    return base


def what_it_lacks(checks, node, source, base):
    client = Http(node.port)
    earliest = client.call("eth_getBlockByNumber", "earliest", False)
    checks.that("its earliest block is the one after", int(earliest["number"], 16) == base + 1, earliest["number"])
    checks.that("an older one is unknown", node.block(base - 1) is None)
    old = source.block(base - 1)["hash"]
    checks.that("nor is it known by hash", client.call("eth_getBlockByHash", old, False) is None)
    try:
        client.call("eth_getLogs", {"fromBlock": "0x1", "toBlock": hex(base + 1)})
        checks.that("logs from before are refused", False, "answered")
    except Refused as refusal:
        checks.that("logs from before are refused", str(base + 1) in refusal.message, refusal)
    account = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"
    now = client.call("eth_getBalance", account, "latest")
    checks.that("balances are known", int(now, 16) > 0, now)
    status = node.comet("/status")["sync_info"]
    checks.that("its status names its first block", int(status["earliest_block_height"]) == base + 1, status)


def offline(checks, node):
    checks.that("it stops", node.stop() == 0)
    report = node.command("verify", "--home", str(node.home))
    checks.that("its data verify", report.startswith("verified"), report)
    try:
        node.command("replay", "--home", str(node.home))
        checks.that("replay says why it cannot", False, "it replayed")
    except ClusterFailed as refusal:
        checks.that("replay says why it cannot", "genesis" in str(refusal), refusal)


def hostile_configurations(checks, cluster, node, source):
    """None of them may join another chain than the configured header's, or hang."""
    node.wipe()
    node.configure("state_sync", trust_height=2, trust_hash="12")
    node.start()
    checks.that("half a hash is refused", node.process.wait(30) == 1)
    checks.that("by name", "state_sync.trust_hash" in node.tail(), node.tail())
    node.configure("state_sync", trust_hash="ab" * 32)
    node.start()
    checks.that("a node that nobody's header suits stops", node.process.wait(60) == 1)
    checks.that("and says why", "no peer has the trusted header" in node.tail(), node.tail())
    node.configure("state_sync", trust_height=0)
    node.start()
    node.wait_ready()
    cluster.wait_height(source.height(), HEAL_SECONDS_DEFAULT, [node])
    checks.that("without a header it takes blocks from genesis", node.block(1) == source.block(1) and node.block(1))


def end_while_joining(checks, cluster, node):
    """Cut off from all peers it looks for a while; it must end at once when told to."""
    node.stop()
    node.wipe()
    node.trust(cluster.nodes[0], 2)
    cluster.isolate({cluster.nodes.index(node)})
    before = node.log.read_text().count(LOOKING)
    node.start()
    deadline = time.monotonic() + 30
    while node.log.read_text().count(LOOKING) == before and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(ALL_ROUNDS_S)
    checks.that("without peers it goes on looking", "fetching blocks from genesis" not in node.log.read_text(), node.tail())
    checks.that("told to stop while it joins, it stops", node.stop() == 0)
    cluster.heal()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--assayd", required=True)
    parser.add_argument("--assay", required=True)
    given = parser.parse_args()
    checks, modules = Checks(), published(given.assay)
    with Cluster(given.assayd, VALIDATORS, SETTINGS) as cluster:
        SENDERS.extend(Sender(node, index, modules, random.random()) for index, node in enumerate(cluster.nodes[:3]))
        for sender in SENDERS:
            sender.start()
        cluster.wait_height(2 * INTERVAL + 5, HEAL_SECONDS_DEFAULT)
        node, source = cluster.nodes[3], cluster.nodes[0]
        base = wipe_and_join(checks, cluster, node, source)
        what_it_lacks(checks, node, source, base)
        node.kill()
        node.start()
        node.wait_ready()
        heights = cluster.wait_height(max(cluster.wait_height(base + 1, HEAL_SECONDS_DEFAULT)) + INTERVAL + 3, HEAL_SECONDS_DEFAULT)
        checks.that("killed, it goes on", node.restored_height() == base and min(heights) > base, heights)
        other = cluster.nodes[2]
        second = wipe_and_join(checks, cluster, other, source)
        checks.that("a second one joins from a later height", second > base, (second, base))
        for sender in SENDERS:
            sender.over.set()
        for sender in SENDERS:
            sender.join()
        offline(checks, node)
        hostile_configurations(checks, cluster, node, source)
        end_while_joining(checks, cluster, node)
        node.start()
        node.wait_ready()
        cluster.wait_height(source.height(), HEAL_SECONDS_DEFAULT)
        checks.that("and begins with a snapshot the next time", node.restored_height() > second, (node.restored_height(), second, node.tail()))
        for each in cluster.nodes:
            checks.that(f"{each.home.name} stops", each.stop() == 0)
    print(f"{checks.passed} passed, {len(checks.failed)} failed")
    return 1 if checks.failed else 0


if __name__ == "__main__":
    sys.exit(main())
