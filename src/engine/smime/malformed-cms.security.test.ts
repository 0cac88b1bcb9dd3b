import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { costInPasses } from "../../testing/cost.ts";
import { ContentType } from "../asn1/oids.ts";
import {
  type Der,
  encode,
  encoded,
  explicit,
  octetString,
  oid,
  sequence,
  setOf,
  smallInteger,
} from "../asn1/writer.ts";
import { concatBytes } from "../bytes/concat.ts";
import { SmimeError } from "../errors.ts";
import { MAX_CMS_CERTIFICATES, MAX_SIGNERS } from "../limits.ts";
import { parseMessage } from "../mime/parse.ts";
import { decodeTransfer } from "../mime/transfer-encoding.ts";
import { encryptMessage } from "./protect.ts";
import { certificate } from "../../testing/certificate-builder.ts";
import { attributeOf, signedData, signerInfo } from "../../testing/cms-builder.ts";
import { encryptRsa, envelope } from "../../testing/envelope-builder.ts";
import {
  ALICE,
  bytesOf,
  clearSigned,
  HEADER,
  identityOf,
  open,
  opaque,
  ROOT,
  signedMail,
  textEntity,
  textOf,
} from "../../testing/mail-builder.ts";
import { HEADER_POLICIES } from "./header-policy.ts";

const BOB = certificate().subject("CN=Bob").email("bob@example.com").key("rsa-2048").issuedBy(ROOT).build();
const CAROL = certificate().subject("CN=Carol").key("p-256").issuedBy(ROOT).build();
const identities = [await identityOf(BOB), await identityOf(CAROL)];
const TEXT = textEntity("Hello");
/** Of `costInPasses`. */
const MAX_COST = 200;

/** The signature status, or the code of the SmimeError; fails on anything else and on what takes too long. */
async function survive(message: Uint8Array): Promise<string> {
  let result = "";
  const cost = await costInPasses(async () => {
    try {
      const { verdict } = await open(message, { identities, nested: true });
      result = verdict.encryption === "none" ? verdict.signature : verdict.encryption;
    } catch (error) {
      if (!(error instanceof SmimeError)) throw error;
      result = error.code;
    }
  });
  expect(cost).toBeLessThan(MAX_COST);
  return result;
}

const detached = signedData({ content: TEXT, eContent: "detached", signers: [{ signer: ALICE }] });
const attached = signedData({ content: TEXT, eContent: "attached", signers: [{ signer: ALICE }] });
const encrypted = envelope({ content: TEXT, recipient: BOB });
const authenticated = envelope({ content: TEXT, recipient: BOB, cipher: "aes-256-gcm" });
const agreed = await encryptToCarol();
const SAMPLES = { detached, attached, encrypted, authenticated, agreed };
type Sample = keyof typeof SAMPLES;

const asMail = (name: Sample, cms: Uint8Array) => (name === "detached" ? clearSigned(TEXT, cms) : opaque(cms));
const names = Object.keys(SAMPLES) as Sample[];

/** Key agreement as we write it. */
async function encryptToCarol(): Promise<Uint8Array> {
  const recipients = [CAROL.certificate];
  const options = {
    recipients,
    cipher: "aes-256-cbc",
    keyTransport: { kind: "rsa-pkcs1" },
    headerPolicy: HEADER_POLICIES.none,
  } as const;
  return decodeTransfer(parseMessage(await encryptMessage(TEXT, options)));
}

describe("attack 58: malformed CMS", () => {
  it.each(names)("cut off at any octet is never valid: %s", async (name) => {
    const cms = SAMPLES[name];
    for (let end = 0; end < cms.length; end++) {
      const cut = cms.subarray(0, end);
      expect(await survive(asMail(name, cut))).not.toMatch(/^(valid|authenticated|unauthenticated)/);
      if (end % 7 === 0) expect(await survive(cut)).not.toMatch(/^valid/);
    }
  });

  it.each(names)("with something behind it is not read: %s", async (name) => {
    const found = await survive(asMail(name, Uint8Array.of(...SAMPLES[name], 0)));
    expect(["malformed.cms", "invalid"]).toContain(found);
  });

  it.each(names)("with octets changed gives a verdict or an SmimeError: %s", async (name) => {
    const cms = SAMPLES[name];
    const change = fc.record({ at: fc.nat({ max: cms.length - 1 }), octet: fc.nat({ max: 255 }) });
    const property = fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
      const altered = cms.slice();
      for (const { at, octet } of changes) altered[at] = octet;
      await survive(asMail(name, altered));
      await survive(altered);
    });
    await fc.assert(property, { seed: 58, numRuns: 150 });
  });

  it.each(names)("with pieces taken out, doubled and moved gives a verdict or an SmimeError: %s", async (name) => {
    const cms = SAMPLES[name];
    const spot = fc.nat({ max: cms.length });
    const property = fc.asyncProperty(spot, spot, spot, async (from, to, where) => {
      const piece = cms.subarray(Math.min(from, to), Math.max(from, to));
      await survive(asMail(name, Uint8Array.of(...cms.subarray(0, where), ...piece, ...cms.subarray(where))));
      await survive(asMail(name, Uint8Array.of(...cms.subarray(0, from), ...cms.subarray(to))));
    });
    await fc.assert(property, { seed: 58, numRuns: 200 });
  });

  it("of random octets gives an SmimeError or no signature", async () => {
    const property = fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (octets) => {
      const found = await survive(opaque(octets));
      expect(found).toMatch(/^(malformed|limit|unsupported)\./);
      expect(await survive(clearSigned(TEXT, octets))).toBe("invalid");
      await survive(octets);
    });
    await fc.assert(property, { seed: 58, numRuns: 300 });
  });
});

describe("attack 58: CMS that costs more than it should", () => {
  const repeated = (octets: readonly number[], times: number) =>
    Uint8Array.from({ length: octets.length * times }, (_, i) => octets[i % octets.length] ?? 0);
  const HEAD = [0x30, 0x80, 0x06, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 2, 0xa0, 0x80];

  it("with 10,000 values of indefinite length inside one another ends at a limit", async () => {
    for (const octets of [
      [0x30, 0x80],
      [0xa0, 0x80],
      [0x24, 0x80],
      [0x31, 0x80],
    ]) {
      const nested = repeated(octets, 10_000);
      expect(await survive(opaque(nested))).toMatch(/^(malformed\.cms|limit\.exceeded)$/);
      expect(await survive(opaque(Uint8Array.of(...HEAD, ...nested)))).toMatch(/^(malformed\.cms|limit\.exceeded)$/);
      const closed = Uint8Array.of(...HEAD, ...nested, ...new Uint8Array(20_004));
      expect(await survive(opaque(closed))).toMatch(/^(malformed\.cms|limit\.exceeded)$/);
      expect(await survive(clearSigned(TEXT, closed))).toBe("invalid");
    }
  });

  it("with 10,000 values of definite length inside one another ends at a limit", async () => {
    const parts: number[][] = [];
    let size = 0;
    for (let i = 0; i < 10_000; i++) {
      const part = [0x30, 0x84, size >>> 24, (size >>> 16) & 255, (size >>> 8) & 255, size & 255];
      parts.push(part);
      size += part.length;
    }
    expect(await survive(opaque(Uint8Array.from(parts.reverse().flat())))).toMatch(
      /^(malformed\.cms|limit\.exceeded)$/,
    );
  });

  it.each([
    ["4 GiB", [0x30, 0x84, 0xff, 0xff, 0xff, 0xff]],
    ["2 to the 63", [0x30, 0x88, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]],
    ["127 octets of length", [0x30, 0xff, ...new Array<number>(127).fill(0xff)]],
    ["a negative length in 32 bits", [0x30, 0x84, 0x80, 0, 0, 0]],
  ])("that says to be %s long is malformed", async (_name, octets) => {
    expect(await survive(opaque(Uint8Array.from(octets)))).toBe("malformed.cms");
    expect(await survive(opaque(Uint8Array.of(...HEAD, ...octets)))).toBe("malformed.cms");
  });

  it("with a string in 100,000 pieces is read in time", async () => {
    const pieces = concatBytes(Uint8Array.of(0x24, 0x80), repeated([4, 1, 0x41], 100_000), Uint8Array.of(0, 0));
    const eContent = sequence(oid(ContentType.data), explicit(0, encoded(pieces)));
    const data = sequence(smallInteger(1), setOf([]), eContent, setOf([]));
    expect(await survive(opaque(encode(sequence(oid(ContentType.signedData), explicit(0, data)))))).toBe("none");
  });

  it("with layers inside one another ends at the limit, signed or encrypted", async () => {
    let signed = TEXT;
    let bare = TEXT;
    for (let i = 0; i < 9; i++) {
      signed = opaque(
        signedData({ content: signed, eContent: "attached", signers: [{ signer: ALICE }] }),
        i < 8 ? [] : HEADER,
      );
      bare = signedData({ content: bare, eContent: "attached", signers: [{ signer: ALICE }] });
    }
    expect(await survive(signed)).toBe("limit.exceeded");
    expect(await survive(bare)).toBe("limit.exceeded");
  });

  it("with multipart/signed in multipart/signed ends at a limit", async () => {
    let text = textOf(TEXT);
    for (let i = 0; i < 60; i++) {
      const signed = textOf(clearSigned(bytesOf(text), detached, [])).replace(/--sig|(?<=boundary=)"sig"/g, (found) =>
        found.replace("sig", `b${i}`),
      );
      text = signed;
    }
    expect(await survive(bytesOf(text))).toBe("limit.exceeded");
  });

  it("with more signers than there may be, and with as many, is judged in time", async () => {
    const info = signerInfo(TEXT, { signer: ALICE });
    const many = (count: number) =>
      signedMail(
        TEXT,
        {},
        { signers: [], signerInfos: Array.from({ length: count }, () => info), certificates: [ALICE] },
      );
    expect(await survive(many(MAX_SIGNERS))).toBe("valid");
    expect(await survive(many(MAX_SIGNERS + 1))).toBe("invalid");
    expect(await survive(many(20_000))).toBe("invalid");
  });

  it("with as many signers and certificates as there may be, all of the same names, is judged in time", async () => {
    const issuer = certificate().subject("CN=Practice Root").ca().key("p-384").build();
    const twins = Array.from({ length: 40 }, () =>
      certificate().subject("CN=Practice Root").ca().key(issuer).issuedBy(issuer).build(),
    );
    const leaves = Array.from({ length: MAX_SIGNERS }, (_, i) =>
      certificate().email("alice@example.com").key(ALICE).issuedBy(issuer).serialNumber(1, i).build(),
    );
    const signers = leaves.map((leaf) => ({ signer: leaf }));
    expect(await survive(signedMail(TEXT, {}, { signers, certificates: [...leaves, ...twins] }))).toBe("untrusted");
  });

  it("with more certificates than there may be ends at the limit", async () => {
    const message = signedMail(
      TEXT,
      {},
      { certificates: Array.from({ length: MAX_CMS_CERTIFICATES + 1 }, () => ALICE) },
    );
    expect(await survive(message)).toBe("invalid");
  });

  it("with thousands of attributes ends at a limit", async () => {
    const added = Array.from({ length: 300 }, (_, i) => attributeOf(`1.3.6.1.4.1.99999.${i}`, octetString(TEXT)));
    expect(await survive(signedMail(TEXT, { added }))).toBe("invalid");
    const values: Der[] = Array.from({ length: 300 }, (_, i) => smallInteger(i));
    expect(await survive(signedMail(TEXT, { added: [attributeOf("1.3.6.1.4.1.99999.1", ...values)] }))).toBe("invalid");
  });

  it("with a thousand RecipientInfos for one key, all wrong, is given up in time", async () => {
    const encryptedKey = encryptRsa(BOB, new Uint8Array(32));
    const content = bytesOf(`Content-Type: text/plain\r\n\r\n${"x".repeat(1_000_000)}`);
    const cms = envelope({ content, recipient: BOB, encryptedKey, copies: 1000 });
    expect(await survive(opaque(cms))).toBe("cannot-decrypt");
  });

  it("with more RecipientInfos than there may be ends at the limit", async () => {
    const cms = envelope({ content: TEXT, recipient: BOB, copies: 10_001 });
    expect(await survive(opaque(cms))).toBe("limit.exceeded");
  });
});
