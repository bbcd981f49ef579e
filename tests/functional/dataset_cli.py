#!/usr/bin/env python3
"""An owner, contributors and licensees of data who have nothing but the command line; consents proven without trust in a node.

    dataset_cli.py --assayd PATH --assay PATH
"""
import argparse
import json
import os
import pathlib
import sys
import tempfile
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, os.fspath(HERE))
from devnet import Devnet  # noqa: E402
from person import Person, event, expect, until  # noqa: E402

PEOPLE = {"owner": 0, "ann": 1, "bob": 4, "lab": 5, "startup": 6}
TOKEN = 10**18


def rpc(url, method, *params):
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).encode()
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)["result"]


def accepted_work(people, folder):
    """An order of two contributors' work, accepted by silence. Returns the order and the submissions."""
    spec = folder / "spec.md"
    spec.write_text("A sentence about the sea.")
    posted = people["owner"].send("order", "post", "--spec", os.fspath(spec), "--items", "5", "--price", "0.5assay",
                                  "--deadline", "+60")
    order = event(posted, "OrderPosted")["order"]
    numbers = {}
    for who, count in (("ann", 3), ("bob", 2)):
        work = folder / f"{who}.jsonl"
        work.write_text("".join(f'{{"text":"{who} {i}"}}\n' for i in range(count)))
        made = people[who].send("submit", "commit", os.fspath(work), "--order", order)
        numbers[who] = made["submission"]
    people["ann"].send("dataset", "consent", "standing", numbers["ann"], "--uses", "train,derive", "--least", "20%")
    for who, number in numbers.items():
        until("a reveal after the commitment's block",
              lambda: people[who].call("submit", "reveal", number, "--yes").returncode == 0)
    for who, number in numbers.items():
        until(f"{who}'s work is accepted",
              lambda: people[who].run("submit", "show", number, quiet=True)["state"] == "accepted")
    return order, numbers


def prove_consent(node, person, folder, licence, submission, consent):
    """The records behind a consent, each proven under the state root, checked offline."""
    held = person.run("dataset", "consent", "show", "1", submission, "--licence", licence)
    expect(held["consent"] == consent, f"submission {submission} was {consent} in licence {licence}")
    text = person.call("dataset", "consent", "show", "1", submission, "--licence", licence).stdout
    keys = [word for word in text.split() if word.startswith("0x0a06")]
    expect(len(keys) == (2 if held["number"] != "0" else 1), "the keys of the proof are named")
    for key in keys:
        proof = folder / "proof.json"
        proof.write_text(json.dumps(rpc(node.http, "assay_getProof", key)))
        shown = person.run("verify-proof", os.fspath(proof), quiet=True)
        expect(shown["valid"] and shown["key"] == key, f"a record's proof holds: {shown['value'][:30]}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--assayd", required=True)
    parser.add_argument("--assay", required=True)
    given = parser.parse_args()
    with Devnet(given.assayd) as node, tempfile.TemporaryDirectory(prefix="assay-cli-") as name:
        folder = pathlib.Path(name)
        people = {who: Person(who, given.assay, node.http, folder, index) for who, index in PEOPLE.items()}
        owner, ann, bob, lab, startup = people.values()
        order, work = accepted_work(people, folder)
        text = folder / "LICENCE.md"
        text.write_text("Train on it. Do not pass it on.")
        terms = ["--licence", os.fspath(text), "--uses", "train,derive"]
        sent = owner.send("dataset", "register", "--order", order, *terms, "--price", "10assay", "--contributors", "40%",
                          "--royalty", "10%")
        expect(event(sent, "DatasetRegistered")["items"] == "5", "all accepted items are in the dataset")
        expect(ann.run("dataset", "show", "1")["books"]["consentedItems"] == "3", "a standing consent counts at once")

        first = event(lab.send("dataset", "licence", "buy", "1"), "LicenceBought")["licence"]
        bob.send("dataset", "consent", "grant", "1")
        refused = lab.call("dataset", "licence", "buy", "1", "--least-items", "6", "--yes")
        expect(refused.returncode == 3 and "--least-items" in refused.stderr, "too few consents refuse, with advice")
        second = event(lab.send("dataset", "licence", "buy", "1"), "LicenceBought")["licence"]
        ann.send("dataset", "consent", "revoke", "1")
        third = event(startup.send("dataset", "licence", "buy", "1"), "LicenceBought")["licence"]
        for licence, whose, consent in ((first, "ann", "granted"), (first, "bob", "none"), (second, "bob", "granted"),
                                        (third, "ann", "revoked"), (third, "bob", "granted")):
            prove_consent(node, lab, folder, licence, work[whose], consent)

        sources = {one["source"]["submission"]: int(one["claimable"]) for one in ann.run("dataset", "sources", "1")}
        # 4 tokens a sale: three items, then five, then two. What thirds leave is the owner's.
        rest = 4 * TOKEN % 3
        expect(sources == {work["ann"]: 4 * TOKEN - rest + 4 * TOKEN * 3 // 5, work["bob"]: 4 * TOKEN * 2 // 5 + 4 * TOKEN},
               "each sale is shared by the items that had consent")
        data = folder / "cleaned.jsonl"
        data.write_text('{"text":"clean"}\n')
        lab.send("dataset", "register", "--data", os.fspath(data), *terms, "--price", "5assay", "--parent", "1")
        startup.send("dataset", "licence", "buy", "2")
        due = lambda: int(owner.run("dataset", "show", "1", quiet=True)["books"]["ownerDue"])  # noqa: E731
        expect(due() == 18 * TOKEN + rest + TOKEN // 2 * 6 // 10, "a derived dataset's sale pays its parent")
        for person, dataset in ((owner, "1"), (ann, "1"), (bob, "1"), (lab, "2")):
            person.send("dataset", "claim", dataset)
        empty = owner.call("dataset", "claim", "1", "--yes")
        expect(empty.returncode == 3 and "nothing_to_claim" in empty.stderr, "what was claimed is not owed again")
        expect(len(lab.run("dataset", "licence", "list")) == 2, "a licensee sees its licences")
        expect(node.stop() == 0, "the node stops when asked")
        print("ok    " + node.offline("verify").splitlines()[-1])
    return 0


if __name__ == "__main__":
    sys.exit(main())
