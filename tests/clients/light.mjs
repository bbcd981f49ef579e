// A light client of its own: headers, sets and commits by the specification, without the node's code.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { secp256k1 } from "@noble/curves/secp256k1.js";
import { ask, makeBlocks } from "./comet_calls.mjs";
import { eventually } from "./network.mjs";

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();
const address = (key) => createHash("ripemd160").update(sha256(key)).digest("hex").toUpperCase();
const upper = (bytes) => bytes.toString("hex").toUpperCase();

// --- protobuf ---
function varint(value) {
  const bytes = [];
  for (let left = BigInt.asUintN(64, BigInt(value)); ; left >>= 7n) {
    if (left < 128n) return Buffer.from([...bytes, Number(left)]);
    bytes.push(Number(left & 127n) | 128);
  }
}
const number = (field, value) => BigInt(value) === 0n ? Buffer.alloc(0) : Buffer.concat([varint(field << 3), varint(value)]);
const fixed64 = (field, value) => {
  if (BigInt(value) === 0n) return Buffer.alloc(0);
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(BigInt(value));
  return Buffer.concat([varint(field << 3 | 1), bytes]);
};
const always = (field, data) => Buffer.concat([varint(field << 3 | 2), varint(data.length), data]);
const bytes = (field, data) => data.length === 0 ? Buffer.alloc(0) : always(field, data);

function timestamp(text) {
  const [, day, clock, fraction = ""] = /^(.+)T([^.Z]+)(?:\.(\d+))?Z$/.exec(text);
  const seconds = BigInt(Date.parse(`${day}T${clock}Z`)) / 1000n;
  return Buffer.concat([number(1, seconds), number(2, Number(fraction.padEnd(9, "0")))]);
}
function blockId({ hash, parts }) {
  const set = Buffer.concat([number(1, parts.total), bytes(2, Buffer.from(parts.hash, "hex"))]);
  return Buffer.concat([bytes(1, Buffer.from(hash, "hex")), always(2, set)]);
}

// --- RFC 6962 ---
function root(leaves) {
  if (leaves.length === 0) return sha256("");
  if (leaves.length === 1) return sha256(Buffer.from([0]), leaves[0]);
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return sha256(Buffer.from([1]), root(leaves.slice(0, split)), root(leaves.slice(split)));
}

const wrapped = (text) => bytes(1, Buffer.from(text, "hex"));
function headerHash(header) {
  const version = Buffer.concat([number(1, header.version.block), number(2, header.version.app ?? 0)]);
  return upper(root([version, bytes(1, Buffer.from(header.chain_id)), number(1, header.height), timestamp(header.time),
    blockId(header.last_block_id), wrapped(header.last_commit_hash), wrapped(header.data_hash),
    wrapped(header.validators_hash), wrapped(header.next_validators_hash), wrapped(header.consensus_hash),
    wrapped(header.app_hash), wrapped(header.last_results_hash), wrapped(header.evidence_hash),
    wrapped(header.proposer_address)]));
}

const keyOf = ({ pub_key: { type, value } }) => {
  assert.equal(type, "tendermint/PubKeySecp256k1");
  return Buffer.from(value, "base64");
};
function setHash(validators) {
  return upper(root(validators.map((validator) =>
    Buffer.concat([always(1, bytes(2, keyOf(validator))), number(2, validator.voting_power)]))));
}
function commitHash({ signatures }) {
  return upper(root(signatures.map(({ block_id_flag, validator_address, timestamp: time, signature }) =>
    Buffer.concat([number(1, block_id_flag), bytes(2, Buffer.from(validator_address, "hex")), always(3, timestamp(time)),
      bytes(4, Buffer.from(signature ?? "", "base64"))]))));
}

// --- commits ---
function signBytes(chain, commit, signature) {
  const voted = signature.block_id_flag === 2 ? always(4, blockId(commit.block_id)) : Buffer.alloc(0);
  const vote = Buffer.concat([number(1, 2), fixed64(2, commit.height), fixed64(3, commit.round), voted,
    always(5, timestamp(signature.timestamp)), bytes(6, Buffer.from(chain))]);
  return Buffer.concat([varint(vote.length), vote]);
}
function holds(chain, commit, signature, validator) {
  return secp256k1.verify(Buffer.from(signature.signature, "base64"), sha256(signBytes(chain, commit, signature)),
    keyOf(validator), { prehash: false, lowS: true });
}
const total = (validators) => validators.reduce((sum, { voting_power }) => sum + BigInt(voting_power), 0n);

// The power of those in `validators` whose votes for the block hold. Every vote present is checked.
function tally({ header, commit }, validators, inOrder) {
  let power = 0n;
  commit.signatures.forEach((signature, index) => {
    if (signature.block_id_flag === 1) return;
    const validator = inOrder ? validators[index] : validators.find((one) => one.address === signature.validator_address);
    if (!validator) return;
    assert.equal(validator.address, signature.validator_address);
    assert.ok(holds(header.chain_id, commit, signature, validator), `signature ${index} of ${header.height}`);
    if (signature.block_id_flag === 2) power += BigInt(validator.voting_power);
  });
  return power;
}

async function lightBlock(height) {
  const { signed_header: signed, canonical } = await ask("commit", { height: String(height) });
  const validators = [];
  for (let page = 1; ; ++page) {
    const part = await ask("validators", { height: String(height), page: String(page), per_page: "3" });
    validators.push(...part.validators);
    if (validators.length >= Number(part.total)) return { ...signed, validators, canonical };
  }
}

// What is true of a light block alone: hashes, order of the set, and two thirds of its power.
function checkAlone({ header, commit, validators }) {
  assert.equal(headerHash(header), commit.block_id.hash);
  assert.equal(commit.height, header.height);
  assert.equal(setHash(validators), header.validators_hash);
  assert.equal(commit.signatures.length, validators.length);
  validators.forEach((validator) => assert.equal(address(keyOf(validator)), validator.address));
  assert.ok(tally({ header, commit }, validators, true) * 3n > total(validators) * 2n, "more than two thirds");
}
function checkNext(trusted, next) {
  checkAlone(next);
  assert.equal(next.header.validators_hash, trusted.header.next_validators_hash);
  assert.equal(next.header.last_block_id.hash, trusted.commit.block_id.hash);
  assert.ok(Buffer.compare(timestamp(next.header.time), timestamp(trusted.header.time)) !== 0);
}
function checkSkipping(trusted, target) {
  checkAlone(target);
  assert.ok(tally(target, trusted.validators, false) * 3n > total(trusted.validators), "a third of the trusted set");
}

await makeBlocks(20);
const newest = await eventually("twenty blocks", async () => {
  const { sync_info: { latest_block_height: height } } = await ask("status");
  return Number(height) > 20 && Number(height) - 1;
});

test("every block follows from the one before (sequential)", async (context) => {
  let trusted = await lightBlock(1);
  checkAlone(trusted);
  let signatures = trusted.validators.length;
  for (let height = 2; height <= newest; ++height) {
    const next = await lightBlock(height);
    checkNext(trusted, next);
    assert.equal(next.canonical, true);
    signatures += next.commit.signatures.filter(({ block_id_flag }) => block_id_flag !== 1).length;
    trusted = next;
  }
  context.diagnostic(`${newest} heights, ${trusted.validators.length} validators, ${signatures} signatures`);
});

test("the newest block follows from the first (skipping, trust level 1/3)", async () => {
  checkSkipping(await lightBlock(1), await lightBlock(newest));
});

test("blocks contain what their headers hash", async () => {
  for (let height = 1; height <= newest; ++height) {
    const { block, block_id } = await ask("block", { height: String(height) });
    assert.equal(headerHash(block.header), block_id.hash);
    const txs = block.data.txs.map((tx) => Buffer.from(tx, "base64"));
    assert.equal(upper(root(txs.map((tx) => sha256(tx)))), block.header.data_hash);
    assert.equal(commitHash(block.last_commit), block.header.last_commit_hash);
    const { txs_results: results, app_hash: after } = await ask("block_results", { height: String(height) });
    const leaves = (results ?? []).map(({ code, data, gas_wanted, gas_used }) =>
      Buffer.concat([number(1, code), bytes(2, Buffer.from(data ?? "", "base64")), number(5, gas_wanted), number(6, gas_used)]));
    assert.equal(leaves.length, txs.length);
    const { block: above } = await ask("block", { height: String(height + 1) });
    assert.equal(upper(root(leaves)), above.header.last_results_hash);
    assert.equal(upper(Buffer.from(after, "base64")), above.header.app_hash);
  }
});

test("forgeries are seen", async () => {
  const good = await lightBlock(newest);
  const forged = (change) => {
    const copy = structuredClone(good);
    change(copy);
    assert.throws(() => checkAlone(copy));
  };
  forged(({ header }) => { header.app_hash = header.data_hash; });
  forged(({ header }) => { header.time = "2030-01-01T00:00:00Z"; });
  forged(({ validators }) => { validators[0].voting_power = "1000000"; });
  forged(({ commit }) => { commit.round += 1; });
  forged(({ commit }) => { commit.signatures.forEach((signature) => { signature.timestamp = "2030-01-01T00:00:00Z"; }); });
  forged(({ commit }) => { commit.signatures.forEach((signature) => { signature.block_id_flag = 1; }); });
});
