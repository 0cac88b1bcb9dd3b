import { describe, expect, it } from "vitest";
import { envelope } from "../../testing/envelope-builder.ts";
import { certificate } from "../../testing/certificate-builder.ts";
import { signedData } from "../../testing/cms-builder.ts";
import {
  ALICE,
  bytesOf,
  HEADER,
  identityOf,
  lines,
  open,
  opaque,
  ROOT,
  signedMail,
  textEntity,
  textOf,
} from "../../testing/mail-builder.ts";
import { parseEntity } from "../mime/parse.ts";
import { fieldStatuses, readProtectedHeader } from "./protected-header.ts";

const entity = (...header: readonly string[]) => parseEntity(bytesOf(lines(...header, "", "text")));
const OUTER = parseEntity(bytesOf(lines(...HEADER, "", "")));
const read = (...header: readonly string[]) => readProtectedHeader(entity(...header), OUTER);

/** RFC 9788 appendix C.3.1: the payload of smime-signed-enc-hp-baseline, and the message's outer fields. */
const RFC_PAYLOAD = lines(
  "MIME-Version: 1.0",
  "Content-Transfer-Encoding: 7bit",
  "Subject: smime-signed-enc-hp-baseline",
  "Message-ID: <smime-signed-enc-hp-baseline@example>",
  "From: Alice <alice@smime.example>",
  "To: Bob <bob@smime.example>",
  "Date: Sat, 20 Feb 2021 10:09:02 -0500",
  "User-Agent: Sample MUA Version 1.0",
  "HP-Outer: Subject: [...]",
  "HP-Outer: Message-ID: <smime-signed-enc-hp-baseline@example>",
  "HP-Outer: From: Alice <alice@smime.example>",
  "HP-Outer: To: Bob <bob@smime.example>",
  "HP-Outer: Date: Sat, 20 Feb 2021 10:09:02 -0500",
  "HP-Outer: User-Agent: Sample MUA Version 1.0",
  'Content-Type: text/plain; charset="utf-8"; hp="cipher"',
  "",
  "This is the",
  "smime-signed-enc-hp-baseline",
  "message.",
  "",
);

describe("readProtectedHeader", () => {
  it.each([
    ['hp="clear"', "hp"],
    ["hp=cipher", "hp"],
    ["HP=CLEAR", "hp"],
    ['protected-headers="v1"', "protected-headers"],
  ])("reads what an entity marked by %s has", (mark, scheme) => {
    const found = read(`Content-Type: text/plain; ${mark}`, "From: a@example.com", "HP-Outer: From: b@example.com");
    expect(found?.header.map(({ name }) => name)).toEqual(["From"]);
    expect(found?.scheme).toBe(scheme);
  });

  it.each(["hp=no", "protected-headers=v2", "x=hp"])("reads nothing of an entity marked by %s", (mark) => {
    expect(read(`Content-Type: text/plain; ${mark}`, "From: a@example.com")).toBeNull();
  });

  it("reads nothing without fields", () => {
    expect(read("Content-Type: text/plain; hp=clear", "Content-Language: en")).toBeNull();
  });

  it("reads nothing of an unsigned message, whatever it says of itself", async () => {
    const opened = await open(bytesOf(lines(...HEADER, 'Content-Type: text/plain; hp="clear"', "", "text")));
    expect(opened.protectedHeader).toBeNull();
    expect(opened.verdict).toMatchObject({ signature: "none", sender: "none" });
  });

  it("reads nothing of what stands on the outer part, the part beside or one below", async () => {
    const outer = signedMail(textEntity("text"), {}, { header: [...HEADER, "X-Hp: clear"] });
    expect((await open(outer)).protectedHeader).toBeNull();
    const inner = lines(
      "Content-Type: multipart/mixed; boundary=b",
      "From: boss@example.com",
      "",
      "--b",
      'Content-Type: text/plain; hp="clear"',
      "From: boss@example.com",
      "",
      "text",
      "--b--",
    );
    const opened = await open(signedMail(bytesOf(inner)));
    expect(opened.protectedHeader).toBeNull();
    expect(opened.verdict).toMatchObject({ signature: "valid", sender: "matches" });
  });
});

describe("fieldStatuses (RFC 9788 section 4.3)", () => {
  const found = readProtectedHeader(parseEntity(bytesOf(RFC_PAYLOAD)), OUTER)!;
  const statusOf = (state: { isSigned: boolean; isEncrypted: boolean }) =>
    Object.fromEntries(fieldStatuses(found, state).map(({ name, status }) => [name, status]));

  it("has of the RFC's own payload the Subject confidential and nothing else", () => {
    expect(found.header.map(({ name }) => name)).toEqual([
      ...["Subject", "Message-ID", "From", "To", "Date", "User-Agent"],
    ]);
    const { Subject, ...others } = statusOf({ isSigned: true, isEncrypted: true });
    expect(Subject).toBe("signed+encrypted");
    expect(new Set(Object.values(others))).toEqual(new Set(["signed"]));
  });

  it("believes no field that is encrypted only and stood outside", () => {
    const { Subject, To } = statusOf({ isSigned: false, isEncrypted: true });
    expect([Subject, To]).toEqual(["encrypted", "unprotected"]);
    expect(statusOf({ isSigned: true, isEncrypted: false })["Subject"]).toBe("signed");
  });

  it("asks the header outside where the sender tells nothing", () => {
    const old = readProtectedHeader(
      entity('Content-Type: text/plain; protected-headers="v1"', "Subject: A secret", "To: Bob <bob@example.com>"),
      OUTER,
    )!;
    const statuses = fieldStatuses(old, { isSigned: true, isEncrypted: true }).map(({ status }) => status);
    expect(statuses).toEqual(["signed+encrypted", "signed"]);
  });
});

describe("older schemes", () => {
  const COPY = ["--m", 'Content-Type: text/plain; protected-headers="v1"', "Content-Disposition: inline", ""];
  const version1 = (...copy: readonly string[]) =>
    parseEntity(
      bytesOf(
        lines(
          'Content-Type: multipart/mixed; boundary=m; protected-headers="v1"',
          "Subject: A secret",
          " in two lines",
          "",
          ...[...COPY, ...copy, "--m", "Content-Type: text/plain", "", "text", "--m--", ""],
        ),
      ),
    );

  it("shows a multipart without the part that repeats the protected fields", () => {
    expect(textOf(readProtectedHeader(version1("Subject: A secret in two lines"), OUTER)!.body.body)).toBe("text");
    expect(textOf(readProtectedHeader(version1("Subject: A secret", " in two lines"), OUTER)!.body.body)).toBe("text");
  });

  it("shows it where it says anything else: nothing that is signed may be hidden", () => {
    const content = version1("Subject: A secret in two lines", "", "Please pay.");
    expect(readProtectedHeader(content, OUTER)!.body).toBe(content);
  });

  const wrapped = (from: string, type = "message/rfc822") =>
    bytesOf(lines(`Content-Type: ${type}`, "", `From: ${from}`, "Subject: A secret", "", "text"));

  it("takes a wrapped message for the message itself (RFC 8551 section 3.1, RFC 9788 section 4.10)", async () => {
    const header = ["From: Alice <alice@example.com>", "Subject: [...]", "Date: Mon, 01 Jun 2026 12:00:00 +0000"];
    const opened = await open(signedMail(wrapped("A <alice@Example.com>"), {}, { header }));
    expect(opened.protectedHeader?.subject).toBe("A secret");
    expect(opened.headerProtection?.scheme).toBe("wrapped-message");
    expect(opened.verdict).toEqual({ signature: "valid", encryption: "none", sender: "matches", reasons: [] });
    expect(opened.parts.map(({ entity: part }) => textOf(part.body))).toEqual(["text"]);
    expect(opened.content?.contentType.type).toBe("message/rfc822");
  });

  it.each([
    ["of somebody else", wrapped("Bob <bob@example.com>")],
    [
      "that is attached",
      bytesOf(lines("Content-Disposition: attachment", textOf(wrapped("Alice <alice@example.com>")))),
    ],
  ])("takes a message %s for one that is passed on", async (_name, content) => {
    const opened = await open(signedMail(content));
    expect(opened.protectedHeader).toBeNull();
    expect(opened.parts.map(({ entity: part }) => part.contentType.type)).toEqual(["message/rfc822"]);
  });

  it("judges the sender by a wrapped message that says it is no forwarded one", async () => {
    const opened = await open(signedMail(wrapped("Bob <bob@example.com>", "message/rfc822; forwarded=no")));
    expect(opened.verdict).toMatchObject({ signature: "valid", sender: "differs" });
  });

  it("leaves a wrapped message that is S/MIME again to be opened on its own", async () => {
    const again = bytesOf(
      lines(
        "Content-Type: message/rfc822",
        "",
        textOf(opaque(signedData({ content: textEntity("text"), eContent: "attached", signers: [{ signer: ALICE }] }))),
      ),
    );
    const opened = await open(signedMail(again));
    expect(opened.headerProtection).toBeNull();
    expect(opened.nested.map(({ type }) => type)).toEqual(["signed-data"]);
  });
});

describe("what the sender made and what arrived (RFC 9788 section 2.1.1)", () => {
  const BOB = certificate().subject("CN=Bob").email("bob@example.com").key("rsa-2048").issuedBy(ROOT).build();
  const marked = (hp: string) =>
    bytesOf(lines(`Content-Type: text/plain; hp=${hp}`, "From: alice@example.com", "", "text"));

  it("tells a text that its recipient decrypted and passed on (attack 22)", async () => {
    const { verdict } = await open(signedMail(marked("cipher")));
    expect(verdict.reasons).toContain("sent-encrypted-arrived-clear");
  });

  it("tells a text that was signed in the open and encrypted by who knows whom (attack 32)", async () => {
    const encrypted = opaque(envelope({ content: signedMail(marked("clear"), {}, { header: [] }), recipient: BOB }));
    const { verdict } = await open(encrypted, { identities: [await identityOf(BOB)] });
    expect(verdict.reasons).toContain("sent-clear-arrived-encrypted");
  });

  it("says nothing where both agree", async () => {
    expect((await open(signedMail(marked("clear")))).verdict.reasons).toEqual([]);
  });
});
