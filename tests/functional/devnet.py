"""Runs one assayd as a test sees it: own folder, free port, ready line, stop, kill and restart."""
import json
import os
import pathlib
import select
import signal
import subprocess
import tempfile
import time

READY_SECONDS = 60
STOP_SECONDS = 60


class NodeFailed(Exception):
    """assayd ended, or did not become ready; carries what it printed."""


class Devnet:
    """A network in one command. `home` outlives restarts; a temporary one goes with `close`."""

    def __init__(self, assayd, home=None, environment=None, validators=1):
        self.assayd = os.fspath(pathlib.Path(assayd).resolve())
        self.folder = None if home else tempfile.TemporaryDirectory(prefix="assay-devnet-")
        self.home = pathlib.Path(home or self.folder.name) / ("" if home else "home")
        self.log = self.home.with_name(self.home.name + ".log")
        self.validators = validators
        self.environment = {**os.environ, **(environment or {})}
        self.process = None
        self.ready = None

    def start(self):
        """Returns the ready line's object once the node takes transactions."""
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [self.assayd, "devnet", "--home", os.fspath(self.home), "--rpc-port", "0",
                 "--validators", str(self.validators)],
                stdout=subprocess.PIPE, stderr=log, env=self.environment)
        self.ready = json.loads(self._ready_line())
        self.http, self.ws = self.ready["rpc"][0], self.ready["ws"][0]
        self.port = int(self.http.rsplit(":", 1)[1])
        return self.ready

    def _ready_line(self):
        end, seen = time.monotonic() + READY_SECONDS, b""
        pipe = self.process.stdout.fileno()
        while time.monotonic() < end:
            if not select.select([pipe], [], [], 0.5)[0]:
                continue
            part = os.read(pipe, 65536)
            if not part:
                raise NodeFailed(f"assayd ended with {self.process.wait()}\n{self.tail()}")
            seen += part
            for line in seen.split(b"\n")[:-1]:
                if line.startswith(b'{"ready":true'):
                    return line
        raise NodeFailed(f"no ready line in {READY_SECONDS} s\n{self.tail()}")

    def alive(self):
        return self.process is not None and self.process.poll() is None

    def stop(self):
        """Asks the node to end; returns its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self._wait()

    def kill(self):
        self.process.kill()
        return self._wait()

    def _wait(self):
        code = self.process.wait(STOP_SECONDS)
        self.process.stdout.close()
        return code

    def homes(self):
        """Of each validator."""
        home = pathlib.Path(self.home)
        return [home] if self.validators == 1 else [home / f"node{i}" for i in range(self.validators)]

    def offline(self, command, assayd=None, home=None):
        """`verify` or `replay` on a stopped home; returns the report, raises when it found harm."""
        done = subprocess.run([assayd or self.assayd, command, "--home", os.fspath(home or self.home)],
                              capture_output=True, text=True, env=self.environment)
        if done.returncode != 0:
            raise NodeFailed(f"assayd {command}: exit {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout.strip()

    def tail(self, lines=30):
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])

    def close(self):
        if self.alive():
            self.kill()
        if self.folder:
            self.folder.cleanup()

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.close()
