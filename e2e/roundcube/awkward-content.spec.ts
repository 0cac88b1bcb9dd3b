import { parseMessage } from "../../src/engine/mime/parse.ts";
import { openssl } from "../tools/practice-people.ts";
import { arrived, expect, sendSigned, test, turnSignOn } from "../pages/webmail-story.ts";

const LONG = "x".repeat(998);

/** What mail systems on the way like to change. */
const AWKWARD = [
  ["lines of 998 characters and more", `${LONG}\n${LONG}${LONG}\nend`],
  [
    "lines that look like the next message of an mbox file",
    "\n\nFrom here\n>From there\n>>From both\nFrom: not a field\n",
  ],
  ["dots, blanks and nothing at the ends of lines", ".\n..\n. x\ntrailing  \n\t\n\nlast line\t"],
  ["letters that are not ASCII", "Grüße, 日本語, 🌾, \u00a0no-break"],
  ["nothing", ""],
] as const;

const withCrlf = (text: string): string => text.replace(/\r?\n/g, "\r\n");

test("awkward text arrives as it was signed", async ({ aliceMail: mail, site, roundcube, practice, file }) => {
  test.slow();
  const { bob, alice, ca } = practice;
  for (const [what, text] of AWKWARD) {
    await test.step(what, async () => {
      const form = await mail.newMail();
      await form.write({ to: [bob.email], subject: `Ünï: ${what}`, text });
      const frame = await mail.composeFrame();
      await turnSignOn(frame);
      await sendSigned(frame);
      await form.closed();
      const received = await arrived(site.mailbox(bob.email));
      const [copy] = await site.mailbox(alice.email).sent();
      const path = file("received.eml", received);
      const content = openssl("cms", "-verify", "-in", path, "-CAfile", ca.certificate, "-purpose", "smimesign");
      // OpenSSL gives the signed part: its text, decoded, is what was typed.
      const words = Buffer.from(content);
      expect(decodedText(words)).toBe(withCrlf(text));
      // And the octets between the boundaries are those of the copy, which our own engine made.
      expect(signedPart(received)).toEqual(signedPart(copy ?? Buffer.alloc(0)));
      expect(received.toString()).toMatch(/^Subject: =\?utf-8\?/im);
      await roundcube?.reset();
    });
  }
});

/** The octets that a clear signature covers. */
function signedPart(message: Buffer): Buffer {
  const [part] = parseMessage(new Uint8Array(message)).children;
  return Buffer.from(part?.bytes ?? []);
}

/** The text of an entity that is one plain text, by its own transfer encoding. */
function decodedText(entity: Buffer): string {
  const split = entity.indexOf("\r\n\r\n");
  const [header, body] = [entity.subarray(0, split).toString(), entity.subarray(split + 4).toString("latin1")];
  if (/Content-Transfer-Encoding: base64/i.test(header)) return Buffer.from(body, "base64").toString("utf8");
  if (!/Content-Transfer-Encoding: quoted-printable/i.test(header)) return Buffer.from(body, "latin1").toString("utf8");
  const octets = body
    .replace(/=\r\n/g, "")
    .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(octets, "latin1").toString("utf8");
}
