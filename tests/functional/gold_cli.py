#!/usr/bin/env python3
"""Orders whose policy compares work, by the CLI alone: gold with a contributor from an empty wallet, and redundant work.

    gold_cli.py --assayd PATH --assay PATH
"""
import argparse
import json
import os
import pathlib
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, os.fspath(HERE))
from devnet import Devnet  # noqa: E402
from person import Person, event, expect, until  # noqa: E402
from rpc import Http  # noqa: E402

BATCH = 10
PRICE = 10**17
VALUE = BATCH * PRICE
TASKS = [f"message number {i}" for i in range(2 * BATCH)]
RIGHT = ["spam" if i % 3 == 0 else "ham" for i in range(2 * BATCH)]


def balance(client, person):
    return int(client.call("eth_getBalance", person.address, "latest"), 16)


def write_lines(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return os.fspath(path)


def labels(folder, name, batch, answers):
    rows = [{"task": TASKS[batch * BATCH + i], "payload": answers[batch * BATCH + i]} for i in range(BATCH)]
    return write_lines(folder / f"{name}.jsonl", rows)


def post_gold(buyer, folder):
    tasks = write_lines(folder / "tasks.jsonl", [{"task": task, "answer": answer} for task, answer in zip(TASKS, RIGHT)])
    posted = buyer.send("order", "post-gold", tasks, "--spec", tasks, "--batch-items", str(BATCH), "--price", "0.1assay",
                        "--deadline", "+25", "--max-payload-bytes", "8", "--gold-file", os.fspath(folder / "gold.json"))
    order = event(posted, "OrderPosted")["order"]
    buyer.send("order", "sponsor", "--order", order, "--unbonded-items", str(BATCH), "--unbonded-cap", str(BATCH),
               "--sponsor-cap", "1assay", "--value", "1assay")
    return order


def post_redundant(buyer, folder):
    spec = os.fspath(folder / "tasks.jsonl")
    posted = buyer.send("order", "post-redundant", "--spec", spec, "--batches", "1", "--batch-items", str(BATCH), "--price",
                        "0.1assay", "--deadline", "+25", "--samples", str(BATCH), "--max-payload-bytes", "8")
    return event(posted, "OrderPosted")["order"]


def commit(person, work, order, batch):
    return person.send("submit", "commit", work, "--order", order, "--batch", str(batch))["submission"]


def reveal(person, submission):
    until("a reveal after the commitment's block", lambda: person.call("submit", "reveal", submission, "--yes").returncode == 0)


class Relayed:
    """A person without money, whose messages another one sends."""

    def __init__(self, person, relayer, folder):
        self.person, self.relayer, self.folder, self.count = person, relayer, folder, 0

    def send(self, *words):
        self.count += 1
        path = os.fspath(self.folder / f"intent{self.count}.json")
        self.person.run("relay", *words, "--out", path)
        out = {}

        def sent():
            done = self.relayer.call("relay", "send", path, "--yes", "--json")
            if done.returncode == 0:
                out["sent"] = json.loads(done.stdout)
            return done.returncode == 0
        until("an intent is sent", sent)
        return out["sent"]


def state(person, submission):
    return person.run("submit", "show", submission, quiet=True)["state"]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--assayd", required=True)
    parser.add_argument("--assay", required=True)
    given = parser.parse_args()
    with Devnet(given.assayd) as node, tempfile.TemporaryDirectory(prefix="assay-gold-") as name:
        folder, client = pathlib.Path(name), Http(node.port)
        buyer, relayer, careless, ann, bob, lazy = (Person(each, given.assay, node.http, folder, i) for i, each in enumerate(
            ("buyer", "relayer", "careless", "ann", "bob", "lazy")))
        poor = Person("poor", given.assay, node.http, folder, secret="0x" + "42" * 32)
        order = post_gold(buyer, folder)
        compared = post_redundant(buyer, folder)

        relayed = Relayed(poor, relayer, folder)
        good = event(relayed.send("commit", labels(folder, "good", 0, RIGHT), "--order", order, "--batch", "0"),
                     "SubmissionCommitted")["submission"]
        wrong = ["ham" if answer == "spam" else "spam" for answer in RIGHT]
        bad = commit(careless, labels(folder, "bad", 1, wrong), order, 1)
        twice = careless.call("submit", "commit", labels(folder, "again", 0, RIGHT), "--order", order, "--yes")
        expect(twice.returncode == 2 and "--batch" in twice.stderr, "work in batches names its batch")
        redundant = {person: commit(person, labels(folder, f"redundant{i}", 0, answers), compared, 0)
                     for i, (person, answers) in enumerate(((ann, RIGHT), (bob, RIGHT), (lazy, ["ham"] * 20)))}
        relayed.send("reveal", good)
        reveal(careless, bad)
        for person, submission in redundant.items():
            reveal(person, submission)
        expect(state(poor, good) == "revealed", "the policy speaks first")

        batches = buyer.run("order", "batches", order)
        expect(int(batches["terms"]["batches"]) == 2, "the order has its batches")
        until("the draw", lambda: int(buyer.run("order", "batches", order, quiet=True)["terms"]["seed"], 16) != 0)
        opened = buyer.call("order", "open-gold", order, "--gold-file", os.fspath(folder / "gold.json"), "--yes")
        expect(opened.returncode == 0, "the gold is opened")
        relayed.send("answer", good)
        careless.call("submit", "answer", bad, "--yes")
        for person, submission in redundant.items():
            until("the draw of the other order", lambda: person.call("submit", "answer", submission, "--yes").returncode == 0)

        until("verdicts", lambda: state(poor, good) == "window" and state(careless, bad) == "window")
        shown = careless.run("submit", "show", bad)
        expect(shown["failed"] is True, "wrong answers fail")
        refused = ann.call("dispute", "challenge", bad, "--claim", "low_quality", "--evidence-root", "0x" + "11" * 32, "--yes")
        expect(refused.returncode == 3 and "verdict_failed" in refused.stderr, "what failed needs no challenge")
        until("payment", lambda: state(poor, good) == "accepted" and state(careless, bad) == "rejected")
        expect(balance(client, poor) == VALUE * 9 // 10, "the contributor from an empty wallet is paid")
        until("payment of agreement", lambda: state(ann, redundant[ann]) == "accepted" and state(lazy, redundant[lazy]) == "rejected")
        expect(int(ann.run("submit", "show", redundant[ann])["payout"]) == VALUE, "who agrees is paid in full")
        expect(node.stop() == 0, "the node stops when asked")
        print("ok    " + node.offline("verify").splitlines()[-1])
    return 0


if __name__ == "__main__":
    sys.exit(main())
