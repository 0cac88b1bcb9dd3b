import { describe, expect, it } from "vitest";
import { bytesOf, HEADER, lines, MALLORY, open, signedMail, textEntity, textOf } from "../../testing/mail-builder.ts";

const CORE = textOf(signedMail(textEntity("I am Alice."), {}, { header: [] }));
const FOOTER = lines("Content-Type: text/plain", "", "_____", "Practice mailing list");
const LIST = ["List-Id: =?utf-8?q?=C3=9Cbungsliste?= <practice.example.com>", "List-Post: <mailto:p@example.com>"];

function mixed(header: readonly string[], ...parts: readonly string[]): Uint8Array {
  const body = parts.flatMap((part) => ["--out", part]);
  return bytesOf(
    lines(...HEADER, ...header, "Content-Type: multipart/mixed; boundary=out", "", ...body, "--out--", ""),
  );
}

async function found(message: Uint8Array) {
  const { verdict, signedCore, layers, parts } = await open(message);
  expect({ layers, ...verdict }).toMatchObject({ layers: [], signature: "none", sender: "none" });
  expect(new Set(parts.map(({ covered }) => covered))).toEqual(new Set(["none"]));
  return { reasons: verdict.reasons, core: signedCore };
}

describe("a signed part with text around it (RFC 9787)", () => {
  it("is told apart as a list's, by the list's own fields, and lifts nothing", async () => {
    const { reasons, core } = await found(mixed(LIST, CORE, FOOTER));
    expect(reasons).toEqual(["mailing-list-text"]);
    expect(core).toMatchObject({ surroundedBy: "mailing-list", list: "Übungsliste" });
    expect(core?.opened.verdict).toMatchObject({ signature: "valid", sender: "matches" });
    expect(core?.entity.path).toBe("1");
  });

  it("is a list's with words before it too, and by its id where it has no name", async () => {
    const { core } = await found(mixed(["List-Id: <practice.example.com>"], FOOTER, CORE, FOOTER));
    expect(core).toMatchObject({ surroundedBy: "mailing-list", list: "practice.example.com", entity: { path: "2" } });
  });

  it("is somebody's where no list says so, or where files came with it", async () => {
    const file = lines("Content-Type: application/pdf", "Content-Disposition: attachment", "", "x");
    for (const message of [mixed([], CORE, FOOTER), mixed(LIST, CORE, file)]) {
      const { reasons, core } = await found(message);
      expect(reasons).toEqual(["partly-signed"]);
      expect(core).toMatchObject({ surroundedBy: "unknown", list: null });
    }
  });

  it("has a signer of its own, who is compared with the message's From", async () => {
    const other = textOf(signedMail(textEntity("I am Alice."), { signer: MALLORY }, { header: [] }));
    const { core } = await found(mixed(LIST, other, FOOTER));
    expect(core?.opened.verdict).toMatchObject({ signature: "valid", sender: "differs" });
  });

  it("is none where there are several, where it is alone, or stands deeper", async () => {
    const again = CORE.replace(/--sig|(?<=boundary=)"sig"/g, (boundary) => boundary.replace("sig", "two"));
    const deeper = lines("Content-Type: multipart/mixed; boundary=in", "", "--in", CORE, "--in--");
    for (const parts of [[CORE, again], [CORE], [deeper, FOOTER]]) {
      const { core, reasons } = await found(mixed(LIST, ...parts));
      expect([core, reasons]).toEqual([null, []]);
    }
  });
});
