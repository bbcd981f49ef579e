#!/usr/bin/env python3
"""Starts a devnet and runs one client's scenario against it.

    run.py SCENARIO.mjs --assayd PATH --assay PATH [--validators N]
"""
import argparse
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, os.fspath(HERE.parent / "functional"))
from devnet import Devnet  # noqa: E402
from install import go  # noqa: E402

LIMIT_SECONDS = 240


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenario")
    parser.add_argument("--assayd", required=True)
    parser.add_argument("--assay", required=True)
    parser.add_argument("--validators", type=int, default=1)
    given = parser.parse_args()
    with Devnet(given.assayd, validators=given.validators) as node, tempfile.TemporaryDirectory(prefix="assay-client-") as folder:
        abi = pathlib.Path(folder) / "abi.json"
        abi.write_text(subprocess.run([given.assay, "abi", "--json"], check=True, capture_output=True, text=True).stdout)
        environment = {**os.environ, "ASSAY_RPC": node.http, "ASSAY_WS": node.ws, "ASSAY_COMET": node.ready["comet"][0],
                       "ASSAY_ABI": os.fspath(abi),
                       "ASSAY_GO": go(), "NO_COLOR": "1"}
        done = subprocess.run(["node", "--test", "--test-reporter=spec", given.scenario], cwd=HERE, env=environment,
                              timeout=LIMIT_SECONDS)
        if not node.alive():
            print("the node died:\n" + node.tail())
            return 1
        if done.returncode != 0:
            print("the node's log:\n" + node.tail())
        return done.returncode


if __name__ == "__main__":
    sys.exit(main())
