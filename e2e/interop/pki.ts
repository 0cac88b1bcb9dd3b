import { importPrivateKey } from "../../src/engine/primitives/private-key.ts";
import type { Identity } from "../../src/engine/smime/identity.ts";
import { readCertificates } from "../../src/engine/x509/containers.ts";
import { readPrivateKey } from "../../src/engine/x509/private-key-file.ts";
import { type TrustAnchor, trustAnchor } from "../../src/engine/x509/trust-anchor.ts";
import { openssl, read, write } from "./openssl.ts";

/** The kinds of keys that people have in their mail certificates. */
export const KEY_KINDS = ["rsa2048", "rsa3072", "p256", "p384", "p521"] as const;
export type KeyKind = (typeof KEY_KINDS)[number];

const KEY_OPTIONS: Readonly<Record<KeyKind, readonly string[]>> = {
  rsa2048: ["-newkey", "rsa:2048"],
  rsa3072: ["-newkey", "rsa:3072"],
  p256: ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"],
  p384: ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384"],
  p521: ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-521"],
};

const LEAF_EXTENSIONS = (name: string): string => `
basicConstraints = CA:FALSE
keyUsage = digitalSignature, keyEncipherment, keyAgreement
extendedKeyUsage = emailProtection
subjectAltName = email:${name}@example.com
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
`;

/** Makes a CA and a certificate for `NAME@example.com` with each kind of key, all by OpenSSL. */
export function makePki(kinds: readonly KeyKind[] = KEY_KINDS): void {
  const authority = [
    "-addext",
    "basicConstraints=critical,CA:TRUE",
    "-addext",
    "keyUsage=critical,keyCertSign,cRLSign",
  ];
  const ca = ["-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Practice CA", "-days", "3650", ...authority];
  openssl("req", "-x509", "-nodes", "-newkey", "rsa:2048", ...ca);
  for (const kind of kinds) {
    const subject = ["-subj", `/CN=${kind}`];
    openssl("req", "-nodes", ...KEY_OPTIONS[kind], "-keyout", `${kind}.key`, "-out", `${kind}.csr`, ...subject);
    write(`${kind}.ext`, LEAF_EXTENSIONS(kind));
    const signing = [
      "-CA",
      "ca.pem",
      "-CAkey",
      "ca.key",
      "-CAcreateserial",
      "-days",
      "3650",
      "-extfile",
      `${kind}.ext`,
    ];
    openssl("x509", "-req", "-in", `${kind}.csr`, ...signing, "-out", `${kind}.pem`);
  }
}

export async function identity(kind: KeyKind): Promise<Identity> {
  const [certificate, ...chain] = readCertificates(read(`${kind}.pem`));
  if (!certificate) throw new Error(`no certificate in ${kind}.pem`);
  return { certificate, key: await importPrivateKey(readPrivateKey(read(`${kind}.key`))), chain };
}

export function practiceAnchors(): TrustAnchor[] {
  return readCertificates(read("ca.pem")).map((certificate) => trustAnchor(certificate));
}

/**
 * A message from the person of this kind, with what transports like to change: dots, `From `, blanks, 8-bit. It is of
 * now, since Thunderbird calls a signature bad whose signing time is not that of the Date field.
 */
export function messageFrom(kind: KeyKind, bulk = ""): string {
  return [
    `From: Practice <${kind}@example.com>`,
    "To: Bob <bob@example.com>",
    "Subject: Practice",
    `Date: ${new Date().toUTCString().replace("GMT", "+0000")}`,
    "Message-ID: <practice@example.com>",
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=utf-8",
    "Content-Transfer-Encoding: 8bit",
    "",
    "Grüße aus Köln,",
    "From the start of a line.",
    ".",
    "trailing blank ",
    "x".repeat(1200),
    bulk,
  ].join("\r\n");
}

/** What the message says, once its transfer encoding is undone. */
export function textOf(kind: KeyKind, bulk = ""): string {
  const message = messageFrom(kind, bulk);
  return message.slice(message.indexOf("\r\n\r\n") + 4);
}
