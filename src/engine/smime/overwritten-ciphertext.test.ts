import { describe, expect, it } from "vitest";
import { certificate } from "../../testing/certificate-builder.ts";
import { envelope } from "../../testing/envelope-builder.ts";
import {
  bytesOf,
  HEADER,
  identityOf,
  lines,
  open,
  opaque,
  ROOT,
  textEntity,
  textOf,
} from "../../testing/mail-builder.ts";
import type { Identity } from "./identity.ts";

const BOB = certificate().subject("CN=Bob").email("bob@example.com").key("rsa-2048").issuedBy(ROOT).build();
const MALLORY = certificate().subject("CN=Mallory").key("rsa-2048").issuedBy(ROOT).build();
const bob = await identityOf(BOB);
// Longer than what is decrypted at once, so that the first part is written before the last is read.
const TEXT = textEntity("Meet me at noon.\r\n".repeat(40_000));
const cms = envelope({ content: TEXT, recipient: BOB });

async function opened(message: Uint8Array, identities: readonly Identity[] = [bob]): Promise<boolean> {
  const { content } = await open(message, { identities });
  return content !== null && textOf(content.bytes) === textOf(TEXT);
}

describe("a content that takes the place of its ciphertext", () => {
  it("is the same content", async () => {
    expect(await opened(opaque(cms))).toBe(true);
  });

  it("leaves what was handed in as it was, in whatever form it stands there", async () => {
    const head = lines(...HEADER, "Content-Type: application/pkcs7-mime", "Content-Transfer-Encoding: binary", "", "");
    for (const message of [cms, opaque(cms), bytesOf(head + textOf(cms))]) {
      const before = message.slice();
      expect(await opened(message)).toBe(true);
      expect(Buffer.compare(message, before)).toBe(0);
    }
  });

  it("waits while another key is left to be tried, since a wrong one gives no error before the end", async () => {
    const wrong = { ...bob, key: (await identityOf(MALLORY)).key };
    expect(await opened(opaque(cms), [wrong, bob])).toBe(true);
  });
});
