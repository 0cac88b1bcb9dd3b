import { algorithmIdentifier } from "../asn1/algorithm-identifier.ts";
import { readTlv } from "../asn1/tlv.ts";
import { Asn1Reader, readWhole } from "../asn1/reader.ts";
import { PublicKey } from "../asn1/oids.ts";
import { Tag } from "../asn1/tag.ts";
import { encode, encoded, octetString, sequence, smallInteger } from "../asn1/writer.ts";
import { SmimeError } from "../errors.ts";
import { hasPemBlock, readFileText, readPemBlocks, type PemBlock } from "./pem.ts";

const EXPLICIT_PARAMETERS = 0xa0;

/** What other labels mean to this reader; absent ones (certificates, EC PARAMETERS) are passed over. */
const KEY_LABELS: Readonly<Record<string, (block: PemBlock) => Uint8Array>> = {
  "PRIVATE KEY": ({ der }) => der,
  "RSA PRIVATE KEY": ({ der }) => wrapRsaPrivateKey(der),
  "EC PRIVATE KEY": ({ der }) => wrapEcPrivateKey(der),
  "ENCRYPTED PRIVATE KEY": refuseEncrypted,
  "DSA PRIVATE KEY": refuseKind,
  "OPENSSH PRIVATE KEY": refuseKind,
};

/**
 * The private key of a file, as DER of PKCS#8 `PrivateKeyInfo` (RFC 5958 section 2): from PEM (the first key in it) or
 * DER, of PKCS#8 itself, PKCS#1 `RSAPrivateKey` or SEC 1 `ECPrivateKey`.
 *
 * @throws {SmimeError} `unsupported.key` for an encrypted key and for other kinds, `malformed.key`, `malformed.pem`
 */
export function readPrivateKey(file: Uint8Array): Uint8Array {
  // A private key's DER has more than 127 octets or begins with a length that is no printable ASCII, as text does not.
  const text = readFileText(file);
  try {
    if (!hasPemBlock(text)) return fromDer(file);
    for (const block of readPemBlocks(text)) {
      const read = KEY_LABELS[block.label];
      if (!read) continue;
      if (block.isEncrypted) return refuseEncrypted(block);
      return checked(read(block));
    }
  } catch (error) {
    if (error instanceof SmimeError && error.code === "malformed.asn1") {
      throw new SmimeError("malformed.key", error.context, { cause: error });
    }
    throw error;
  }
  throw new SmimeError("malformed.key", { reason: "no-key-in-pem" });
}

function refuseEncrypted({ label }: PemBlock): never {
  throw new SmimeError("unsupported.key", { reason: "encrypted", label });
}

function refuseKind({ label }: PemBlock): never {
  throw new SmimeError("unsupported.key", { reason: "kind", label });
}

/**
 * Tells the forms of DER apart by what follows the version: an AlgorithmIdentifier in PKCS#8, the modulus in PKCS#1
 * (RFC 8017 appendix A.1.2), an OCTET STRING in SEC 1 (RFC 5915 section 3). EncryptedPrivateKeyInfo has no version.
 */
function fromDer(der: Uint8Array): Uint8Array {
  const fields = readWhole(der);
  if (fields.nextTag === Tag.Sequence) throw new SmimeError("unsupported.key", { reason: "encrypted" });
  fields.smallInteger();
  switch (fields.nextTag) {
    case Tag.Sequence:
      return checked(der);
    case Tag.Integer:
      return wrapRsaPrivateKey(der);
    case Tag.OctetString:
      return wrapEcPrivateKey(der);
    default:
      throw new SmimeError("malformed.key", { reason: "unknown-form" });
  }
}

/**
 * `PrivateKeyInfo ::= SEQUENCE { version, privateKeyAlgorithm, privateKey OCTET STRING, attributes [0] OPTIONAL,
 * publicKey [1] OPTIONAL }`; only the frame is looked at, the key is checked where it is imported.
 */
function checked(pkcs8: Uint8Array): Uint8Array {
  const fields = readWhole(pkcs8);
  fields.smallInteger();
  fields.sequence().oid();
  fields.octetString();
  return pkcs8;
}

function wrapRsaPrivateKey(der: Uint8Array): Uint8Array {
  readWhole(der).smallInteger();
  return encode(sequence(smallInteger(0), algorithmIdentifier(PublicKey.rsaEncryption, "null"), octetString(der)));
}

/**
 * `ECPrivateKey ::= SEQUENCE { version, privateKey OCTET STRING, parameters [0] OPTIONAL, publicKey [1] OPTIONAL }`.
 * The curve moves into the AlgorithmIdentifier, where PKCS#8 has it; the inner copy may stay (RFC 5915 section 3).
 */
function wrapEcPrivateKey(der: Uint8Array): Uint8Array {
  const fields = readWhole(der);
  fields.smallInteger();
  fields.octetString();
  const parameters = fields.optional(EXPLICIT_PARAMETERS);
  if (!parameters) throw new SmimeError("unsupported.key", { reason: "curve-missing" });
  const curve = readTlv(parameters.content, 0, "der");
  new Asn1Reader(curve.bytes).oid();
  const algorithm = algorithmIdentifier(PublicKey.ecPublicKey, encoded(curve.bytes));
  return encode(sequence(smallInteger(0), algorithm, octetString(der)));
}
