#!/usr/bin/env python3
"""A buyer, a contributor, a challenger and jurors who have nothing but the command line.

    market_cli.py --assayd PATH --assay PATH
"""
import argparse
import hashlib
import json
import os
import pathlib
import stat
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, os.fspath(HERE))
from devnet import Devnet  # noqa: E402
from ethereum import CHAIN_ID  # noqa: E402
from person import Person, event, expect, until  # noqa: E402

PEOPLE = {"buyer": 0, "worker": 1, "challenger": 4, "juror1": 5, "juror2": 6, "juror3": 7}
JURORS = [name for name in PEOPLE if name.startswith("juror")]


def deliver(people, folder):
    """Order, commitment and reveal. Returns the submission's number."""
    spec, work = folder / "spec.md", folder / "work.csv"
    spec.write_text("Say whether each text is about the sea.")
    work.write_text("text,label\n" + "".join(f'"text {i}, with a comma",{"sea" if i % 3 else "land"}\n' for i in range(60)))
    buyer, worker = people["buyer"], people["worker"]
    quote = buyer.run("order", "quote", "--items", "60", "--price", "0.5assay")
    posted = buyer.send("order", "post", "--spec", os.fspath(spec), "--items", "60", "--price", "0.5assay", "--kind",
                        "annotation", "--deadline", "+60")
    expect(posted["value"] == quote["locks"], "the order locks what was quoted")
    order = event(posted, "OrderPosted")["order"]
    columns = ["--task-field", "text", "--payload-field", "label"]
    refused = worker.call("submit", "commit", os.fspath(work), "--order", "999", "--yes", *columns)
    expect(refused.returncode == 3, "work for an order that is not there is refused by the chain")
    made = worker.send("submit", "commit", os.fspath(work), "--order", order, *columns)
    kept = pathlib.Path(made["file"])
    expect(stat.S_IMODE(kept.stat().st_mode) == 0o600, "the submission file is private")
    submission = made["submission"]
    stranger = people["challenger"].call("submit", "reveal", submission, "--yes")
    expect(stranger.returncode == 1, "nobody reveals another one's submission")
    until("a reveal after the commitment's block",
          lambda: worker.call("submit", "reveal", submission, "--yes").returncode == 0)
    shown = worker.run("submit", "show", submission)
    expect(shown["state"] == "window" and shown["root"] == made["root"], "the reveal shows the committed root")
    again = worker.call("submit", "reveal", submission, "--yes")
    expect(again.returncode == 3 and "submit show" in again.stderr, "a second reveal is refused, with advice")
    proofs = folder / "proofs.json"
    proofs.write_text(worker.call("items", "prove", "0", "59", "--file", os.fspath(kept)).stdout)
    people["challenger"].run("items", "check", os.fspath(proofs), "--root", shown["root"])
    return submission


def dispute(people, submission, folder):
    """A challenge, three votes, the ruling. Returns the dispute."""
    evidence = folder / "evidence.jsonl"
    evidence.write_text('{"index":1,"why":"text 1 is about land"}\n')
    sent = people["challenger"].send("dispute", "challenge", submission, "--claim", "low-quality", "--evidence",
                                     os.fspath(evidence))
    number = event(sent, "DisputeOpened")["dispute"]
    show = lambda: people["buyer"].run("dispute", "show", number, quiet=True)  # noqa: E731
    until("the panel", lambda: show()["dispute"]["phase"] == "commit")
    seats = {seat["juror"].lower() for seat in show()["panel"]}
    drawn = [people[name] for name in JURORS if people[name].address.lower() in seats]
    expect(len(drawn) == len(seats) == 3, "three jurors are drawn")
    for juror in drawn:
        todo = juror.run("juror", "seats")
        expect("vote-commit" in todo[0]["toDo"], "a juror is told what to do")
        juror.send("dispute", "vote-commit", number, "reject")
    until("the reveal phase", lambda: show()["dispute"]["phase"] == "reveal")
    for juror in drawn:
        juror.send("dispute", "vote-reveal", number)
    return until("the ruling", lambda: (lambda one: one if one["dispute"]["phase"] == "ruled" else None)(show()))


def fraud(people, folder):
    """A leaf that is none, committed by hand as no honest program would, and proven by the command line."""
    buyer, worker, prover = people["buyer"], people["worker"], people["challenger"]
    posted = buyer.send("order", "post", "--spec", os.fspath(folder / "spec.md"), "--items", "1", "--price", "10assay",
                        "--deadline", "+60")
    order = event(posted, "OrderPosted")["order"]
    root, none = hashlib.sha256(b"\x00\x00").digest(), bytes(32)
    count = lambda number: int(number).to_bytes(8, "big")  # noqa: E731
    who = bytes.fromhex(worker.address[2:])
    commitment = hashlib.sha256(b"assay/commit/1" + count(CHAIN_ID) + count(order) + who + count(1) + root + 3 * none)
    made = worker.send("tx", "send", "market", "commit-submission", "--order", order, "--item-count", "1",
                       "--commitment", "0x" + commitment.hexdigest())
    submission = event(made, "SubmissionCommitted")["submission"]
    zero = "0x" + none.hex()
    until("the reveal of a tree that is none",
          lambda: worker.call("tx", "send", "market", "reveal-submission", "--submission", submission, "--root",
                              "0x" + root.hex(), "--ciphertext-root", zero, "--key-hash", zero, "--salt", zero,
                              "--data-uri", "ipfs://none", "--yes").returncode == 0)
    proof = ["--submission", submission, "--kind", "malformed_leaf", "--first", '{"index":"0","leaf":"0x00","path":[]}']
    bare = prover.call("tx", "send", "market", "prove-fraud", *proof, "--second", '{"index":"0","leaf":"0x","path":[]}',
                       "--other-submission", "0", "--salt", zero, "--payload", "0x", "--commit-salt", zero, "--yes")
    expect(bare.returncode == 3 and "prove-fraud" in bare.stderr, "a proof without a commitment is refused, with advice")
    sent = prover.send("submit", "prove-fraud", *proof)
    slashed = event(sent, "BondSlashed")
    expect(slashed["challenger"].lower() == prover.address.lower(), "the share of the bond is its finder's")
    expect(worker.run("submit", "show", submission)["state"] == "rejected", "fraud is rejected without a jury")


def replay(who, number, folder):
    """The ruling follows from the record, from the node or from a file without one."""
    kept = folder / "record.json"
    kept.write_text(json.dumps(who.run("dispute", "record", number)))
    online = who.run("replay-dispute", number)
    expect(online["ruling"] == "reject" and int(online["rounds"]) == 1, "the record replays")
    altered = json.loads(kept.read_text())
    altered["dispute"]["ruling"] = "accept"
    kept.write_text(json.dumps(altered))
    expect(who.call("replay-dispute", number, "--record", os.fspath(kept)).returncode == 1, "an altered record does not")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--assayd", required=True)
    parser.add_argument("--assay", required=True)
    given = parser.parse_args()
    with Devnet(given.assayd) as node, tempfile.TemporaryDirectory(prefix="assay-cli-") as name:
        folder = pathlib.Path(name)
        people = {who: Person(who, given.assay, node.http, folder, index) for who, index in PEOPLE.items()}
        for who in JURORS:
            people[who].send("juror", "stake", "100assay")
        totals = lambda: people["buyer"].run("query", "jurors", "get-juror-totals", quiet=True)  # noqa: E731
        until("the stake counts", lambda: int(totals()["eligible"]) == 300 * 10**18)
        submission = deliver(people, folder)
        ruled = dispute(people, submission, folder)
        expect(ruled["dispute"]["ruling"] in ("reject", "2", 2), "the jury rejects")
        replay(people["buyer"], ruled["dispute"]["id"], folder)
        expect(people["worker"].run("submit", "show", submission)["state"] == "rejected", "the submission is rejected")
        expect(people["juror1"].run("juror", "show")["paidSeats"] == "1", "a coherent juror is paid")
        fraud(people, folder)
        expect(node.stop() == 0, "the node stops when asked")
        print("ok    " + node.offline("verify").splitlines()[-1])
    return 0


if __name__ == "__main__":
    sys.exit(main())
