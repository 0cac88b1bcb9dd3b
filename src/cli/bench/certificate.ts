import { algorithmIdentifier } from "../../engine/asn1/algorithm-identifier.ts";
import { Signature } from "../../engine/asn1/oids.ts";
import { Tag } from "../../engine/asn1/tag.ts";
import {
  asciiString,
  bitString,
  encode,
  encoded,
  oid,
  sequence,
  setOf,
  smallInteger,
  time,
} from "../../engine/asn1/writer.ts";
import { importPrivateKey } from "../../engine/primitives/private-key.ts";
import type { Identity } from "../../engine/smime/identity.ts";
import { parseCertificate } from "../../engine/x509/certificate.ts";

const DAY = 24 * 60 * 60 * 1000;
const COMMON_NAME = "2.5.4.3";

/** A new RSA-2048 key with a certificate of its own: trust costs the same whoever vouches. */
export async function makeIdentity(): Promise<{ identity: Identity; pkcs8: Uint8Array }> {
  const parameters = {
    name: "RSASSA-PKCS1-v1_5",
    modulusLength: 2048,
    publicExponent: Uint8Array.of(1, 0, 1),
    hash: "SHA-256",
  };
  const { publicKey, privateKey } = await crypto.subtle.generateKey(parameters, true, ["sign", "verify"]);
  const spki = new Uint8Array(await crypto.subtle.exportKey("spki", publicKey));
  const pkcs8 = new Uint8Array(await crypto.subtle.exportKey("pkcs8", privateKey));
  const key = await importPrivateKey(pkcs8);

  const name = sequence(setOf([sequence(oid(COMMON_NAME), asciiString(Tag.PrintableString, "Bench"))]));
  const algorithm = algorithmIdentifier(Signature.sha256WithRsa, "null");
  const now = Date.now();
  const validity = sequence(time(new Date(now - DAY)), time(new Date(now + DAY)));
  const tbs = sequence(smallInteger(1), algorithm, name, validity, name, encoded(spki));
  const signature = await key.sign({ kind: "rsa-pkcs1", digest: "sha-256" }, encode(tbs));
  const certificate = parseCertificate(encode(sequence(tbs, algorithm, bitString(signature))));
  return { identity: { certificate, key, chain: [] }, pkcs8 };
}
