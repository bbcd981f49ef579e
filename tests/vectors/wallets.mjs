// Owns the wallet vectors: mnemonics to accounts (BIP-39, BIP-32, BIP-44) and keystore files.
import {
  HDNodeWallet,
  Mnemonic,
  Wallet,
  decryptKeystoreJsonSync,
  encryptKeystoreJsonSync,
} from 'ethers';
import { mnemonicToAccount } from 'viem/accounts';

import { Random } from './random.mjs';

// The PBKDF2 file of the Web3 Secret Storage definition: ethers reads that form, never writes it.
const publishedKeystore = {
  password: 'testpassword',
  privateKey: '0x7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d',
  address: '0x008aeeda4d805471df9b2a5b0f38a0c3bcba786b',
  file: {
    crypto: {
      cipher: 'aes-128-ctr',
      cipherparams: { iv: '6087dab2f9fdbbfaddc31a909735c1e6' },
      ciphertext: '5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46',
      kdf: 'pbkdf2',
      kdfparams: {
        c: 262144,
        dklen: 32,
        prf: 'hmac-sha256',
        salt: 'ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd',
      },
      mac: '517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2',
    },
    id: '3198bc9c-6672-5ab3-d995-4942343ae5b6',
    version: 3,
  },
};

export function bip44(count) {
  const random = new Random('bip44');
  return Array.from({ length: count }, (_, i) => {
    const passphrase = i % 3 === 0 ? random.text() : '';
    const mnemonic = Mnemonic.fromEntropy(random.hex([16, 20, 24, 28, 32][i % 5]), passphrase);
    const accounts = [0, 1, random.below(2 ** 31)].map((index) => {
      const path = `m/44'/60'/0'/0/${index}`;
      const { address, privateKey } = HDNodeWallet.fromMnemonic(mnemonic, path);
      if (passphrase === '' && mnemonicToAccount(mnemonic.phrase, { path }).address !== address)
        throw new Error(`ethers and viem disagree about ${path}`);
      return { path, address: address.toLowerCase(), privateKey };
    });
    return {
      entropy: mnemonic.entropy,
      mnemonic: mnemonic.phrase,
      passphrase,
      seed: mnemonic.computeSeed(),
      accounts,
    };
  });
}

export function keystores(count) {
  const random = new Random('keystore');
  const written = Array.from({ length: count - 1 }, () => {
    const wallet = new Wallet(random.hex(32));
    const password = random.text();
    const scrypt = {
      N: random.pick([2, 256, 1024]),
      r: random.pick([1, 8]),
      p: random.pick([1, 2]),
    };
    const text = encryptKeystoreJsonSync(
      { address: wallet.address, privateKey: wallet.privateKey },
      password,
      { scrypt, iv: random.hex(16), salt: random.hex(32), uuid: random.hex(16) },
    );
    return {
      password,
      privateKey: wallet.privateKey,
      address: wallet.address.toLowerCase(),
      file: JSON.parse(text),
    };
  });
  const cases = [publishedKeystore, ...written];
  for (const { file, password, privateKey } of cases)
    if (decryptKeystoreJsonSync(JSON.stringify(file), password).privateKey !== privateKey)
      throw new Error(`keystore ${file.id} does not open`);
  return cases;
}
