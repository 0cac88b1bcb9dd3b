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
      name: "3DES-ECB",
      mode: new (options: { cipher: BlockMode["cipher"] }) => BlockMode,
    ) => Algorithm;
  };
  export default des;
}

declare module "node-forge/lib/rc2.js" {
  interface ByteBuffer {
    length(): number;
    /** Takes octets from the front, as one character each. */
    getBytes(count?: number): string;
    putBytes(octets: string): ByteBuffer;
  }
  interface Cipher {
    readonly output: ByteBuffer;
    start(iv: string, output: ByteBuffer | null): void;
    update(input: ByteBuffer): void;
  }
  const rc2: {
    /** `expandKey` reads a string too; its result, the expanded key, is a ByteBuffer. */
    expandKey(key: string, effectiveKeyBits: number): ByteBuffer;
    createDecryptionCipher(key: string, effectiveKeyBits: number): Cipher;
    createEncryptionCipher(key: string, effectiveKeyBits: number): Cipher;
  };
  export default rc2;
}
