/** The parts of node-forge that are used: the block functions of two ciphers that WebCrypto lacks. */

declare module "node-forge/lib/des.js" {
  /** Two words of 32 bits, big-endian. */
  type Block = number[] | Int32Array;
  interface BlockMode {
    readonly cipher: { encrypt(input: Block, output: Block): void; decrypt(input: Block, output: Block): void };
  }
  interface Algorithm {
    readonly mode: BlockMode;
    /** The key is a string of one character an octet. */
    initialize(options: { key: string }): void;
  }
  const des: {
    readonly Algorithm: new (
      name: "DES-ECB" | "3DES-ECB",
      mode: new (options: { cipher: BlockMode["cipher"] }) => BlockMode,
    ) => Algorithm;
  };
  export default des;
}

declare module "node-forge/lib/rc2.js" {
  /** Octets are strings of one character each. */
  interface Cipher {
    readonly output: { getBytes(): string };
    start(iv: string): void;
    /** Takes all that `getBytes` gives, and works on whole blocks. */
    update(input: { getBytes(): string }): void;
  }
  const rc2: { createDecryptionCipher(key: string, effectiveKeyBits: number): Cipher };
  export default rc2;
}
