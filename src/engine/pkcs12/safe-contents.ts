import { readAlgorithmIdentifier, type AlgorithmIdentifier } from "../asn1/algorithm-identifier.ts";
import { Asn1Reader, readWhole } from "../asn1/reader.ts";
import { Tag } from "../asn1/tag.ts";
import { SmimeError } from "../errors.ts";
import { MAX_SAFE_BAGS } from "../limits.ts";
import { Bag, BagAttribute, X509_CERTIFICATE } from "./oids.ts";

export interface BagAttributes {
  readonly friendlyName: string | null;
  readonly localKeyId: Uint8Array | null;
}

/** `SafeBag ::= SEQUENCE { bagId, bagValue [0] EXPLICIT ANY, bagAttributes SET OPTIONAL }` (RFC 7292 section 4.2) */
export type SafeBag = BagAttributes &
  (
    | { readonly kind: "key"; readonly pkcs8: Uint8Array }
    | { readonly kind: "shrouded-key"; readonly algorithm: AlgorithmIdentifier; readonly encrypted: Uint8Array }
    | { readonly kind: "certificate"; readonly der: Uint8Array }
  );

/** SafeContents inside one another; two are already unusual. */
const MAX_NESTING = 16;

/**
 * Reads the bags of a SafeContents (RFC 7292 section 4.2), those of SafeContents inside it among them, and adds them
 * to `bags`. CRLs, secrets, SDSI certificates and unknown bags are passed over.
 *
 * @throws {SmimeError} `malformed.asn1`, `limit.exceeded`
 */
export function readSafeContents(encoding: Uint8Array, bags: SafeBag[], depth = 0): void {
  if (depth > MAX_NESTING) throw new SmimeError("limit.exceeded", { limit: "safe-contents-depth" });
  const contents = readWhole(encoding, "ber");
  while (!contents.atEnd) {
    if (bags.length >= MAX_SAFE_BAGS) throw new SmimeError("limit.exceeded", { limit: "safe-bags" });
    const fields = contents.sequence();
    const bagId = fields.oid();
    const value = fields.optionalExplicit(0)?.any() ?? null;
    const attributes = fields.atEnd ? { friendlyName: null, localKeyId: null } : readAttributes(fields.set());
    fields.end();
    if (value === null) continue;
    if (bagId === Bag.safeContents) readSafeContents(value.bytes, bags, depth + 1);
    const bag = readBagValue(bagId, value.bytes);
    if (bag !== null) bags.push({ ...bag, ...attributes });
  }
}

type BagValue =
  | { readonly kind: "key"; readonly pkcs8: Uint8Array }
  | { readonly kind: "shrouded-key"; readonly algorithm: AlgorithmIdentifier; readonly encrypted: Uint8Array }
  | { readonly kind: "certificate"; readonly der: Uint8Array };

function readBagValue(bagId: string, value: Uint8Array): BagValue | null {
  switch (bagId) {
    case Bag.key:
      return { kind: "key", pkcs8: value };
    case Bag.shroudedKey: {
      // EncryptedPrivateKeyInfo (RFC 5958 section 3).
      const fields = readWhole(value, "ber");
      const algorithm = readAlgorithmIdentifier(fields);
      const encrypted = fields.octetString();
      fields.end();
      return { kind: "shrouded-key", algorithm, encrypted };
    }
    case Bag.certificate: {
      // CertBag ::= SEQUENCE { certId OBJECT IDENTIFIER, certValue [0] EXPLICIT ANY }
      const fields = readWhole(value, "ber");
      if (fields.oid() !== X509_CERTIFICATE) return null;
      const der = fields.optionalExplicit(0)?.octetString();
      return der ? { kind: "certificate", der } : null;
    }
    default:
      return null;
  }
}

/** Attributes that are broken are as good as missing: nothing depends on a name. */
function readAttributes(attributes: Asn1Reader): BagAttributes {
  let friendlyName: string | null = null;
  let localKeyId: Uint8Array | null = null;
  while (!attributes.atEnd) {
    const attribute = attributes.sequence();
    const type = attribute.oid();
    const values = attribute.set();
    if (values.atEnd) continue;
    if (type === BagAttribute.friendlyName && values.nextTag === Tag.BmpString) {
      friendlyName = bmpText(values.any().content);
    }
    if (type === BagAttribute.localKeyId && values.nextTag === Tag.OctetString) localKeyId = values.octetString();
  }
  return { friendlyName, localKeyId };
}

/** BMPString (X.690 section 8.23.6): two octets a UTF-16 code unit; an incomplete last one is dropped. */
function bmpText(octets: Uint8Array): string {
  let text = "";
  for (let i = 0; i + 1 < octets.length; i += 2) text += String.fromCharCode(octets[i]! * 256 + octets[i + 1]!);
  return text;
}
