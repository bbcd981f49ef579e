#!/usr/bin/env python3
"""Makes a chain with the first build of assayd and executes it again with every build: all must agree at every height.

    replay_builds.py --assay PATH [--seed S] ASSAYD...      prints each build's report, then `N passed, N failed`
"""
import argparse
import random
import sys

from abi import published
from devnet import Devnet, NodeFailed
from traffic import Traffic


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--assay", required=True)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    parser.add_argument("builds", nargs="+", metavar="ASSAYD")
    given = parser.parse_args()
    print(f"seed {given.seed}")
    with Devnet(given.builds[0]) as node:
        sent, refused = Traffic(node.port, published(given.assay), given.seed).run()
        node.stop()
        print(f"made a chain of {sent} transactions, {refused} refused")
        reports, failed = {}, 0
        for build in given.builds:
            try:
                reports[build] = [node.offline(command, assayd=build) for command in ("replay", "verify")]
            except NodeFailed as harm:
                reports[build], failed = [str(harm)], failed + 1
            print(build, *reports[build], sep="\n  ", flush=True)
    failed += sum(report != reports[given.builds[0]] for report in reports.values())
    print(f"{len(given.builds) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
