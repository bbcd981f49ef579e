// Owns bare calls of the CometBFT style RPC and blocks made through it.
import assert from "node:assert/strict";
import { ethers } from "ethers";
import { chainId, comet, keys, rpc } from "./network.mjs";

export async function ask(method, params = {}) {
  const reply = await fetch(comet, { method: "POST", headers: { "content-type": "application/json" },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }) });
  const { result, error } = await reply.json();
  if (error) throw new Error(`${method}: ${error.data}`);
  return result;
}

// Sends one transaction after another, each when a block has the one before.
export async function makeBlocks(count) {
  const provider = new ethers.JsonRpcProvider(rpc, chainId, { staticNetwork: true });
  const wallet = new ethers.Wallet(keys[5]);
  const to = ethers.Wallet.createRandom().address;
  const first = await provider.getTransactionCount(wallet.address);
  for (let i = 0; i < count; ++i) {
    const raw = await wallet.signTransaction({ type: 2, chainId, nonce: first + i, to, value: 1n, gasLimit: 60_000n,
      maxFeePerGas: 2_000_000_000n, maxPriorityFeePerGas: 1n });
    const sent = await ask("broadcast_tx_commit", { tx: Buffer.from(ethers.getBytes(raw)).toString("base64") });
    assert.deepEqual([sent.check_tx.code, sent.tx_result.code], [0, 0], JSON.stringify(sent));
  }
  provider.destroy();
}
