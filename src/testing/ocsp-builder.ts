import { createHash } from "node:crypto";
import { algorithmIdentifier } from "../engine/asn1/algorithm-identifier.ts";
import { Digest } from "../engine/asn1/oids.ts";
import { Tag } from "../engine/asn1/tag.ts";
import {
  bitString,
  constructed,
  type Der,
  encode,
  encoded,
  explicit,
  integer,
  octetString,
  oid,
  sequence,
} from "../engine/asn1/writer.ts";
import type { OcspAnswer } from "../engine/revocation/certificate-status.ts";
import { readOcspResponse } from "../engine/revocation/ocsp-response.ts";
import { type TestCertificate } from "./certificate-builder.ts";
import { signatureAlgorithmOf, signTbs, type SigningDigest } from "./certificate-signature.ts";
import { generalizedTime } from "./crl-builder.ts";
import { extension, keyIdentifier } from "./extension-values.ts";

export interface OcspOptions {
  readonly status?: "good" | "unknown" | { readonly revoked: Date; readonly reason?: number };
  readonly thisUpdate?: string;
  readonly nextUpdate?: string | null;
  /** Who signs, where it is not the issuer. */
  readonly signer?: TestCertificate;
  readonly responderId?: "name" | "key";
  readonly hash?: "sha1" | "sha256";
  readonly certificates?: readonly TestCertificate[];
  readonly nonce?: Uint8Array;
  readonly requestNonce?: Uint8Array;
  readonly extensions?: readonly Der[];
  readonly singleExtensions?: readonly Der[];
  readonly digest?: SigningDigest;
  readonly hasBrokenSignature?: boolean;
}

const HASH_OIDS = { sha1: Digest.sha1, sha256: Digest.sha256 } as const;

/** An OCSP response (RFC 6960 section 4.2.1) on a certificate, by its issuer unless `signer` is given. */
export function ocsp(certificate: TestCertificate, issuer: TestCertificate, options: OcspOptions = {}): OcspAnswer {
  return {
    response: readOcspResponse(ocspDer(certificate, issuer, options)),
    requestNonce: options.requestNonce ?? null,
  };
}

export function ocspDer(certificate: TestCertificate, issuer: TestCertificate, options: OcspOptions = {}): Uint8Array {
  const { signer = issuer, responderId = "name", digest = "sha-256", certificates = [], nonce } = options;
  const extensions = [
    ...(nonce ? [extension("1.3.6.1.5.5.7.48.1.2", false, octetString(nonce))] : []),
    ...(options.extensions ?? []),
  ];
  const tbs = encode(
    sequence(
      responderId === "name"
        ? explicit(1, encoded(signer.certificate.subject.der))
        : explicit(2, octetString(keyIdentifier(signer.certificate.spki))),
      generalizedTime(new Date(options.thisUpdate ?? THIS_UPDATE)),
      sequence(singleResponse(certificate, issuer, options)),
      extensions.length > 0 ? explicit(1, sequence(...extensions)) : null,
    ),
  );
  const algorithm = signatureAlgorithmOf(signer.privateKey, digest);
  const signature = signTbs(signer.privateKey, digest, tbs);
  if (options.hasBrokenSignature) signature[signature.length - 1]! ^= 1;
  const certs = certificates.length > 0 ? explicit(0, sequence(...certificates.map(({ der }) => encoded(der)))) : null;
  const basic = sequence(encoded(tbs), algorithm, bitString(signature), certs);
  return encode(
    sequence(enumerated(0), explicit(0, sequence(oid("1.3.6.1.5.5.7.48.1.1"), octetString(encode(basic))))),
  );
}

/** A response without an answer, by the number of its OCSPResponseStatus. */
export function ocspError(status: number): Uint8Array {
  return encode(sequence(enumerated(status)));
}

const THIS_UPDATE = "2026-06-01T00:00:00Z";
const NEXT_UPDATE = "2026-06-08T00:00:00Z";

function singleResponse({ certificate }: TestCertificate, issuer: TestCertificate, options: OcspOptions): Der {
  const { hash = "sha1", thisUpdate = THIS_UPDATE, nextUpdate = NEXT_UPDATE, singleExtensions = [] } = options;
  const digestOf = (bytes: Uint8Array): Der => octetString(new Uint8Array(createHash(hash).update(bytes).digest()));
  return sequence(
    sequence(
      algorithmIdentifier(HASH_OIDS[hash], "null"),
      digestOf(certificate.issuer.der),
      digestOf(issuer.certificate.publicKey),
      integer(certificate.serialNumber),
    ),
    certStatus(options.status ?? "good"),
    generalizedTime(new Date(thisUpdate)),
    nextUpdate === null ? null : explicit(0, generalizedTime(new Date(nextUpdate))),
    singleExtensions.length > 0 ? explicit(1, sequence(...singleExtensions)) : null,
  );
}

function certStatus(status: NonNullable<OcspOptions["status"]>): Der {
  if (status === "good") return constructed(0x80);
  if (status === "unknown") return constructed(0x82);
  const { revoked, reason } = status;
  return constructed(0xa1, generalizedTime(revoked), reason === undefined ? null : explicit(0, enumerated(reason)));
}

function enumerated(value: number): Der {
  return constructed(Tag.Enumerated, encoded(Uint8Array.of(value)));
}
