import { randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { encrypt, envelope, sign } from "../practice-messages.ts";
import type { Practice } from "../practice-people.ts";

/** Base64 twice, in the message and around what is encrypted, and its line ends. */
const GROWTH = 1.37 * 1.37;
/** Signature, certificates and recipients. */
const OVERHEAD = 5500;

/** A message from bob to alice, signed, then encrypted, of about so many bytes, with one file in it. */
export function sealedMessage({ folder, alice, bob }: Practice, subject: string, size: number): Buffer {
  const file = (name: string): string => join(folder, `${subject}.${name}`);
  const content = randomBytes(Math.max(1, Math.round((size - OVERHEAD) / GROWTH))).toString("base64");
  const head = "Content-Type: application/octet-stream; name=harvest.bin\r\nContent-Transfer-Encoding: base64\r\n";
  const text = "--b\r\nContent-Type: text/plain\r\n\r\nThe harvest.\r\n--b\r\n";
  const lines = content.replace(/.{76}/g, "$&\r\n");
  writeFileSync(
    file("mime"),
    `Content-Type: multipart/mixed; boundary=b\r\n\r\n${text}${head}\r\n${lines}\r\n--b--\r\n`,
  );
  writeFileSync(file("signed"), sign(bob, file("mime")));
  writeFileSync(
    file("eml"),
    Buffer.concat([Buffer.from(envelope(bob, alice, subject)), encrypt(file("signed"), alice)]),
  );
  return readFileSync(file("eml"));
}
