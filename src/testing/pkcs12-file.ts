import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ContentType } from "../engine/asn1/oids.ts";
import { readWhole } from "../engine/asn1/reader.ts";
import { CONSTRUCTED, readTlv } from "../engine/asn1/tlv.ts";
import { Tag } from "../engine/asn1/tag.ts";
import {
  constructed,
  type Der,
  encode,
  encoded,
  explicit,
  octetString,
  oid,
  sequence,
  smallInteger,
} from "../engine/asn1/writer.ts";
import { concatBytes } from "../engine/bytes/concat.ts";
import type { TestCertificate } from "./certificate-builder.ts";

/** Runs something with a directory of its own that is removed afterwards. */
export function inTemporaryDirectory<Result>(use: (directory: string) => Result): Result {
  const directory = mkdtempSync(join(tmpdir(), "signet-pkcs12-"));
  try {
    return use(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** `openssl pkcs12 -export` with further arguments; `chain` goes in as other certificates. */
export function opensslPkcs12(
  identity: TestCertificate,
  passphrase: string,
  args: readonly string[] = [],
  chain: readonly TestCertificate[] = [],
): Uint8Array {
  return inTemporaryDirectory((directory) => {
    const [key, certificate, others, out] = ["key", "cert", "others", "p12"].map((name) => join(directory, name));
    writeFileSync(key!, identity.privateKeyPem);
    writeFileSync(certificate!, identity.pem);
    writeFileSync(others!, chain.map(({ pem }) => pem).join(""));
    const input = ["-inkey", key!, "-in", certificate!, ...(chain.length > 0 ? ["-certfile", others!] : [])];
    const env = { ...process.env, LC_ALL: "C.UTF-8", PASSPHRASE: passphrase };
    execFileSync("openssl", ["pkcs12", "-export", ...input, "-out", out!, "-passout", "env:PASSPHRASE", ...args], {
      env,
    });
    return new Uint8Array(readFileSync(out!));
  });
}

/** The AuthenticatedSafe of a file: what its MAC covers. */
export function authSafeOf(file: Uint8Array): Uint8Array {
  const fields = readWhole(file);
  fields.integer();
  const contentInfo = fields.sequence();
  contentInfo.oid();
  return contentInfo.sequence(0xa0).octetString();
}

/** A PFX (RFC 7292 section 4) around an AuthenticatedSafe. */
export function pfx(authSafe: Uint8Array, macData: Der | null = null): Uint8Array {
  const contentInfo = sequence(oid(ContentType.data), explicit(0, octetString(authSafe)));
  return encode(sequence(smallInteger(3), contentInfo, macData));
}

/** An AuthenticatedSafe of one SafeContents in the clear. */
export function authenticatedSafe(...bags: readonly Der[]): Uint8Array {
  const safeContents = octetString(encode(sequence(...bags)));
  return encode(sequence(sequence(oid(ContentType.data), explicit(0, safeContents))));
}

/** A SafeBag with its attributes, each a pair of OID and value. */
export function safeBag(bagId: string, value: Der, ...attributes: readonly (readonly [string, Der])[]): Der {
  const set = constructed(
    Tag.Set,
    ...attributes.map(([type, attributeValue]) => sequence(oid(type), constructed(Tag.Set, attributeValue))),
  );
  return sequence(oid(bagId), explicit(0, value), attributes.length > 0 ? set : null);
}

export function keyBag(pkcs8: Uint8Array, ...attributes: readonly (readonly [string, Der])[]): Der {
  return safeBag("1.2.840.113549.1.12.10.1.1", encoded(pkcs8), ...attributes);
}

export function certificateBag(der: Uint8Array, ...attributes: readonly (readonly [string, Der])[]): Der {
  const value = sequence(oid("1.2.840.113549.1.9.22.1"), explicit(0, octetString(der)));
  return safeBag("1.2.840.113549.1.12.10.1.3", value, ...attributes);
}

const END_OF_CONTENTS = Uint8Array.of(0, 0);

/** The same values in BER: indefinite lengths everywhere, and OCTET STRINGs in two pieces. */
export function toBer(der: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let offset = 0; offset < der.length;) {
    const { tag, content, bytes } = readTlv(der, offset, "der");
    offset += bytes.length;
    const isOctetString = tag === Tag.OctetString || tag === 0x80;
    if ((tag & CONSTRUCTED) !== 0) {
      parts.push(Uint8Array.of(tag, 0x80), toBer(content), END_OF_CONTENTS);
    } else if (isOctetString) {
      const half = content.length >> 1;
      const pieces = [content.subarray(0, half), content.subarray(half)].map((piece) => encode(octetString(piece)));
      parts.push(Uint8Array.of(tag | CONSTRUCTED, 0x80), ...pieces, END_OF_CONTENTS);
    } else {
      parts.push(bytes);
    }
  }
  return concatBytes(...parts);
}
