// A dapp on web3 4: contract methods, past events, subscriptions and decoded refusals.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Web3 } from "web3";
import { chainId, eventually, keys, modules, rpc, ws } from "./network.mjs";
import { orderOf, submissionOf, terms } from "./work.mjs";

const web3 = new Web3(rpc);
const socket = new Web3(ws);
web3.eth.transactionPollingInterval = 100;
web3.eth.wallet.add(keys[4]).add(keys[5]);
const [alice, bob] = [4, 5].map((index) => web3.eth.accounts.privateKeyToAccount(keys[index]).address);
const bank = new web3.eth.Contract(modules.bank.abi, modules.bank.address);

after(() => socket.provider.disconnect());

test("connects and sees the chain", async () => {
  assert.equal(await web3.eth.getChainId(), BigInt(chainId));
  assert.equal(await web3.eth.net.getId(), BigInt(chainId));
  assert.equal(await web3.eth.net.isListening(), true);
  assert.equal(await web3.eth.isSyncing(), false);
  const block = await web3.eth.getBlock("latest", true);
  assert.equal(block.number, (await web3.eth.getBlock(block.hash)).number);
});

test("reads balances as the account's and as the token's", async () => {
  const balance = await web3.eth.getBalance(bob);
  assert.equal(web3.utils.fromWei(balance, "ether"), "1000000");
  assert.equal(await bank.methods.balanceOf(bob).call(), balance);
  assert.equal(await bank.methods.symbol().call(), "ASSAY");
});

test("sends native tokens and waits for the receipt", async () => {
  const stranger = web3.eth.accounts.create().address;
  const receipt = await web3.eth.sendTransaction({ from: alice, to: stranger, value: web3.utils.toWei("2", "ether") });
  assert.equal(receipt.status, 1n);
  assert.equal(await web3.eth.getBalance(stranger), 2n * 10n ** 18n);
  const found = await web3.eth.getTransaction(receipt.transactionHash);
  assert.equal(found.blockHash, receipt.blockHash);
  assert.equal(found.type, 2n);
});

test("calls the token and reads the event by ABI", async () => {
  const call = bank.methods.transfer(bob, 6);
  const receipt = await call.send({ from: alice, gas: String(await call.estimateGas({ from: alice })) });
  const events = [receipt.events.Transfer].flat();
  assert.ok(events.some(({ returnValues }) => returnValues.to === bob && returnValues.value === 6n));
  const past = await bank.getPastEvents("Transfer", { filter: { from: alice, to: bob }, fromBlock: receipt.blockNumber });
  assert.deepEqual(past.map(({ returnValues }) => returnValues.value), [6n]);
});

test("decodes a refusal", async () => {
  await assert.rejects(bank.methods.transfer(bob, 0).call({ from: alice }), ({ innerError }) => {
    assert.equal(innerError.errorName, "Refused");
    assert.equal(innerError.errorArgs.code, 110n);
    assert.equal(innerError.errorArgs.name, "amount_zero");
    return true;
  });
});

test("names a wrong nonce", async () => {
  const nonce = await web3.eth.getTransactionCount(alice);
  await web3.eth.sendTransaction({ from: alice, to: bob, value: 1, nonce });
  assert.equal(await web3.eth.getTransactionCount(alice), nonce + 1n);
  await assert.rejects(web3.eth.sendTransaction({ from: alice, to: bob, value: 1, nonce }),
    (error) => /nonce too low/.test(`${error.message} ${error.cause?.message} ${JSON.stringify(error.innerError ?? "")}`));
});

test("accepts every envelope a wallet signs", async () => {
  const gasPrice = await web3.eth.getGasPrice();
  const accessList = [{ address: bob, storageKeys: [] }];
  for (const fields of [{ type: 0, gasPrice }, { type: 1, gasPrice, accessList }, { type: 2, accessList }]) {
    const receipt = await web3.eth.sendTransaction({ from: alice, to: bob, value: 1, gas: 30_000, ...fields });
    assert.equal(receipt.status, 1n);
    assert.equal((await web3.eth.getTransaction(receipt.transactionHash)).type, BigInt(fields.type));
  }
});

test("hears of blocks and logs over WebSocket", async () => {
  const heights = [];
  const logs = [];
  const heads = await socket.eth.subscribe("newHeads");
  heads.on("data", ({ number }) => heights.push(number));
  const heard = new socket.eth.Contract(modules.bank.abi, modules.bank.address).events.Transfer({ filter: { to: bob } });
  heard.on("data", (log) => logs.push(log));
  await eventually("a first block", () => heights.length > 0);
  const receipt = await bank.methods.transfer(bob, 55).send({ from: alice });
  const log = await eventually("the transfer", () => logs.find(({ returnValues }) => returnValues.value === 55n));
  assert.equal(log.transactionHash, receipt.transactionHash);
  await eventually("its block", () => heights.includes(receipt.blockNumber));
  await heads.unsubscribe();
});

test("trades on the market: order, commitment, reveal", async () => {
  const market = new web3.eth.Contract(modules.market.abi, modules.market.address);
  const send = async (from, call, value = 0n) =>
    (await call.send({ from, value: String(value), gas: String(await call.estimateGas({ from, value: String(value) })) })).events;

  const { timestamp } = await web3.eth.getBlock("latest");
  const order = orderOf(timestamp + (await market.methods.getMarketParams().call()).minOrderS + 60n);
  const value = await market.methods.quotePostOrder(terms.itemQuota, terms.pricePerItem).call();
  await assert.rejects(market.methods.postOrder(...order).call({ from: alice }), ({ innerError }) => innerError.errorArgs.name === "wrong_value");
  const posted = (await send(alice, market.methods.postOrder(...order), value)).OrderPosted.returnValues;
  assert.equal(posted.buyer, alice);

  const made = submissionOf(["birds sing", "fish swim"], { chainId, order: posted.order, contributor: bob });
  const bond = await market.methods.quoteCommit(posted.order, made.itemCount).call();
  const committing = market.methods.commitSubmission(posted.order, made.itemCount, made.commitment);
  const committed = (await send(bob, committing, bond)).SubmissionCommitted.returnValues;
  assert.deepEqual([committed.contributor, committed.bond], [bob, bond]);

  const reveal = (salt) => [committed.submission, made.root, made.ciphertextRoot, made.keyHash, salt, "ipfs://work"];
  await assert.rejects(market.methods.revealSubmission(...reveal(made.root)).call({ from: bob }),
    ({ innerError }) => innerError.errorArgs.name === "commitment_mismatch");
  const revealed = (await send(bob, market.methods.revealSubmission(...reveal(made.salt)))).SubmissionRevealed.returnValues;
  assert.equal(revealed.root, made.root);

  assert.equal((await market.methods.getOrder(posted.order).call()).buyer, alice);
  assert.equal((await market.methods.getSubmission(committed.submission).call()).root, made.root);
  const past = await market.getPastEvents("SubmissionCommitted", { filter: { order: posted.order }, fromBlock: 0 });
  assert.deepEqual(past.map(({ returnValues }) => returnValues.submission), [committed.submission]);
});
