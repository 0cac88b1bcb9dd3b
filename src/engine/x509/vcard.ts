import { decodeBase64, toBase64 } from "../bytes/base64.ts";
import { latin1Bytes } from "../bytes/text.ts";
import { SmimeError } from "../errors.ts";
import { MAX_CONTAINER_CERTIFICATES } from "../limits.ts";
import type { Certificate } from "./certificate.ts";
import { certificateEmails } from "./email-addresses.ts";
import { decodeString } from "./directory-string.ts";

/** Whether a text is or has a vCard (RFC 2426 section 2.1.1, RFC 6350 section 6.1.1). */
export function hasVcard(text: string): boolean {
  return /^BEGIN:VCARD[ \t]*\r?$/im.test(text);
}

/**
 * What the KEY properties of vCards hold, decoded: certificates, or P7B files with some. Versions 2.1 and 3.0 have the
 * octets as base64 (RFC 2426 section 3.7.2), version 4.0 as a data: URI (RFC 6350 section 6.8.1). Keys of other kinds
 * (PGP) and addresses where keys could be fetched are passed over.
 *
 * @throws {SmimeError} `limit.exceeded`
 */
export function readVcardKeys(text: string): Uint8Array[] {
  const keys: Uint8Array[] = [];
  // A line that begins with a blank continues the one before it (RFC 6350 section 3.2).
  for (const line of text.replace(/\r?\n[ \t]/g, "").split(/\r?\n/)) {
    const octets = readKey(line);
    if (octets === null) continue;
    if (keys.length >= MAX_CONTAINER_CERTIFICATES) throw new SmimeError("limit.exceeded", { limit: "vcard-keys" });
    keys.push(octets);
  }
  return keys;
}

/** `[group "."] "KEY" *(";" param) ":" value` */
function readKey(line: string): Uint8Array | null {
  const property = /^(?:[\w-]+\.)?KEY((?:;[^:;"]*(?:"[^"]*")?)*):(.*)$/is.exec(line);
  if (!property) return null;
  const [, parameters = "", value = ""] = property;
  if (/pgp/i.test(parameters)) return null;
  const uri = /^\s*data:([^,;]*)(?:;[^,;]*)*;base64,(.*)$/is.exec(value);
  if (uri) return /pgp/i.test(uri[1] ?? "") ? null : decodeKey(uri[2] ?? "");
  return /;(?:ENCODING=)?(?:b|base64)(?=;|$)/i.test(parameters) ? decodeKey(value) : null;
}

/** Octets that begin as a SEQUENCE: everything else under this name is no certificate. */
function decodeKey(base64: string): Uint8Array | null {
  const octets = decodeBase64(latin1Bytes(base64.replaceAll(/[^\0-\x7f]/g, "")));
  return octets[0] === 0x30 ? octets : null;
}

/** Characters in a line without its end (RFC 6350 section 3.2). */
const LINE = 75;

/** A vCard with the owner's name, addresses and certificate: version 3.0 is what Outlook and older programs read. */
export function writeVcard(certificate: Certificate, version: "3.0" | "4.0"): string {
  const emails = certificateEmails(certificate);
  const name = commonName(certificate) ?? emails[0] ?? "";
  const key = toBase64(certificate.der);
  const lines = [
    "BEGIN:VCARD",
    `VERSION:${version}`,
    `FN:${escapeText(name)}`,
    `N:${escapeText(name)};;;;`,
    ...emails.map((email) => `EMAIL${version === "3.0" ? ";TYPE=INTERNET" : ""}:${escapeText(email)}`),
    version === "3.0" ? `KEY;TYPE=X509;ENCODING=b:${key}` : `KEY:data:application/pkix-cert;base64,${key}`,
    "END:VCARD",
  ];
  return lines.map(fold).join("");
}

const COMMON_NAME = "2.5.4.3";

function commonName({ subject }: Certificate): string | null {
  const attribute = subject.rdns.flat().find(({ type }) => type === COMMON_NAME);
  return attribute ? decodeString(attribute.value) : null;
}

/** RFC 6350 section 3.4. */
function escapeText(text: string): string {
  return text.replace(/[\\,;]/g, "\\$&").replace(/\r\n|[\r\n]/g, "\\n");
}

/** Between whole characters, each of at most four octets in UTF-8. */
function fold(line: string): string {
  let text = "";
  let column = 0;
  for (const character of line) {
    const octets = character.length === 1 && character < "\u0080" ? 1 : 4;
    if (column + octets > LINE) {
      text += "\r\n ";
      column = 1;
    }
    text += character;
    column += octets;
  }
  return `${text}\r\n`;
}
