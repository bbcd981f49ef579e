#!/usr/bin/env python3
"""Reads a node's health, readiness and metrics while it works, and checks that the numbers are what was done.

    metrics.py --assayd PATH      prints each finding, then `N passed, N failed`
"""
import argparse
import re
import sys
import time
import urllib.request

from cluster import Cluster, free_port
from devnet import Devnet
from ethereum import Wallet
from rpc import Http, Refused

SAMPLE = re.compile(r'^([a-z0-9_]+)(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [0-9.]+$')
WAIT_S = 20


def get(url):
    with urllib.request.urlopen(url, timeout=WAIT_S) as reply:
        return reply.status, reply.headers["Content-Type"], reply.read().decode()


def samples(text):
    return {line.rsplit(" ", 1)[0]: float(line.rsplit(" ", 1)[1]) for line in text.splitlines() if line[0] != "#"}


def run_of_four(assayd, check):
    with Cluster(assayd, 4) as cluster:
        cluster.wait_height(cluster.nodes[0].height() + 5, WAIT_S)
        dialled = []
        for node in cluster.nodes:
            seen = samples(get(f"http://127.0.0.1:{node.metrics_port}/metrics")[2])
            name = node.home.name
            check(f"{name}: three peers", seen["assay_p2p_peers"] == 3, seen["assay_p2p_peers"])
            dialled.append(seen["assay_p2p_peers_outbound"])
            check(f"{name}: blocks are timed", seen["assay_consensus_block_interval_seconds_count"] >= 4)
            check(f"{name}: nobody is dropped or banned", seen["assay_p2p_dropped_total"] + seen["assay_p2p_banned_total"] == 0)
            check(f"{name}: nothing to catch up with", seen["assay_blocksync_syncing"] == 0)
            check(f"{name}: power", seen["assay_consensus_validators_power"] > 0)
            check(f"{name}: net_peerCount", Http(node.port).call("net_peerCount") == "0x3")
            check(f"{name}: eth_syncing", Http(node.port).call("eth_syncing") is False)
            check(f"{name}: validators", seen["assay_consensus_validators"] == 4)
            check(f"{name}: most vote in time", seen["assay_consensus_missing_validators"] <= 1, seen)
            for way in ("sent", "received"):
                count = seen[f'assay_p2p_messages_{way}_total{{channel="consensus"}}']
                size = seen[f'assay_p2p_bytes_{way}_total{{channel="consensus"}}']
                check(f"{name}: messages {way}", size > count > 5 * 3, (count, size))
        check("each of six links was dialled by one side", sum(dialled) == 6, dialled)


def run(assayd):
    findings = []

    def check(name, good, detail=""):
        findings.append(bool(good))
        print(("ok   " if good else "FAIL ") + name + ("" if good else f": {detail}"))

    port = free_port()
    url = f"http://127.0.0.1:{port}/metrics"
    with Devnet(assayd, environment={"ASSAYD_METRICS_PORT": str(port)}) as devnet:
        for path in ("health", "ready"):
            check(f"GET /{path} answers 200", get(f"{devnet.http}/{path}")[0] == 200)
        node = Http(devnet.port)
        sender, receiver = Wallet(0), Wallet(1)
        for nonce in range(3):
            node.receipt(node.send(sender.transaction(nonce=nonce, to=receiver.address, value=1)))
        try:
            node.call("eth_nothing")
        except Refused:
            pass
        try:
            node.call("eth_getBalance", "0x12")
        except Refused:
            pass
        end = time.monotonic() + WAIT_S
        while samples(get(url)[2])['assay_transactions_total{outcome="done"}'] < 3 and time.monotonic() < end:
            time.sleep(0.05)
        status, kind, text = get(url)
        seen = samples(text)
        check("the form is Prometheus' text", status == 200 and kind == "text/plain; version=0.0.4", kind)
        wrong = [line for line in text.splitlines() if line[0] != "#" and not SAMPLE.match(line)]
        check("every line is a sample or a comment", not wrong, wrong)
        check("height", seen["assay_height"] >= 3, seen["assay_height"])
        check("transactions done", seen['assay_transactions_total{outcome="done"}'] == 3, seen)
        check("transactions refused", seen['assay_transactions_total{outcome="refused"}'] == 0)
        check("no deadline is late", seen["assay_deadlines_late_seconds"] == 0, seen["assay_deadlines_late_seconds"])
        check("nothing waits", seen["assay_mempool_transactions"] == 0)
        sent = seen['assay_rpc_requests_total{method="eth_sendRawTransaction",outcome="answered"}']
        check("calls answered", sent == 3, sent)
        check("calls refused", seen['assay_rpc_requests_total{method="eth_getBalance",outcome="refused"}'] == 1)
        check("unknown methods", seen['assay_rpc_requests_total{method="unknown",outcome="refused"}'] == 1)
        for step in ("build", "execute", "commit"):
            check(f"{step} is timed", seen[f'assay_block_seconds_count{{step="{step}"}}'] >= 3)
        check("peak memory", seen["assay_memory_peak_bytes"] > 1 << 20)
        check("one validator", (seen["assay_consensus_validators"], seen["assay_p2p_peers"]) == (1, 0), seen)
        check("no peers", node.call("net_peerCount") == "0x0")
    run_of_four(assayd, check)
    print(f"{sum(findings)} passed, {len(findings) - sum(findings)} failed")
    return all(findings)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--assayd", required=True)
    sys.exit(0 if run(parser.parse_args().assayd) else 1)
