/**
 * The part of the Web platform that the engine uses: WebCrypto's operations and the text codecs. Browsers and Node
 * have both as globals; nothing else of either is known here.
 */
interface CryptoKey {
  readonly type: "public" | "private" | "secret";
}
interface SubtleCrypto {
  digest(algorithm: string, data: Uint8Array): Promise<ArrayBuffer>;
  importKey(
    format: "raw" | "spki" | "pkcs8",
    keyData: Uint8Array,
    algorithm: object | string,
    extractable: boolean,
    usages: readonly string[],
  ): Promise<CryptoKey>;
  exportKey(format: "raw" | "spki" | "pkcs8", key: CryptoKey): Promise<ArrayBuffer>;
  generateKey(
    algorithm: object,
    extractable: boolean,
    usages: readonly string[],
  ): Promise<{ publicKey: CryptoKey; privateKey: CryptoKey }>;
  sign(algorithm: object | string, key: CryptoKey, data: Uint8Array): Promise<ArrayBuffer>;
  verify(algorithm: object | string, key: CryptoKey, signature: Uint8Array, data: Uint8Array): Promise<boolean>;
  encrypt(algorithm: object, key: CryptoKey, data: Uint8Array): Promise<ArrayBuffer>;
  decrypt(algorithm: object, key: CryptoKey, data: Uint8Array): Promise<ArrayBuffer>;
  deriveBits(algorithm: object, key: CryptoKey, length: number | null): Promise<ArrayBuffer>;
}
declare const crypto: {
  readonly subtle: SubtleCrypto;
  getRandomValues(array: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>;
};

declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  readonly encoding: string;
  decode(bytes?: Uint8Array, options?: { stream?: boolean }): string;
}

/** Only for its host parser, which is the platform's IDNA (UTS #46). */
declare class URL {
  constructor(url: string);
  readonly hostname: string;
}

/** Decompression, which gives its output in pieces. */
interface WritableStreamWriter {
  readonly ready: Promise<void>;
  readonly closed: Promise<void>;
  write(piece: Uint8Array): Promise<void>;
  close(): Promise<void>;
  abort(): Promise<void>;
}
interface ReadableStreamReader {
  /** `value` is missing at the end. */
  read(): Promise<{ readonly value?: Uint8Array }>;
  cancel(): Promise<void>;
}
declare class DecompressionStream {
  constructor(format: "deflate");
  readonly readable: { getReader(): ReadableStreamReader };
  readonly writable: { getWriter(): WritableStreamWriter };
}
