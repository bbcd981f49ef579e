#!/usr/bin/env python3
"""Plays the demo on a devnet and checks its claims on the chain itself.

    demo.py --assayd PATH --assay PATH [--validators N]
"""
import argparse
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, os.fspath(HERE))
from devnet import Devnet  # noqa: E402
from rpc import Http  # noqa: E402

LIMIT_SECONDS = 400
TEXTS = 900


def write_texts(path):
    """Short texts of two kinds, told apart by words that are not always there."""
    dice = random.Random(11)
    kinds = {"complaint": ["broken", "refund", "late"], "praise": ["great", "love", "quick"]}
    with open(path, "w", encoding="utf-8") as out:
        for number in range(TEXTS):
            label = "complaint" if dice.random() < 0.35 else "praise"
            words = [f"w{dice.randrange(400)}" for _ in range(25)] + [f"case{number}"]
            for _ in range(4):
                kind = label if dice.random() < 0.88 else next(k for k in kinds if k != label)
                words.append(dice.choice(kinds[kind]))
            dice.shuffle(words)
            out.write(json.dumps({"text": " ".join(words), "label": label}) + "\n")


class Checks:
    def __init__(self):
        self.failed = 0

    def that(self, condition, what):
        print(("ok    " if condition else "FAILED ") + what)
        self.failed += not condition


def assay(binary, url, *words):
    done = subprocess.run([binary, *words, "--rpc", url, "--json"], capture_output=True, text=True, timeout=LIMIT_SECONDS)
    if done.returncode != 0:
        print(done.stderr)
    return done.returncode, json.loads(done.stdout) if done.stdout else None


def check(story, url, binary, checks):
    checks.that(story["asExpected"], "honest work is paid, dishonest work is not")
    work = {one["who"]: one for one in story["work"]}
    careful, lazy, copy = (work[who] for who in ("careful labeller", "lazy labeller", "plagiarist"))
    checks.that(careful["submission"]["state"] in ("accepted", "finalized"), "the careful labeller is accepted")
    checks.that(int(careful["submission"]["payout"]) > 0, "and paid")
    checks.that(careful["dispute"] is None, "nobody contested the careful labeller")
    for one, claim in ((lazy, "low_quality"), (copy, "plagiarism")):
        checks.that(one["submission"]["state"] == "rejected", f"{one['who']} is rejected")
        checks.that(one["dispute"]["claim"] == claim, f"for {claim}")
        checks.that(not one["dispute"]["byDefault"], "by votes, not by default")
    checks.that(careful["accuracyPercent"] == copy["accuracyPercent"], "the copy has the original's accuracy")
    checks.that(careful["accuracyPercent"] > lazy["accuracyPercent"] + 10, "careful work is better than lazy work")
    checks.that(int(lazy["dispute"]["round"]) == 1, "the lazy labeller appealed to a larger panel, in vain")
    newcomers = {one["who"]: one for one in story["newcomers"]}
    good, bad = newcomers["careful newcomer"], newcomers["lazy newcomer"]
    checks.that(good["submission"]["unbonded"] and int(good["balance"]) > 0, "an empty wallet was paid for work against gold")
    checks.that(bad["submission"]["state"] == "rejected" and bad["balance"] == "0", "work that gold speaks against is not paid")
    audited = {one["who"]: one for one in story["audited"]}
    seen, caught = audited["careful labeller"], audited["lazy labeller"]
    checks.that(seen["audit"]["counted"] and int(seen["submission"]["payout"]) > 0, "graders let careful work pass")
    checks.that(caught["audit"]["counted"] and caught["submission"]["state"] == "rejected", "and lazy work fail")
    supply = story["supply"]
    checks.that(supply["addsUp"] and supply["sum"] == supply["expected"], "genesis + minted - burned = sum")
    parts = supply["supply"]
    burned = sum(int(parts[name]) for name in parts if name.startswith("burned"))
    checks.that(int(parts["genesis"]) + int(parts["minted"]) - burned == int(supply["sum"]), "added up here again")
    checks.that(int(parts["minted"]) > 0, "rewards were minted")
    sent = [step for step in story["steps"] if "transaction" in step]
    for step in sent[:3] + sent[-3:]:
        code, receipt = assay(binary, url, "query", "receipt", step["transaction"])
        checks.that(code == 0 and int(receipt["blockNumber"], 16) == int(step["block"]), f"on the chain: {step['what'][:60]}")
    code, order = assay(binary, url, "order", "show", careful["submission"]["order"])
    checks.that(code == 0 and order["state"] == "settled" and order["escrow"] == "0", "the order is settled, its escrow empty")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--assayd", required=True)
    parser.add_argument("--assay", required=True)
    parser.add_argument("--validators", type=int, default=1)
    given = parser.parse_args()
    checks = Checks()
    with Devnet(given.assayd, validators=given.validators) as node, tempfile.TemporaryDirectory(prefix="assay-demo-") as folder:
        texts = pathlib.Path(folder) / "texts.jsonl"
        write_texts(texts)
        code, story = assay(given.assay, node.http, "demo", "--input", os.fspath(texts), "--tasks", "500")
        checks.that(code == 0, "the demo ends well")
        if story is not None:
            check(story, node.http, given.assay, checks)
        clients = [Http(int(url.rsplit(":", 1)[1])) for url in node.ready["rpc"]]
        height = min(int(client.call("eth_blockNumber"), 16) for client in clients)
        for at in range(1, height + 1):
            blocks = [client.call("eth_getBlockByNumber", hex(at), False) for client in clients]
            if len({(block["hash"], block["stateRoot"]) for block in blocks}) > 1:
                checks.that(False, f"one block at height {at}")
        checks.that(True, f"one state on {len(clients)} nodes at each of {height} heights")
        checks.that(node.stop() == 0, "the node stops when asked")
        for home in node.homes():
            for command in ("verify", "replay"):
                print(f"ok    assayd {command}: " + node.offline(command, home=home).splitlines()[-1])
    print(f"{checks.failed} failed")
    return 1 if checks.failed else 0


if __name__ == "__main__":
    sys.exit(main())
