// CometBFT's own RPC client, types and light client, in Go, against a chain with transactions.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { makeBlocks } from "./comet_calls.mjs";

test("CometBFT reads, verifies and follows the chain", async (context) => {
  await makeBlocks(20);
  const done = spawnSync(process.env.ASSAY_GO, ["run", "."], { cwd: "cometbft", encoding: "utf8" });
  assert.equal(done.status, 0, `${done.error ?? ""}${done.stderr}`);
  context.diagnostic(done.stdout.trim());
});
