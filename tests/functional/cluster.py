"""Runs several validators as operators would: keys, a collected genesis, links through proxies that can be cut."""
import asyncio
import http.client
import json
import os
import pathlib
import random
import re
import select
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time

from rpc import Http

READY_SECONDS = 60
STOP_SECONDS = 60
TRUST_PERIOD_S = 60         # shorter than a devnet's stake takes to unbond
HEAL_SECONDS_DEFAULT = 90   # until every node makes blocks again


class ClusterFailed(Exception):
    """A command of assayd failed; carries what it printed."""


given_ports = set()


def free_port():
    """Below those that the machine gives to whoever connects or asks for any, so that it stays free."""
    while True:
        port = random.randrange(12_000, 32_000)
        if port in given_ports:
            continue
        given_ports.add(port)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port


class Links:
    """One forwarding port for each ordered pair of nodes, on a thread of its own."""

    def __init__(self):
        self.loop = asyncio.new_event_loop()
        self.open, self.cut = {}, set()   # pair: writers; pairs that are cut
        threading.Thread(target=self.loop.run_forever, daemon=True).start()

    def add(self, pair, target):
        """The port through which pair[0] reaches pair[1]."""
        return asyncio.run_coroutine_threadsafe(self._serve(pair, target), self.loop).result()

    async def _serve(self, pair, target):
        self.open[pair] = set()
        server = await asyncio.start_server(lambda reader, writer: self._relay(pair, target, reader, writer), "127.0.0.1", 0)
        return server.sockets[0].getsockname()[1]

    async def _relay(self, pair, target, reader, writer):
        if pair in self.cut:
            return writer.transport.abort()
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", target)
        except OSError:
            return writer.transport.abort()
        both = {writer, far_writer}
        self.open[pair] |= both
        await asyncio.gather(self._copy(reader, far_writer), self._copy(far_reader, writer))
        self.open[pair] -= both

    @staticmethod
    async def _copy(reader, writer):
        try:
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
        except OSError:
            pass
        writer.transport.abort()

    def set_cut(self, pairs):
        """These pairs are cut from now on, all others are whole."""
        def change():
            self.cut = set(pairs)
            for pair in self.cut:
                for writer in self.open[pair]:
                    writer.transport.abort()
        self.loop.call_soon_threadsafe(change)

    def close(self):
        self.loop.call_soon_threadsafe(self.loop.stop)


class Node:
    def __init__(self, assayd, home):
        self.assayd, self.home = assayd, home
        self.log = home.with_name(home.name + ".log")
        self.process, self.port = None, 0
        self.metrics_port, self.comet_port = 0, 0

    def command(self, *words):
        done = subprocess.run([self.assayd, *words], capture_output=True, text=True)
        if done.returncode != 0:
            raise ClusterFailed(f"assayd {' '.join(words)}: exit {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout.strip()

    def configure(self, section, **values):
        """Replaces keys of the home's configuration."""
        path = self.home / "assayd.toml"
        head, body = path.read_text().split(f"[{section}]\n")
        for key, value in values.items():
            body = re.sub(rf"^{key} = .*?( +#.*)?$", f"{key} = {json.dumps(value)}", body, count=1, flags=re.M)
        path.write_text(f"{head}[{section}]\n{body}")

    def start(self):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen([self.assayd, "start", "--home", os.fspath(self.home)], stdout=subprocess.PIPE, stderr=log)

    def wait_ready(self):
        end, seen = time.monotonic() + READY_SECONDS, b""
        pipe = self.process.stdout.fileno()
        while b"\n" not in seen:
            if time.monotonic() > end:
                raise ClusterFailed(f"{self.home.name} is not ready in {READY_SECONDS} s\n{self.tail()}")
            if select.select([pipe], [], [], 0.5)[0]:
                part = os.read(pipe, 65536)
                if not part:
                    raise ClusterFailed(f"{self.home.name} ended with {self.process.wait()}\n{self.tail()}")
                seen += part
        self.port = int(json.loads(seen.split(b"\n")[0])["rpc"][0].rsplit(":", 1)[1])

    def alive(self):
        return self.process is not None and self.process.poll() is None

    def kill(self):
        if self.alive():
            self.process.kill()
            self._ended()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self._ended()

    def pause(self):
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self):
        self.process.send_signal(signal.SIGCONT)

    def _ended(self):
        code = self.process.wait(STOP_SECONDS)
        self.process.stdout.close()
        return code

    def wipe(self):
        """Forgets the chain, and neither keys nor what was signed."""
        for name in ("data", "wal"):
            shutil.rmtree(self.home / name, ignore_errors=True)
        (self.home / "waiting_transactions").unlink(missing_ok=True)

    def comet(self, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.comet_port, timeout=30)
        connection.request("GET", path)
        reply = json.loads(connection.getresponse().read())
        connection.close()
        return reply["result"]

    def trust(self, source, height):
        """Lets an empty home begin with a snapshot, from the header that `source` has at this height."""
        header = source.comet(f"/commit?height={height}")["signed_header"]["commit"]["block_id"]["hash"]
        self.configure("state_sync", trust_height=height, trust_hash=header)

    def restored_height(self):
        """Of the snapshot that it began with last, from its log; None where there was none."""
        told = [line for line in self.log.read_text().splitlines() if "is in place" in line]
        return int(told[-1].split("after block ")[1].split()[0]) if told else None

    def height(self):
        return int(Http(self.port).call("eth_blockNumber"), 16)

    def block(self, height):
        return Http(self.port).call("eth_getBlockByNumber", hex(height), False)

    def tail(self, lines=20):
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


class Cluster:
    def __init__(self, assayd, validators, settings=(), genesis=None):
        assayd = os.fspath(pathlib.Path(assayd).resolve())
        self.folder = tempfile.TemporaryDirectory(prefix="assay-cluster-")
        self.links = Links()
        root = pathlib.Path(self.folder.name)
        self.nodes = [Node(assayd, root / f"node{i}") for i in range(validators)]
        self._prepare(root, settings, genesis or {})

    def _prepare(self, root, settings, changes):
        """`settings`: (section, {key: value}) for every home; `changes`: {module: {parameter: value}} of the genesis."""
        genesis, ids = root / "genesis.json", []
        lone = Node(self.nodes[0].assayd, root / "devnet")
        lone.command("init", "--home", os.fspath(lone.home))
        document = json.loads((lone.home / "genesis.json").read_text())
        document["validators"] = []
        for module, values in changes.items():
            assert values.keys() <= document["modules"][module].keys(), values
            document["modules"][module].update(values)
        for node in self.nodes:
            told = node.command("init", "--home", os.fspath(node.home), "--genesis", "later")
            ids.append(re.search(r"node id: (\w+)", told)[1])
            document["validators"].append(json.loads(node.command("genesis", "entry", "--home", os.fspath(node.home))))
        genesis.write_text(json.dumps(document))
        self.nodes[0].command("genesis", "check", "--file", os.fspath(genesis))
        ports = [free_port() for _ in self.nodes]
        for i, node in enumerate(self.nodes):
            shutil.copy(genesis, node.home / "genesis.json")
            peers = [f"{ids[j]}@127.0.0.1:{self.links.add((i, j), ports[j])}" for j in range(len(self.nodes)) if j != i]
            node.configure("rpc", port=0)
            node.metrics_port, node.comet_port = free_port(), free_port()
            node.configure("metrics", port=node.metrics_port)
            node.configure("comet", port=node.comet_port)
            node.configure("p2p", address="127.0.0.1", port=ports[i], persistent_peers=peers)
            for section, values in settings:
                node.configure(section, **values)

    def start(self):
        for node in self.nodes:
            node.start()
        for node in self.nodes:
            node.wait_ready()

    def isolate(self, group):
        """Cuts every link between `group` and the others."""
        count = len(self.nodes)
        self.links.set_cut((i, j) for i in range(count) for j in range(count) if i != j and (i in group) != (j in group))

    def heal(self):
        self.links.set_cut(())

    def wait_height(self, height, seconds, nodes=None):
        """The heights once all have reached `height`; raises with all logs' ends when they do not."""
        end = time.monotonic() + seconds
        while True:
            heights = [node.height() for node in nodes or self.nodes]
            if min(heights) >= height:
                return heights
            if time.monotonic() > end:
                logs = "\n".join(f"{node.home.name}:\n{node.tail()}" for node in self.nodes)
                raise ClusterFailed(f"heights {heights} after {seconds} s, wanted {height}\n{logs}")
            time.sleep(0.05)

    def close(self):
        for node in self.nodes:
            node.kill()
        self.links.close()
        self.folder.cleanup()

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.close()
