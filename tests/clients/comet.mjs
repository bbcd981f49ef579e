// @cosmjs/tendermint-rpc's Comet38Client over HTTP and WebSocket, and URIs as curl asks them.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, test } from "node:test";
import { Comet38Client, connectComet, WebsocketClient } from "@cosmjs/tendermint-rpc";
import { ethers } from "ethers";
import { chainId, comet, eventually, keys, modules, rpc } from "./network.mjs";

const client = await Comet38Client.connect(comet);
const wallet = new ethers.Wallet(keys[4]);
const provider = new ethers.JsonRpcProvider(rpc, chainId, { staticNetwork: true });
const to = ethers.Wallet.createRandom().address;
const sha256 = (data) => createHash("sha256").update(data).digest();
const hex = (bytes) => Buffer.from(bytes).toString("hex").toUpperCase();
after(() => provider.destroy());

let nonce = await provider.getTransactionCount(wallet.address);
async function signed(fields = {}) {
  const raw = await wallet.signTransaction({ type: 2, chainId, nonce: nonce++, to, value: 1n, gasLimit: 60_000n,
    maxFeePerGas: 2_000_000_000n, maxPriorityFeePerGas: 1n, ...fields });
  return Buffer.from(ethers.getBytes(raw));
}
const ask = async (path) => {
  const reply = await fetch(comet + path);
  return { status: reply.status, ...await reply.json() };
};

test("is taken for CometBFT 0.38", async () => {
  await client.broadcastTxCommit({ tx: await signed() });
  const chosen = await connectComet(comet);
  assert.ok(chosen instanceof Comet38Client);
  const { nodeInfo, syncInfo, validatorInfo } = await client.status();
  assert.ok(nodeInfo.version.startsWith("0.38."));
  assert.equal(nodeInfo.network, `assay-${chainId}-1`);
  assert.equal(nodeInfo.other.get("tx_index"), "on");
  assert.equal(syncInfo.catchingUp, false);
  assert.equal(syncInfo.earliestBlockHeight, 1);
  assert.equal(validatorInfo.pubkey.algorithm, "secp256k1");
  assert.ok(validatorInfo.votingPower > 0n);
  assert.equal(await client.health(), null);
});

test("reads blocks, headers and results that agree", async () => {
  const raw = await signed();
  const sent = await client.broadcastTxCommit({ tx: raw });
  assert.equal(sent.txResult.code, 0);
  const { block, blockId } = await client.block(sent.height);
  assert.ok(block.txs.some((tx) => Buffer.compare(tx, raw) === 0));
  assert.equal(block.header.chainId, `assay-${chainId}-1`);
  const results = await client.blockResults(sent.height);
  assert.equal(results.results.length, block.txs.length);
  const index = block.txs.findIndex((tx) => Buffer.compare(tx, raw) === 0);
  assert.equal(results.results[index].gasWanted, 60_000n);
  assert.ok(results.results[index].events.some(({ type }) => type === "log"));
  const { blockMetas, lastHeight } = await client.blockchain(1, sent.height);
  assert.ok(lastHeight >= sent.height);
  assert.equal(hex(blockMetas[0].blockId.hash), hex(blockId.hash));
  assert.equal(blockMetas[0].numTxs, block.txs.length);
  const found = await client.blockSearch({ query: `block.height = ${sent.height}` });
  assert.equal(found.totalCount, 1);
  assert.equal(hex(found.blocks[0].blockId.hash), hex(blockId.hash));
});

test("commits are canonical below the newest height", async () => {
  const sent = await client.broadcastTxCommit({ tx: await signed() });
  await client.broadcastTxCommit({ tx: await signed() });
  const commit = await client.commit(sent.height);
  assert.equal(commit.canonical, true);
  const { blockId } = await client.block(sent.height);
  assert.equal(hex(commit.commit.blockId.hash), hex(blockId.hash));
  assert.ok(commit.commit.signatures.length > 0);
});

test("reads validators, genesis and the application's state", async () => {
  const { validators, total } = await client.validatorsAll(1);
  assert.equal(validators.length, total);
  for (const { pubkey, address } of validators) {
    assert.equal(pubkey.data.length, 33);
    assert.equal(hex(createHash("ripemd160").update(sha256(pubkey.data)).digest()), hex(address));
  }
  const genesis = await client.genesis();
  assert.equal(genesis.validators.length, total);
  assert.equal(genesis.appState.chainId, String(chainId));
  const info = await client.abciInfo();
  assert.equal(info.data, "assay");
  assert.ok(info.lastBlockHeight > 0);
  const missing = await client.abciQuery({ path: "/store", data: Buffer.from("nothing here"), prove: true });
  assert.equal(missing.code, 0);
  assert.equal(missing.value.length, 0);
  assert.equal(missing.proof.ops[0].type, "ics23:smt");
  assert.equal((await client.abciQuery({ path: "/nowhere", data: new Uint8Array([1]) })).code, 1);
});

test("sends transactions three ways and finds them by hash", async () => {
  const one = await signed();
  const sync = await client.broadcastTxSync({ tx: one });
  assert.equal(sync.code, 0);
  assert.equal(hex(sync.hash), hex(sha256(one)));
  const two = await signed();
  assert.equal(hex((await client.broadcastTxAsync({ tx: two })).hash), hex(sha256(two)));
  const committed = await client.broadcastTxCommit({ tx: await signed() });
  assert.equal(committed.checkTx.code, 0);
  for (const raw of [one, two]) {
    const found = await client.tx({ hash: sha256(raw), prove: true });
    assert.equal(found.result.code, 0);
    assert.equal(hex(found.tx), hex(raw));
    const { block } = await client.block(found.height);
    assert.equal(hex(found.proof.rootHash), hex(block.header.dataHash));
    const search = await client.txSearch({ query: `tx.hash='${hex(sha256(raw))}'` });
    assert.equal(search.totalCount, 1);
  }
  const here = await client.txSearch({ query: `tx.height=${committed.height}` });
  assert.ok(here.txs.some(({ hash }) => hex(hash) === hex(committed.hash)));
});

test("names what it refuses", async () => {
  const spent = await client.broadcastTxSync({ tx: await signed({ nonce: 0 }) });
  nonce -= 1;
  assert.notEqual(spent.code, 0);
  assert.match(spent.log, /^nonce too low: next nonce \d+, tx nonce 0$/);
  const { address, abi } = modules.bank;
  const data = new ethers.Interface(abi).encodeFunctionData("transfer", [to, 0n]);
  const refused = await client.broadcastTxSync({ tx: await signed({ to: address, value: 0n, data }) });
  nonce -= 1;
  assert.equal(refused.code, 110);
  await assert.rejects(client.tx({ hash: sha256("nothing") }), /not found/);
  await assert.rejects(client.block(1_000_000), /must be less than or equal to the current blockchain height/);
  await assert.rejects(client.txSearch({ query: "transfer.sender='a' OR" }), /AND/);
});

test("answers URIs", async () => {
  const status = await ask("/status");
  assert.equal(status.id, -1);
  const latest = Number(status.result.sync_info.latest_block_height);
  assert.ok(latest > 0);
  const block = await ask("/block?height=1");
  assert.equal(block.result.block.header.height, "1");
  const hash = block.result.block_id.hash;
  assert.equal((await ask(`/block_by_hash?hash=0x${hash}`)).result.block.header.height, "1");
  assert.equal((await ask(`/header_by_hash?hash=0x${hash}`)).result.header.height, "1");
  assert.equal((await ask("/block?height=%221%22")).result.block_id.hash, hash);
  assert.deepEqual((await ask("/header_by_hash?hash=0x00")).result, { header: null });
  const beyond = await ask(`/block?height=${latest + 1000}`);
  assert.deepEqual([beyond.status, beyond.error.code, beyond.error.message], [500, -32603, "Internal error"]);
  const wrong = await ask("/block?height=0xaa");
  assert.deepEqual([wrong.error.code, wrong.error.message], [-32602, "Invalid params"]);
  assert.match(wrong.error.data, /got a hex string arg, but expected 'int64'/);
  assert.equal((await fetch(`${comet}/nothing`)).status, 404);
  const page = await ask("/validators?height=1&page=1&per_page=1");
  assert.equal(page.result.count, "1");
  assert.match((await ask("/validators?height=1&page=1000")).error.data, /page should be within \[1, 1\] range, given 1000/);
  const raw = await signed();
  const sent = await ask(`/broadcast_tx_commit?tx=0x${raw.toString("hex")}`);
  assert.equal(sent.result.tx_result.code, 0);
  assert.equal((await ask(`/tx?hash=0x${hex(sha256(raw))}&prove=true`)).result.height, sent.result.height);
  assert.equal((await ask("/num_unconfirmed_txs")).result.txs, null);
  assert.ok(Array.isArray((await ask("/unconfirmed_txs?limit=5")).result.txs));
  assert.equal(JSON.parse(Buffer.from((await ask("/genesis_chunked")).result.data, "base64")).chain_id, `assay-${chainId}-1`);
  assert.equal((await ask("/consensus_params")).result.consensus_params.validator.pub_key_types[0], "secp256k1");
  assert.match((await ask("/consensus_state")).result.round_state["height/round/step"], /^\d+\/0\/1$/);
});

test("tells subscribers of blocks, headers and transactions", async () => {
  const socket = new WebsocketClient(comet.replace("http", "ws"));
  const listener = Comet38Client.create(socket);
  const blocks = [];
  const headers = [];
  const txs = [];
  const failed = [];
  const listen = (stream, list) => stream.addListener({ next: (value) => list.push(value), error: (error) => failed.push(error) });
  listen(listener.subscribeNewBlock(), blocks);
  listen(listener.subscribeNewBlockHeader(), headers);
  listen(listener.subscribeTx(), txs);
  await listener.health();
  const raw = await signed();
  const { height } = await client.broadcastTxCommit({ tx: raw });
  const tx = await eventually("the transaction", () => txs.find(({ hash }) => hex(hash) === hex(sha256(raw))));
  assert.equal(tx.height, height);
  await eventually("its block", () => blocks.find(({ header }) => header.height === height));
  await eventually("its header", () => headers.find((header) => header.height === height));
  assert.deepEqual(failed, []);
  listener.disconnect();
  clearTimeout(socket.socket.reconnectTimeout);  // CosmJS connects again 100 ms after disconnect()
});
