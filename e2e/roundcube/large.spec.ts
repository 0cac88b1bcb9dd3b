import { createHash, randomBytes } from "node:crypto";
import { parseMessage } from "../../src/engine/mime/parse.ts";
import { openssl } from "../tools/practice-people.ts";
import { differs } from "../pages/differs.ts";
import { arrived, expect, sendSigned, test, turnSignOn } from "../pages/webmail-story.ts";

/** Octets; a message of it has a third more. */
const SIZE = 11_000_000;

const digest = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

test(
  "a file of 11 MB arrives as it was signed",
  differs("25 MB by the interop tests", "11 MB compared octet by octet"),
  async ({ aliceMail: mail, site, practice, file }) => {
    test.slow();
    const { bob, ca } = practice;
    const content = randomBytes(SIZE);
    const form = await mail.newMail();
    await form.write({ to: [bob.email], subject: "Survey", text: "All of it." });
    await form.attach(file("survey.bin", content));
    const frame = await mail.composeFrame();
    await turnSignOn(frame);
    await sendSigned(frame);
    await form.closed();
    const received = await arrived(site.mailbox(bob.email));
    const path = file("received.eml", received);
    openssl("cms", "-verify", "-in", path, "-CAfile", ca.certificate, "-purpose", "smimesign", "-out", "/dev/null");
    const [part] = parseMessage(new Uint8Array(received)).children;
    const body = Buffer.from(part?.children[1]?.bytes ?? []).toString("latin1");
    const octets = Buffer.from(body.slice(body.indexOf("\r\n\r\n")), "base64");
    expect([octets.length, digest(octets)]).toEqual([SIZE, digest(content)]);
  },
);
