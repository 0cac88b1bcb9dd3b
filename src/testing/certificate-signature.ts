import { constants, type KeyObject, sign } from "node:crypto";
import { algorithmIdentifier } from "../engine/asn1/algorithm-identifier.ts";
import { Digest, PublicKey, Signature } from "../engine/asn1/oids.ts";
import { type Der, explicit, sequence, smallInteger } from "../engine/asn1/writer.ts";

export type SigningDigest = "md5" | "sha-1" | "sha-256" | "sha-384" | "sha-512";

const RSA_SIGNATURES: Readonly<Record<SigningDigest, string>> = {
  md5: Signature.md5WithRsa,
  "sha-1": Signature.sha1WithRsa,
  "sha-256": Signature.sha256WithRsa,
  "sha-384": Signature.sha384WithRsa,
  "sha-512": Signature.sha512WithRsa,
};
const ECDSA_SIGNATURES: Readonly<Record<SigningDigest, string>> = {
  md5: "1.2.840.10045.4.3",
  "sha-1": Signature.ecdsaWithSha1,
  "sha-256": Signature.ecdsaWithSha256,
  "sha-384": Signature.ecdsaWithSha384,
  "sha-512": Signature.ecdsaWithSha512,
};

export function signatureAlgorithmOf(signer: KeyObject, digest: SigningDigest): Der {
  if (signer.asymmetricKeyType === "ec") return algorithmIdentifier(ECDSA_SIGNATURES[digest], "absent");
  if (signer.asymmetricKeyType === "rsa-pss") return pssAlgorithm();
  return algorithmIdentifier(RSA_SIGNATURES[digest], "null");
}

/** RSASSA-PSS with SHA-256 and a salt of 32 octets (RFC 4055 section 3.1). */
function pssAlgorithm(): Der {
  const sha256 = algorithmIdentifier(Digest.sha256, "null");
  const parameters = sequence(
    explicit(0, sha256),
    explicit(1, algorithmIdentifier(PublicKey.mgf1, sha256)),
    explicit(2, smallInteger(32)),
  );
  return algorithmIdentifier(PublicKey.rsassaPss, parameters);
}

export function signTbs(signer: KeyObject, digest: SigningDigest, tbs: Uint8Array): Uint8Array {
  if (signer.asymmetricKeyType === "rsa-pss") {
    const key = { key: signer, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
    return new Uint8Array(sign("sha256", tbs, key));
  }
  return new Uint8Array(sign(digest.replace("-", ""), tbs, signer));
}
