#!/usr/bin/env python3
"""Somebody whose wallet is empty contributes: signs, a relayer sends, the order's sponsor pays, the work is paid.

    empty_wallet.py --assayd PATH --assay PATH
"""
import argparse
import os
import pathlib
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, os.fspath(HERE))
from devnet import Devnet  # noqa: E402
from person import Person, event, expect, until  # noqa: E402
from rpc import Http  # noqa: E402

ITEMS = 12
PRICE = 10**17


def balance(client, person):
    return int(client.call("eth_getBalance", person.address, "latest"), 16)


def post(buyer, folder):
    spec = folder / "spec.md"
    spec.write_text("Twelve different sentences.")
    posted = buyer.send("order", "post", "--spec", os.fspath(spec), "--items", "40", "--price", "0.1assay", "--deadline", "+90")
    order = event(posted, "OrderPosted")["order"]
    sponsored = buyer.send("order", "sponsor", "--order", order, "--unbonded-items", "20", "--unbonded-cap", str(ITEMS),
                           "--sponsor-cap", "1assay", "--value", "1assay")
    expect(event(sponsored, "OrderSponsored")["budget"] == str(10**18), "the budget is what was sent")
    return order


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--assayd", required=True)
    parser.add_argument("--assay", required=True)
    given = parser.parse_args()
    with Devnet(given.assayd) as node, tempfile.TemporaryDirectory(prefix="assay-relay-") as name:
        folder, client = pathlib.Path(name), Http(node.port)
        buyer = Person("buyer", given.assay, node.http, folder, 0)
        relayer = Person("relayer", given.assay, node.http, folder, 1)
        doubter = Person("doubter", given.assay, node.http, folder, 2)
        poor = Person("poor", given.assay, node.http, folder, secret="0x" + "42" * 32)
        expect(balance(client, poor) == 0, "the contributor has nothing")
        order = post(buyer, folder)
        work = folder / "work.jsonl"
        work.write_text("".join(f'{{"text":"sentence number {i}"}}\n' for i in range(ITEMS)))

        commit = os.fspath(folder / "commit.json")
        poor.run("relay", "commit", os.fspath(work), "--order", order, "--out", commit)
        sent = relayer.send("relay", "send", commit)
        fee = int(event(sent, "Relayed")["fee"])
        expect(fee > 0, "the relayer is repaid")
        submission = event(sent, "SubmissionCommitted")["submission"]
        again = relayer.call("relay", "send", commit, "--yes")
        expect(again.returncode == 3 and "intent_nonce_mismatch" in again.stderr, "an intent is good for one time")

        reveal = os.fspath(folder / "reveal.json")
        poor.run("relay", "reveal", submission, "--out", reveal)
        until("a reveal after the commitment's block", lambda: relayer.call("relay", "send", reveal, "--yes").returncode == 0)
        expect(poor.run("submit", "show", submission)["state"] == "window", "the work is revealed")

        asked = doubter.send("submit", "force-open", "--submission", submission, "--indices", "[0,5,11]")
        request = event(asked, "ItemsAsked")["request"]
        opened = os.fspath(folder / "open.json")
        poor.run("relay", "open", request, "--out", opened)
        shown = relayer.send("relay", "send", opened)
        expect(str(event(shown, "OpeningEnded")["shown"]) == "3", "all items are shown")
        openings = doubter.run("submit", "openings", submission)
        expect(str(openings[0]["shown"]) == "7" and openings[0]["bond"] == "0", "the request is over")

        until("the payment", lambda: poor.run("submit", "show", submission, quiet=True)["state"] == "accepted")
        half_of_bonds = 3 * PRICE // 2
        expect(balance(client, poor) == ITEMS * PRICE * 9 // 10 + half_of_bonds, "the contributor is paid, and half of the bonds")
        left = int(buyer.run("order", "show", order)["sponsorBudget"])
        expect(left < 10**18 - fee, "the fees came out of the budget")
        expect(node.stop() == 0, "the node stops when asked")
        print("ok    " + node.offline("verify").splitlines()[-1])
    return 0


if __name__ == "__main__":
    sys.exit(main())
