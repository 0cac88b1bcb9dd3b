import { algorithmIdentifier } from "../../engine/asn1/algorithm-identifier.ts";
import { Signature } from "../../engine/asn1/oids.ts";
import { Tag } from "../../engine/asn1/tag.ts";
import {
  asciiString,
  bitString,
  boolean,
  type Der,
  encode,
  encoded,
  explicit,
  octetString,
  oid,
  sequence,
  setOf,
  time,
  unsignedInteger,
} from "../../engine/asn1/writer.ts";
import { type Certificate, parseCertificate } from "../../engine/x509/certificate.ts";
import { ExtensionId } from "../../engine/x509/extension.ts";

const DAY = 24 * 60 * 60 * 1000;
const COMMON_NAME = "2.5.4.3";
const ALGORITHM = algorithmIdentifier(Signature.sha256WithRsa, "null");

/** A key pair of RSA 2048, with the name of who has it. */
export interface BenchKey {
  readonly name: string;
  readonly spki: Uint8Array;
  /** `null` makes junk in the place of a signature, for crowds that need none. */
  readonly sign: ((bytes: Uint8Array) => Promise<Uint8Array>) | null;
}

export async function makeKey(name: string): Promise<BenchKey> {
  const parameters = {
    name: "RSASSA-PKCS1-v1_5",
    modulusLength: 2048,
    publicExponent: Uint8Array.of(1, 0, 1),
    hash: "SHA-256",
  };
  const { publicKey, privateKey } = await crypto.subtle.generateKey(parameters, true, ["sign", "verify"]);
  const spki = new Uint8Array(await crypto.subtle.exportKey("spki", publicKey));
  const sign = async (bytes: Uint8Array) =>
    new Uint8Array(await crypto.subtle.sign("RSASSA-PKCS1-v1_5", privateKey, bytes));
  return { name, spki, sign };
}

/** The same key and name, whose signatures are junk. */
export function unsigning(key: BenchKey): BenchKey {
  return { ...key, sign: null };
}

export function nameDer(commonName: string): Der {
  return sequence(setOf([sequence(oid(COMMON_NAME), asciiString(Tag.PrintableString, commonName))]));
}

export function extensionDer(id: string, isCritical: boolean, value: Der): Der {
  return sequence(oid(id), isCritical ? boolean(true) : null, octetString(encode(value)));
}

let serial = 0;

/** A certificate of `subject` by `issuer`, valid today; a CA's unless it is a leaf. */
export async function issue(
  issuer: BenchKey,
  subject: BenchKey,
  kind: "ca" | "leaf",
  extensions: readonly Der[] = [],
): Promise<Certificate> {
  const now = Date.now();
  const list = [
    ...(kind === "ca" ? [extensionDer(ExtensionId.basicConstraints, true, sequence(boolean(true)))] : []),
    ...extensions,
  ];
  const number = ++serial;
  const tbs = encode(
    sequence(
      explicit(0, unsignedInteger(Uint8Array.of(2))),
      unsignedInteger(Uint8Array.of(1, number >>> 24, number >>> 16, number >>> 8, number)),
      ALGORITHM,
      nameDer(issuer.name),
      sequence(time(new Date(now - DAY)), time(new Date(now + DAY))),
      nameDer(subject.name),
      encoded(subject.spki),
      list.length > 0 ? explicit(3, sequence(...list)) : null,
    ),
  );
  const signature = issuer.sign ? await issuer.sign(tbs) : new Uint8Array(256).fill(1);
  return parseCertificate(encode(sequence(encoded(tbs), ALGORITHM, bitString(signature))));
}
