#!/usr/bin/env python3
"""Two validators decide by the command line: other numbers, a grant, and an upgrade that their program does not know.

    gov_cli.py --assayd PATH --assay PATH
"""
import argparse
import base64
import json
import pathlib
import subprocess
import tempfile

from cluster import Cluster
from person import Person, event, expect, until

TERMS = {"votingS": "6", "timelockS": "3"}
ENGINE = {"empty_block_interval_ms": 100}
GRACE_S = 15  # for a second node to stop as well


def operator_of(node, number, binary, url, folder):
    """Whoever holds the key that the genesis names as the validator's operator."""
    key = json.loads((node.home / "priv_validator_key.json").read_text())["priv_key"]["value"]
    return Person(f"operator{number}", binary, url, folder, secret=base64.b64decode(key).hex())


def decide(ann, operators, *proposal):
    """Proposed, accepted by all and executed; the proposal as it ended."""
    made = event(ann.send("gov", *proposal), "ProposalMade")["proposal"]
    for each in operators:
        each.send("gov", "vote", made, "yes")
    until(f"proposal {made} ends", lambda: ended(ann, made))
    return show(ann, made)


def show(person, number):
    return person.run("gov", "show", number, quiet=True)["proposal"]


def ended(person, number):
    return show(person, number)["status"] in ("executed", "failed", "rejected", "vetoed")


def change_numbers(ann, operators):
    before = ann.run("query", "market", "get-market-params", quiet=True)["feePpm"]
    wrong = ann.call("gov", "propose-params", "market.feePpm=600000", "--title", "Greed", "--yes")
    expect(wrong.returncode == 3 and "params_invalid: market.feePpm is outside" in wrong.stderr, "a broken rule is named")
    unknown = ann.call("gov", "propose-params", "market.fee=1", "--title", "x", "--yes")
    expect(unknown.returncode == 3 and "param_unknown" in unknown.stderr, "an unknown name too")
    done = decide(ann, operators, "propose-params", "market.feePpm=40000", "fees.elasticity=3", "--title", "A lower fee")
    expect(done["status"] == "executed", "what all accept is executed")
    after = ann.run("query", "market", "get-market-params", quiet=True)["feePpm"]
    expect((before, after) == (50_000, 40_000), "the fee is another")


def lose_a_deposit(ann):
    made = event(ann.send("gov", "propose-params", "market.feePpm=39999", "--title", "Nobody votes"), "ProposalMade")
    none = ann.call("gov", "vote", made["proposal"], "yes", "--yes")
    expect(none.returncode == 3 and "no stake" in none.stderr, "who has no stake has no vote")
    until("the vote ends", lambda: ended(ann, made["proposal"]))
    expect(show(ann, made["proposal"])["status"] == "rejected", "without a quorum nothing is accepted")
    open_now = ann.run("gov", "list", "--open", quiet=True)
    expect(open_now == [], "and nothing is open")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--assayd", required=True)
    parser.add_argument("--assay", required=True)
    given = parser.parse_args()
    with Cluster(given.assayd, 2, [("engine", ENGINE)], {"governance": TERMS}) as cluster, \
            tempfile.TemporaryDirectory(prefix="assay-gov-") as name:
        folder, node = pathlib.Path(name), cluster.nodes[0]
        url = f"http://127.0.0.1:{node.port}"
        ann = Person("ann", given.assay, url, folder, 0)
        operators = [operator_of(each, i, given.assay, url, folder) for i, each in enumerate(cluster.nodes)]
        for each in operators:
            ann.send("transfer", each.address, "5assay")
        change_numbers(ann, operators)
        lose_a_deposit(ann)
        stop_at = node.height() + 200
        done = decide(ann, operators, "propose-upgrade", "v2", str(stop_at), "--info-hash", "0x" + "07" * 32, "--title", "Two")
        expect(done["status"] == "executed", "an upgrade is planned")
        expect(ann.run("gov", "upgrade", quiet=True)["height"] == str(stop_at), "and shown")
        until("a node that stops", lambda: any(each.process.poll() is not None for each in cluster.nodes))
        for each in cluster.nodes:
            # Who stops first takes its votes along: another may not learn what was decided, and waits a block before.
            try:
                each.process.wait(GRACE_S)
            except subprocess.TimeoutExpired:
                expect(each.height() == stop_at - 1, "a node that lacks its votes waits at the block before")
                each.kill()
                continue
            expect(each.process.returncode == 1, "a node that does not know it stops")
            expect(f'block {stop_at} begins the upgrade "v2"' in each.tail(), "and says why")
            each.command("verify", "--home", str(each.home))
            each.start()
            expect(each.process.wait(60) == 1, "so it does when it is started again")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
