"""People who have nothing but the command line."""
import json
import os
import subprocess
import time

WORDS = "test test test test test test test test test test test junk"
WAIT_SECONDS = 180


class Person:
    """One key in a home of its own, so that nobody finds another one's secrets."""

    def __init__(self, name, binary, url, folder, index=None, secret=None):
        """The devnet's account of that index, or the one of a secret key in hex."""
        self.binary, self.home = binary, folder / name
        self.environment = {**os.environ, "ASSAY_HOME": os.fspath(self.home), "ASSAY_PASSWORD": "secret phrase",
                            "ASSAY_RPC": url}
        told = folder / f"{name}.secret"
        told.write_text(WORDS if secret is None else secret)
        which = ["--index", str(index)] if secret is None else []
        made = self.run("keys", "import", "--light", "--name", name, *which, "--secret-file", os.fspath(told))
        self.address = made["address"]

    def call(self, *words):
        return subprocess.run([self.binary, *words], capture_output=True, text=True, env=self.environment, timeout=120)

    def run(self, *words, quiet=False):
        done = self.call(*words, "--json")
        if done.returncode != 0:
            raise SystemExit(f"FAILED assay {' '.join(words)}: exit {done.returncode}\n{done.stdout}{done.stderr}")
        if not quiet:
            print("ok    assay " + " ".join(words)[:100])
        return json.loads(done.stdout)

    def send(self, *words):
        return self.run(*words, "--yes")


def expect(condition, what):
    if not condition:
        raise SystemExit("FAILED " + what)
    print("ok    " + what)


def until(what, ask):
    """The first true answer of `ask`, asked again after every block's time."""
    end = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < end:
        answer = ask()
        if answer:
            return answer
        time.sleep(0.2)
    raise SystemExit("FAILED waited in vain: " + what)


def event(sent, name):
    return next(one["values"] for one in sent["events"] if one["event"].endswith("." + name))
