import { importPrivateKey } from "../engine/primitives/private-key.ts";
import type { Identity } from "../engine/smime/identity.ts";
import { type OpenedMessage, openMessage, type OpenOptions } from "../engine/smime/open.ts";
import { trustAnchor } from "../engine/x509/trust-anchor.ts";
import { certificate, type TestCertificate, TEST_TIME } from "./certificate-builder.ts";
import { signedData, type SignedDataRecipe, type SignerRecipe } from "./cms-builder.ts";

/** The CA that the reader of the tests' mails trusts. */
export const ROOT = certificate().subject("CN=Practice Root").ca().build();

/** Somebody with a certificate by `ROOT` for this address. */
export function somebody(address: string): TestCertificate {
  return certificate().subject(`CN=${address}`).email(address).key("p-256").issuedBy(ROOT).build();
}

export const ALICE = somebody("alice@example.com");
export const MALLORY = somebody("mallory@evil.example");

export async function identityOf(owner: TestCertificate): Promise<Identity> {
  return { certificate: owner.certificate, key: await importPrivateKey(owner.privateKeyPkcs8), chain: [] };
}

export function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

export function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("latin1");
}

export function lines(...texts: readonly string[]): string {
  return texts.join("\r\n");
}

/** A text entity, whose last line has no end: the one before a boundary belongs to that. */
export function textEntity(text: string): Uint8Array {
  return bytesOf(lines("Content-Type: text/plain; charset=utf-8", "", text));
}

export const HEADER: readonly string[] = [
  "From: Alice <alice@example.com>",
  "To: Bob <bob@example.com>",
  "Subject: Practice",
  "Date: Mon, 01 Jun 2026 12:00:00 +0000",
  "MIME-Version: 1.0",
];

function base64(bytes: Uint8Array): string {
  return (
    Buffer.from(bytes)
      .toString("base64")
      .match(/.{1,76}/g) ?? []
  ).join("\r\n");
}

/** multipart/signed around any entity and any signature. */
export function clearSigned(entity: Uint8Array, signature: Uint8Array, header: readonly string[] = HEADER): Uint8Array {
  const type = 'multipart/signed; protocol="application/pkcs7-signature"; micalg=sha-256; boundary="sig"';
  return bytesOf(
    lines(
      ...header,
      `Content-Type: ${type}`,
      "",
      "--sig",
      textOf(entity),
      "--sig",
      "Content-Type: application/pkcs7-signature; name=smime.p7s",
      "Content-Transfer-Encoding: base64",
      "",
      base64(signature),
      "--sig--",
      "",
    ),
  );
}

/** application/pkcs7-mime around any CMS object. */
export function opaque(
  cms: Uint8Array,
  header: readonly string[] = HEADER,
  type = "application/pkcs7-mime; smime-type=signed-data; name=smime.p7m",
): Uint8Array {
  return bytesOf(lines(...header, `Content-Type: ${type}`, "Content-Transfer-Encoding: base64", "", base64(cms), ""));
}

/** A clear-signed mail; what is not said is as it should be. */
export function signedMail(
  entity: Uint8Array,
  signer: Partial<SignerRecipe> = {},
  rest: Partial<SignedDataRecipe> & { header?: readonly string[] } = {},
): Uint8Array {
  const signers = rest.signers ?? [{ signer: ALICE, ...signer }];
  const cms = signedData({ content: entity, eContent: "detached", ...rest, signers });
  return clearSigned(entity, cms, rest.header ?? HEADER);
}

export interface Reading extends Partial<OpenOptions> {
  readonly roots?: readonly TestCertificate[];
}

/** Opens a message as somebody who trusts `ROOT`, without revocation and at `TEST_TIME`. */
export function open(message: Uint8Array, { roots = [ROOT], ...options }: Reading = {}): Promise<OpenedMessage> {
  const anchors = roots.map((root) => trustAnchor(root.certificate));
  return openMessage(message, { identities: [], anchors, intermediates: [], at: TEST_TIME, ...options });
}

/** The verdict in three words and its reasons: `valid none matches`. */
export async function verdictOf(message: Uint8Array, reading: Reading = {}): Promise<string> {
  const { signature, encryption, sender } = (await open(message, reading)).verdict;
  return `${signature} ${encryption} ${sender}`;
}
