import fc from "fast-check";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { signedData } from "../../testing/cms-builder.ts";
import {
  ALICE,
  bytesOf,
  HEADER,
  identityOf,
  lines,
  open,
  opaque,
  signedMail,
  textEntity,
  textOf,
} from "../../testing/mail-builder.ts";
import { opensslCms } from "../../testing/openssl-cms.ts";
import { concatBytes } from "../bytes/concat.ts";
import { decodeTransfer } from "../mime/transfer-encoding.ts";
import { readCertificates } from "../x509/containers.ts";
import { trustAnchor } from "../x509/trust-anchor.ts";
import type { OpenedMessage } from "./open.ts";
import { signMessage } from "./protect.ts";

type Opener = (message: Uint8Array) => Promise<OpenedMessage>;

/** What a good message shows: its parts with canonical line ends; `null` where it is not good. */
async function shown(message: Uint8Array, opener: Opener): Promise<string | null> {
  try {
    const { verdict, parts } = await opener(message);
    if (!verdict.signature.startsWith("valid")) return null;
    const text = parts.map(({ entity }) => [
      entity.contentType.type,
      textOf(decodeTransfer(entity)),
      textOf(entity.headerBytes),
    ]);
    return JSON.stringify(text.map((texts) => texts.map((each) => each.replace(/\r?\n|\r/g, "\r\n"))));
  } catch {
    return null;
  }
}

/** Where the signed octets stand in a clear-signed message. */
function rangeOf(message: Uint8Array, part: string): readonly [number, number] {
  const start = textOf(message).indexOf(part);
  expect(start).toBeGreaterThan(0);
  return [start, start + part.length];
}

/**
 * An altered message that is still good has to show what was signed: line ends that were changed and canonicalise to
 * the same text, or what MIME ignores in the transfer encoding around the signature.
 */
async function expectUnchanged(message: Uint8Array, at: number, octet: number, expected: string, opener: Opener) {
  const altered = message.slice();
  altered[at] = octet;
  const found = await shown(altered, opener);
  if (found !== null && found !== expected) expect(found, `octet ${at} to ${octet}`).toBe(expected);
}

async function goodText(message: Uint8Array, opener: Opener = open): Promise<string> {
  const text = await shown(message, opener);
  if (text === null) throw new Error("the message is not good before it is altered");
  return text;
}

const TEXT = bytesOf(lines("Content-Type: text/plain; charset=utf-8", "", "Dear Bob,", "", "pay 100.", "-- ", "Alice"));
const alice = await identityOf(ALICE);
const mail = bytesOf(lines(...HEADER, "Content-Type: text/plain", "", "Dear Bob,", "pay 100.", ""));
const signing = { identity: alice, signingTime: new Date("2026-06-01T12:00:00Z") };

const oursClear = await signMessage(mail, { ...signing, form: "clear" });
const oursOpaque = await signMessage(mail, { ...signing, form: "opaque" });

function byOpenssl(...flags: readonly string[]): Uint8Array {
  const files = { "alice.pem": ALICE.pem, "alice.key": ALICE.privateKeyPem, entity: TEXT };
  const headers = ["-from", "alice@example.com", "-to", "bob@example.com", "-subject", "Practice"];
  const signed = opensslCms(
    ["-sign", "-in", "entity", "-signer", "alice.pem", "-inkey", "alice.key", ...flags, ...headers],
    files,
  );
  if (!signed) throw new Error("OpenSSL did not sign");
  return signed;
}

describe("attack 11: one octet of a signed message is altered", () => {
  it.each([
    ["by OpenSSL", byOpenssl()],
    ["by OpenSSL without attributes", byOpenssl("-noattr")],
    ["by us", oursClear],
    ["with LF line ends", bytesOf(textOf(byOpenssl()).replaceAll("\r\n", "\n"))],
  ])("clear, %s: every octet of its text", async (_name, message) => {
    const expected = await goodText(message);
    const { layers } = await open(message);
    const signed = textOf(layers[0]?.covered ?? message);
    const [start, end] = rangeOf(message, message.includes(0x0d) ? signed : signed.replaceAll("\r\n", "\n"));
    for (let at = start; at < end; at++) {
      const own = message[at] ?? 0;
      for (const octet of [own ^ 1, 0x0a, 0x0d]) await expectUnchanged(message, at, octet, expected, open);
    }
  });

  it.each([
    ["by OpenSSL", byOpenssl("-nodetach")],
    ["by us", oursOpaque],
    ["by a careful sender", opaque(signedData({ content: TEXT, eContent: "attached", signers: [{ signer: ALICE }] }))],
  ])("opaque, %s: octets all over its body", async (_name, message) => {
    const expected = await goodText(message);
    const start = textOf(message).search(/\r?\n\r?\n/);
    for (let at = start; at < message.length; at += 4) {
      await expectUnchanged(message, at, (message[at] ?? 0) ^ 1, expected, open);
    }
  });

  it("opaque: every octet of the CMS object", async () => {
    const cms = signedData({ content: TEXT, eContent: "attached", signers: [{ signer: ALICE }] });
    const expected = await goodText(opaque(cms));
    for (let at = 0; at < cms.length; at++) await expectUnchanged(cms, at, (cms[at] ?? 0) ^ 1, expected, open);
  });

  it("clear: octets of a larger message, sampled", async () => {
    const large = textEntity(Array.from({ length: 2000 }, (_, i) => `line ${i}`).join("\r\n"));
    const message = signedMail(large);
    const expected = await goodText(message);
    const [start, end] = rangeOf(message, textOf(large));
    const spot = fc.record({ at: fc.integer({ min: start, max: end - 1 }), octet: fc.nat({ max: 255 }) });
    const property = fc.asyncProperty(spot, ({ at, octet }) => expectUnchanged(message, at, octet, expected, open));
    await fc.assert(property, { seed: 11, numRuns: 300 });
  });

  it("clear: pieces that are moved, doubled and taken out", async () => {
    const message = signedMail(TEXT);
    const expected = await goodText(message);
    const [start, end] = rangeOf(message, textOf(TEXT));
    const spot = fc.integer({ min: start, max: end });
    const property = fc.asyncProperty(spot, spot, spot, async (from, to, where) => {
      const [low, high] = [Math.min(from, to), Math.max(from, to)];
      const doubled = concatBytes(message.subarray(0, where), message.subarray(low, high), message.subarray(where));
      const taken = concatBytes(message.subarray(0, low), message.subarray(high));
      for (const altered of [doubled, taken]) expect([null, expected]).toContain(await shown(altered, open));
    });
    await fc.assert(property, { seed: 11, numRuns: 200 });
  });

  it("clear: line ends of any kind in place of each other", async () => {
    const message = signedMail(TEXT);
    const expected = await goodText(message);
    const [start, end] = rangeOf(message, textOf(TEXT));
    const pieces = textOf(message.subarray(start, end)).split("\r\n");
    const ends = fc.array(fc.constantFrom("\r\n", "\n", "\r", "\r\r\n", ""), {
      minLength: pieces.length,
      maxLength: pieces.length,
    });
    const property = fc.asyncProperty(ends, async (chosen) => {
      const text = pieces.map((piece, i) => piece + (i === pieces.length - 1 ? "" : (chosen[i] ?? ""))).join("");
      const altered = concatBytes(message.subarray(0, start), bytesOf(text), message.subarray(end));
      expect([null, expected]).toContain(await shown(altered, open));
    });
    await fc.assert(property, { seed: 11, numRuns: 300 });
  });
});

/** Thunderbird's test messages, where somebody unpacked them; nothing else needs them. */
const REAL = "/tmp/corpora-src/tb/comm/mailnews/test/data/smime";
const files = existsSync(REAL)
  ? readdirSync(REAL).filter((name) => /^alice\.d?sig\.SHA(256|384|512)\.(multipart|opaque)\.eml$/.test(name))
  : [];

describe.skipIf(files.length === 0)("attack 11: one octet of real mail is altered", () => {
  it.each(files)("%s", async (name) => {
    const message = new Uint8Array(readFileSync(join(REAL, name)));
    const anchors = readCertificates(new Uint8Array(readFileSync(join(REAL, "TestCA.pem")))).map((root) =>
      trustAnchor(root),
    );
    const first = await open(message, { anchors });
    const [layer] = first.layers;
    const signer = layer && "signers" in layer ? layer.signers[0] : undefined;
    const reading = { anchors, at: signer?.signingTime ?? new Date() };
    const opener: Opener = (bytes) => open(bytes, reading);
    const expected = await goodText(message, opener);
    const property = fc.asyncProperty(fc.nat({ max: message.length - 1 }), fc.nat({ max: 255 }), (at, octet) =>
      expectUnchanged(message, at, octet, expected, opener),
    );
    await fc.assert(property, { seed: 11, numRuns: 150 });
  });
});
