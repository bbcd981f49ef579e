#!/usr/bin/env python3
"""Kills a node while transactions wait for an earlier nonce, and checks that they still wait after the restart.

    restart.py --assayd PATH      prints each finding, then `N passed, N failed`
"""
import argparse
import sys

from devnet import Devnet
from ethereum import Wallet
from rpc import Http

WAITING = 20


def check(findings, name, good, detail=""):
    findings.append(bool(good))
    print(("ok   " if good else "FAIL ") + name + ("" if good else f": {detail}"))


def waits(node, tx_hash):
    found = node.call("eth_getTransactionByHash", tx_hash)
    return found is not None and found["blockNumber"] is None


def run(assayd):
    findings = []
    sender, receiver = Wallet(0), Wallet(1)
    raw = [sender.transaction(nonce=i, to=receiver.address, value=1 + i) for i in range(WAITING + 1)]
    with Devnet(assayd) as devnet:
        node = Http(devnet.port)
        hashes = [node.send(one) for one in raw[1:]]
        check(findings, "a gap makes them wait", all(waits(node, one) for one in hashes))
        for how in ("kill -9", "stop", "kill -9"):
            devnet.kill() if how == "kill -9" else devnet.stop()
            devnet.start()
            node = Http(devnet.port)
            lost = [one for one in hashes if not waits(node, one)]
            check(findings, f"they wait after {how} and restart", not lost, f"{len(lost)} of {WAITING} lost")
        node.send(raw[0])
        receipts = [node.receipt(one) for one in hashes]
        check(findings, "all are included once the gap closes", all(r["status"] == "0x1" for r in receipts))
        devnet.kill()
        devnet.start()
        node = Http(devnet.port)
        status = node.call("txpool_status")
        check(findings, "nothing included comes back", status == {"pending": "0x0", "queued": "0x0"}, status)
    print(f"{sum(findings)} passed, {len(findings) - sum(findings)} failed")
    return all(findings)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--assayd", required=True)
    sys.exit(0 if run(parser.parse_args().assayd) else 1)
