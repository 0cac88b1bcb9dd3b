import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { concatBytes } from "../bytes/concat.ts";
import type { Pieces } from "../bytes/pieces.ts";
import { CBC_CHUNK, cbcLength, decryptCbcChunks, encryptCbcChunks } from "./cbc-chunks.ts";

const KEY = new Uint8Array(randomBytes(32));
const IV = new Uint8Array(randomBytes(16));
const BLOCK = 16;
const SIZES = [CBC_CHUNK, 2 * CBC_CHUNK].flatMap((size) =>
  [-BLOCK - 1, -BLOCK, -BLOCK + 1, -1, 0, 1, BLOCK].map((more) => size + more),
);

function importKey(): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", KEY, "AES-CBC", false, ["encrypt", "decrypt"]);
}

async function all(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const read: Uint8Array[] = [];
  for await (const chunk of chunks) read.push(chunk);
  return concatBytes(...read);
}

function openssl(plaintext: Uint8Array, isPadded = true): Buffer {
  const cipher = createCipheriv("aes-256-cbc", KEY, IV).setAutoPadding(isPadded);
  return Buffer.concat([cipher.update(plaintext), cipher.final()]);
}

/** Cut where no chunk ends. */
function inPieces(bytes: Uint8Array): Pieces {
  const cuts = [0, 5, 5, 1000, CBC_CHUNK + 7, bytes.length].map((cut) => Math.min(cut, bytes.length));
  return cuts.slice(1).map((end, index) => bytes.subarray(cuts[index], end));
}

describe("AES-CBC in chunks", () => {
  it.each([0, 1, 15, 16, 17, ...SIZES])("writes %d octets as OpenSSL does, and reads them", async (size) => {
    const key = await importKey();
    const plaintext = new Uint8Array(randomBytes(size));
    const expected = openssl(plaintext);
    const written = await all(encryptCbcChunks(key, IV, inPieces(plaintext)));
    expect(Buffer.compare(written, expected)).toBe(0);
    expect(cbcLength(size)).toBe(expected.length);
    expect(Buffer.compare(await all(decryptCbcChunks(key, IV, expected)), plaintext)).toBe(0);
  });

  it("is read by OpenSSL", async () => {
    const plaintext = new Uint8Array(randomBytes(3 * CBC_CHUNK + 5));
    const written = await all(encryptCbcChunks(await importKey(), IV, [plaintext]));
    const decipher = createDecipheriv("aes-256-cbc", KEY, IV);
    expect(Buffer.compare(Buffer.concat([decipher.update(written), decipher.final()]), plaintext)).toBe(0);
  });

  it.each([0, CBC_CHUNK, CBC_CHUNK + BLOCK, 2 * CBC_CHUNK])(
    "refuses a wrong padding behind %d octets",
    async (size) => {
      const ciphertext = openssl(new Uint8Array(size + BLOCK), false);
      await expect(all(decryptCbcChunks(await importKey(), IV, ciphertext))).rejects.toThrow();
    },
  );

  it.each([0, 1, CBC_CHUNK + 1, 2 * CBC_CHUNK - 1])("refuses a ciphertext of %d octets", async (size) => {
    await expect(all(decryptCbcChunks(await importKey(), IV, new Uint8Array(size)))).rejects.toThrow();
  });
});
