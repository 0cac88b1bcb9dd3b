import { describe, expect, it } from "vitest";
import { toHex } from "../bytes/hex.ts";
import { certificate, TEST_TIME, type TestCertificate } from "../../testing/certificate-builder.ts";
import { bytesOf, identityOf, lines, open, ROOT } from "../../testing/mail-builder.ts";
import { protectMessageForBcc } from "./protect.ts";
import { HEADER_POLICIES } from "./header-policy.ts";

const person = (name: string) =>
  certificate().subject(`CN=${name}`).email(`${name}@example.com`).key("p-256").issuedBy(ROOT).build();
const [ALICE, BOB, CAROL, DAVE] = [person("alice"), person("bob"), person("carol"), person("dave")] as const;
const FIELDS = ["From: alice@example.com", "To: bob@example.com", "Bcc: carol@example.com, dave@example.com"];
const MAIL = bytesOf(lines(...FIELDS, "Content-Type: text/plain", "", "Hello", ""));

const serialOf = ({ certificate: { serialNumber } }: TestCertificate) => toHex(serialNumber);

/** What the reader finds: serial numbers of all recipients, the verdict, and all that the encryption holds. */
async function found(message: Uint8Array, reader: TestCertificate) {
  const { layers, verdict } = await open(message, { identities: [await identityOf(reader)] });
  const [layer] = layers;
  const recipients = layer && "recipients" in layer ? layer.recipients : [];
  const inside = layer?.covered ? Buffer.from(layer.covered).toString("latin1") : null;
  return { serials: recipients.map((text) => text.split("#")[1]).sort(), inside, verdict };
}

describe("attack 39: recipients of blind copies are told to the others", async () => {
  const signing = { identity: await identityOf(ALICE), form: "clear", signingTime: TEST_TIME } as const;
  const encryption = {
    recipients: [BOB.certificate],
    cipher: "aes-256-cbc",
    keyTransport: { kind: "rsa-pkcs1" },
  } as const;
  const options = { signing, encryption, headerPolicy: HEADER_POLICIES.none, wrapsTwice: false };
  const { main, blind } = await protectMessageForBcc(MAIL, options, [CAROL.certificate, DAVE.certificate]);
  const [forCarol = MAIL, forDave = MAIL] = blind;

  it.each([
    ["Bob", main, BOB],
    ["Alice", main, ALICE],
    ["Carol", forCarol, CAROL],
    ["Dave", forDave, DAVE],
  ])("opens for %s, whose message names the sender and nobody else", async (_name, message, reader) => {
    const { serials, verdict } = await found(message, reader);
    expect(verdict).toMatchObject({ signature: "valid", sender: "matches", encryption: "unauthenticated" });
    const named = message === main ? [ALICE, BOB] : [ALICE, reader];
    expect(serials).toEqual(named.map(serialOf).sort());
  });

  it("makes one message for each, which no other of them opens", async () => {
    expect(blind).toHaveLength(2);
    for (const [message, reader] of [
      [main, CAROL],
      [main, DAVE],
      [forCarol, DAVE],
      [forCarol, BOB],
      [forDave, CAROL],
    ] as const) {
      expect((await found(message, reader)).verdict.reasons).toEqual(["decrypt.no-key"]);
    }
  });

  it("does not name them outside either", () => {
    for (const message of [main, ...blind]) {
      const [header] = new TextDecoder().decode(message).split("\r\n\r\n", 1);
      expect(header).toContain("To: bob@example.com");
      expect(header).not.toMatch(/bcc|carol|dave/i);
    }
  });

  it("does not name them inside the encryption, in header fields or in certificates", async () => {
    const { inside } = await found(main, BOB);
    expect(inside).toContain("multipart/signed");
    expect(inside?.toLowerCase()).not.toMatch(/carol|dave/);
  });
});
