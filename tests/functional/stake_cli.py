#!/usr/bin/env python3
"""Delegators and operators who have nothing but the command line, on a chain of two validators and one that they make.

    stake_cli.py --assayd PATH --assay PATH
"""
import argparse
import base64
import json
import os
import pathlib
import tempfile

from cluster import Cluster, Node
from person import Person, event, expect, until

TOKEN = 10**18
TERMS = {"unbondingS": "15", "bucketS": "5", "windowBlocks": 40, "jailS": "3"}
ENGINE = {"empty_block_interval_ms": 50}


def key_of(node):
    return json.loads((node.home / "priv_validator_key.json").read_text())


def validator_of(node):
    return "0x" + key_of(node)["address"].lower()


def operator_of(node, binary, url, folder):
    """Whoever holds the key that the genesis names as the validator's operator."""
    secret = base64.b64decode(key_of(node)["priv_key"]["value"]).hex()
    return Person("operator", binary, url, folder, secret=secret)


def held(person, validator):
    listed = person.run("stake", "delegations", quiet=True)
    return next((one for one in listed if one["validator"] == validator), None)


def status(person, validator):
    return person.run("stake", "show", validator, quiet=True)


def balance(person):
    return int(person.run("query", "balance", person.address, quiet=True)["balance"])


def cost(sent):
    return int(sent["gasUsed"]) * int(sent["gasPrice"])


def move_stake(ann, first, second):
    """In, across, out, and what each refusal says."""
    sent = ann.send("stake", "delegate", first, "6assay")
    expect(sent["value"] == str(6 * TOKEN), "the delegated stake travels with the message")
    expect(int(held(ann, first)["stake"]) == 6 * TOKEN, "it is listed")
    wrong = ann.call("stake", "delegate", "0x" + "66" * 20, "1assay", "--yes")
    expect(wrong.returncode == 3 and "no validator" in wrong.stderr, "an unknown validator is named")
    moved = event(ann.send("stake", "redelegate", first, second, "4assay"), "Redelegated")
    expect((moved["source"], moved["destination"], moved["amount"]) == (first, second, str(4 * TOKEN)), "the move is told")
    there = held(ann, second)
    expect(int(there["stake"]) == 4 * TOKEN and there["redelegations"][0]["source"] == first, "and stays answerable")
    expect(int(held(ann, first)["stake"]) == 2 * TOKEN, "the rest stays")
    hop = ann.call("stake", "redelegate", second, first, "all", "--yes")
    expect(hop.returncode == 3 and "redelegation_immature" in hop.stderr and "until when" in hop.stderr,
           "a second hop is refused, with advice")
    until("the votes follow", lambda: status(ann, second)["validator"]["power"] == "14")
    until("the redelegation matures", lambda: not held(ann, second)["redelegations"])
    ann.send("stake", "redelegate", second, first, "1assay")
    before = balance(ann)
    left = ann.send("stake", "undelegate", second, "all")
    amount = int(event(left, "UnbondingBegan")["amount"])
    expect(amount == 3 * TOKEN, "all that was left leaves")
    expect(len(held(ann, second)["unbondings"]) == 1, "it waits")
    until("it is paid out", lambda: balance(ann) == before + amount - cost(left))


def claim(ann, first):
    """What an epoch emits reaches the validators' pool; a delegator takes its part."""
    due = until("rewards come", lambda: int((held(ann, first) or {"rewards": 0})["rewards"]))
    before = balance(ann)
    sent = ann.send("stake", "claim", first)
    paid = int(event(sent, "RewardsWithdrawn")["amount"])
    expect(paid >= due and balance(ann) == before + paid - cost(sent), "what was due is paid")


def make_validator(assayd, bob, folder):
    """A third validator of a node that never runs: made, edited, jailed, let in again."""
    third = Node(assayd, folder / "third")
    third.command("init", "--home", os.fspath(third.home), "--genesis", "later")
    address = validator_of(third)
    file = os.fspath(third.home / "priv_validator_key.json")
    made = bob.send("stake", "create", "1assay", "--validator-key", file, "--commission", "10%")
    expect(event(made, "ValidatorBonded")["validator"] == address, "a validator is made with the node's key")
    again = bob.call("stake", "create", "1assay", "--validator-key", file, "--yes")
    expect(again.returncode == 3 and "already_exists" in again.stderr, "only once")
    until("it has a vote", lambda: status(bob, address)["status"] == "active")
    steep = bob.call("stake", "set-commission", address, "20%", "--yes")
    expect(steep.returncode == 3 and "commission_step_too_large" in steep.stderr, "a commission rises slowly")
    until("a commission may change",
          lambda: bob.call("stake", "set-commission", address, "11%", "--yes").returncode == 0)
    bob.send("stake", "set-recipient", address, "bob")
    expect(status(bob, address)["validator"]["commissionPpm"] == 110_000, "the terms are as set")
    until("who signs nothing is jailed", lambda: status(bob, address)["status"] == "jailed")
    lost = TOKEN - int(held(bob, address)["stake"])
    expect(lost == TOKEN // 1000, "and slashed")
    poor = bob.call("stake", "unjail", address, "--yes")
    expect(poor.returncode == 3, "who has too little stays in jail: " + poor.stderr.splitlines()[-1][:60])
    bob.send("stake", "delegate", address, "1assay")
    until("its time has come", lambda: bob.call("stake", "unjail", address, "--yes").returncode == 0)
    expect(status(bob, address)["status"] != "jailed", "an operator lets its validator in again")
    return address


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--assayd", required=True)
    parser.add_argument("--assay", required=True)
    given = parser.parse_args()
    with Cluster(given.assayd, 2, [("engine", ENGINE)], {"staking": TERMS}) as cluster, \
            tempfile.TemporaryDirectory(prefix="assay-stake-") as name:
        folder, node = pathlib.Path(name), cluster.nodes[0]
        url = f"http://127.0.0.1:{node.port}"
        first, second = (validator_of(each) for each in cluster.nodes)
        ann, bob = (Person(who, given.assay, url, folder, index) for index, who in enumerate(("ann", "bob")))
        listed = ann.run("stake", "validators", "--active")
        expect(sorted(one["validator"]["address"] for one in listed) == sorted((first, second)), "both are listed")
        move_stake(ann, first, second)
        claim(ann, first)
        operator = operator_of(node, given.assay, url, folder)
        foreign = ann.call("stake", "set-commission", first, "1%", "--yes")
        expect(foreign.returncode == 3 and operator.address in foreign.stderr, "only the operator sets terms")
        third = make_validator(given.assayd, bob, folder)
        shown = ann.call("stake", "validators")
        expect(third in shown.stdout and "11%" in shown.stdout, "people read the same")
        for each in cluster.nodes:
            expect(each.stop() == 0, "a node stops when asked")
            each.command("verify", "--home", str(each.home))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
