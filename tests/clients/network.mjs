// Owns what every scenario shares: endpoints, ABIs as published by the node's CLI, test accounts.
import { readFileSync } from "node:fs";
import { HDNodeWallet, Mnemonic } from "ethers";

export const rpc = process.env.ASSAY_RPC;
export const ws = process.env.ASSAY_WS;
export const comet = process.env.ASSAY_COMET;
export const chainId = 31337;

const published = JSON.parse(readFileSync(process.env.ASSAY_ABI, "utf8")).modules;
export const modules = Object.fromEntries(published.map((module) => [module.name, module]));

const mnemonic = Mnemonic.fromPhrase("test test test test test test test test test test test junk");
export const keys = Array.from({ length: 10 }, (_, index) =>
  HDNodeWallet.fromMnemonic(mnemonic, `m/44'/60'/0'/0/${index}`).privateKey);

// Resolves when `read()` gives something truthy; an event that never comes fails the test by name.
export async function eventually(what, read, limitMs = 20_000) {
  const end = Date.now() + limitMs;
  for (;;) {
    const value = await read();
    if (value) return value;
    if (Date.now() > end) throw new Error(`${what}: not seen within ${limitMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
