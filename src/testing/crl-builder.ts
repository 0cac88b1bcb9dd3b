import { Tag } from "../engine/asn1/tag.ts";
import {
  bitString,
  constructed,
  type Der,
  encode,
  encoded,
  explicit,
  integer,
  oid,
  sequence,
  setOf,
  smallInteger,
  time,
} from "../engine/asn1/writer.ts";
import { type CertificateList, readCertificateList } from "../engine/revocation/certificate-list.ts";
import { pem, type TestCertificate, TEST_TIME } from "./certificate-builder.ts";
import { signatureAlgorithmOf, signTbs, type SigningDigest } from "./certificate-signature.ts";
import { extension } from "./extension-values.ts";

/** Numbers of CRLReason (RFC 5280 section 5.3.1). */
export const Reason = {
  unspecified: 0,
  keyCompromise: 1,
  cACompromise: 2,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
  certificateHold: 6,
  removeFromCRL: 8,
  privilegeWithdrawn: 9,
  aACompromise: 10,
} as const;

export interface RevokedOptions {
  readonly reason?: number;
  readonly at?: Date;
  readonly invalidSince?: Date;
  /** GeneralNames of the certificate's issuer, in an indirect CRL. */
  readonly issuer?: readonly Der[];
  readonly extensions?: readonly Der[];
}

/** Parts of an issuingDistributionPoint (RFC 5280 section 5.2.5). */
export interface ScopeOptions {
  readonly fullName?: readonly Der[];
  /** `CN=…`, below the issuer of the list. */
  readonly relativeName?: Der;
  readonly only?: "user" | "ca" | "attribute";
  /** Bits of ReasonFlags. */
  readonly reasons?: readonly number[];
  readonly indirect?: boolean;
}

export interface TestCrl {
  readonly der: Uint8Array;
  readonly list: CertificateList;
  readonly pem: string;
}

interface Recipe {
  readonly issuer: TestCertificate;
  readonly issuerName: Der | null;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | null;
  readonly entries: readonly Der[];
  readonly extensions: readonly Der[];
  readonly digest: SigningDigest;
  readonly hasBrokenSignature: boolean;
  readonly version: number;
}

const DAY = 24 * 60 * 60 * 1000;

/**
 * Builds CRLs for tests: `crl(root).number(5).revoke(alice, { reason: Reason.superseded }).build()`. A fresh one lists
 * nobody and is current at `TEST_TIME`; every method returns a new builder.
 */
export class CrlBuilder {
  readonly #recipe: Recipe;

  constructor(recipe: Recipe) {
    this.#recipe = recipe;
  }

  #with(change: Partial<Recipe>): CrlBuilder {
    return new CrlBuilder({ ...this.#recipe, ...change });
  }

  revoke(certificate: TestCertificate, options: RevokedOptions = {}): CrlBuilder {
    return this.revokeSerial(certificate.certificate.serialNumber, options);
  }

  revokeSerial(serialNumber: Uint8Array, options: RevokedOptions = {}): CrlBuilder {
    const { reason, at = new Date(TEST_TIME.getTime() - DAY), invalidSince, issuer, extensions = [] } = options;
    const list = [
      ...(reason === undefined
        ? []
        : [extension("2.5.29.21", false, constructed(Tag.Enumerated, encoded(Uint8Array.of(reason))))]),
      ...(invalidSince ? [extension("2.5.29.24", false, generalizedTime(invalidSince))] : []),
      ...(issuer ? [extension("2.5.29.29", true, sequence(...issuer))] : []),
      ...extensions,
    ];
    const entry = sequence(integer(serialNumber), time(at), list.length > 0 ? sequence(...list) : null);
    return this.#with({ entries: [...this.#recipe.entries, entry] });
  }

  window(thisUpdate: string, nextUpdate: string | null): CrlBuilder {
    return this.#with({
      thisUpdate: new Date(thisUpdate),
      nextUpdate: nextUpdate === null ? null : new Date(nextUpdate),
    });
  }

  number(value: number): CrlBuilder {
    return this.extension("2.5.29.20", "not-critical", smallInteger(value));
  }

  /** A delta CRL that continues the complete one of this number. */
  deltaOf(base: number): CrlBuilder {
    return this.extension("2.5.29.27", "critical", smallInteger(base));
  }

  scope(options: ScopeOptions): CrlBuilder {
    return this.extension("2.5.29.28", "critical", scopeValue(options));
  }

  expiredCertsFrom(from: Date): CrlBuilder {
    return this.extension("2.5.29.60", "not-critical", generalizedTime(from));
  }

  extension(extensionOid: string, criticality: "critical" | "not-critical", value: Der): CrlBuilder {
    const added = extension(extensionOid, criticality === "critical", value);
    return this.#with({ extensions: [...this.#recipe.extensions, added] });
  }

  /** Another issuer name than the subject of the certificate that signs. */
  issuerName(name: Der): CrlBuilder {
    return this.#with({ issuerName: name });
  }

  signedWith(digest: SigningDigest): CrlBuilder {
    return this.#with({ digest });
  }

  brokenSignature(): CrlBuilder {
    return this.#with({ hasBrokenSignature: true });
  }

  /** The version as people count: 1 has no extensions. */
  version(version: number): CrlBuilder {
    return this.#with({ version });
  }

  der(): Uint8Array {
    const { issuer, issuerName, thisUpdate, nextUpdate, entries, extensions, digest, version } = this.#recipe;
    const algorithm = signatureAlgorithmOf(issuer.privateKey, digest);
    const tbs = encode(
      sequence(
        version === 1 ? null : smallInteger(version - 1),
        algorithm,
        issuerName ?? encoded(issuer.certificate.subject.der),
        time(thisUpdate),
        nextUpdate && time(nextUpdate),
        entries.length > 0 ? sequence(...entries) : null,
        version === 1 || extensions.length === 0 ? null : explicit(0, sequence(...extensions)),
      ),
    );
    const signature = signTbs(issuer.privateKey, digest, tbs);
    if (this.#recipe.hasBrokenSignature) signature[signature.length - 1]! ^= 1;
    return encode(sequence(encoded(tbs), algorithm, bitString(signature)));
  }

  build(): TestCrl {
    const der = this.der();
    return { der, list: readCertificateList(der), pem: pem("X509 CRL", der) };
  }
}

export function crl(issuer: TestCertificate): CrlBuilder {
  return new CrlBuilder({
    issuer,
    issuerName: null,
    thisUpdate: new Date("2026-05-25T00:00:00Z"),
    nextUpdate: new Date("2026-06-25T00:00:00Z"),
    entries: [],
    extensions: [],
    digest: "sha-256",
    hasBrokenSignature: false,
    version: 2,
  });
}

/** The value of a cRLDistributionPoints extension with one point. */
export function distributionPoint(options: {
  readonly fullName?: readonly Der[];
  readonly relativeName?: Der;
  readonly reasons?: readonly number[];
  readonly crlIssuer?: readonly Der[];
}): Der {
  const { fullName, relativeName, reasons, crlIssuer } = options;
  return sequence(
    pointName(fullName, relativeName),
    reasons ? flags(1, reasons) : null,
    crlIssuer ? constructed(0xa2, ...crlIssuer) : null,
  );
}

/** `CN=…` as a RelativeDistinguishedName. */
export function relativeName(commonName: Der): Der {
  return setOf([sequence(oid("2.5.4.3"), commonName)]);
}

function scopeValue({ fullName, relativeName: relative, only, reasons, indirect }: ScopeOptions): Der {
  const flag = (number: number, isSet: boolean): Der | null =>
    isSet ? constructed(0x80 | number, encoded(Uint8Array.of(0xff))) : null;
  return sequence(
    pointName(fullName, relative),
    flag(1, only === "user"),
    flag(2, only === "ca"),
    reasons ? flags(3, reasons) : null,
    flag(4, indirect === true),
    flag(5, only === "attribute"),
  );
}

function pointName(fullName: readonly Der[] | undefined, relative: Der | undefined): Der | null {
  if (fullName) return explicit(0, constructed(0xa0, ...fullName));
  if (!relative) return null;
  // IMPLICIT over the SET: its own identifier octet is replaced.
  const set = encode(relative);
  set[0] = 0xa1;
  return explicit(0, encoded(set));
}

/** ReasonFlags: nine bits in two octets, trailing zero bits left out (X.690 section 11.2.2). */
function flags(number: number, bits: readonly number[]): Der {
  const octets = new Uint8Array(Math.max(...bits) > 7 ? 2 : 1);
  for (const bit of bits) octets[bit >> 3]! |= 0x80 >> (bit & 7);
  const unused = 7 - (Math.max(...bits) & 7);
  return constructed(0x80 | number, encoded(Uint8Array.of(unused, ...octets)));
}

export function generalizedTime(date: Date): Der {
  const digits = date
    .toISOString()
    .replace(/\.\d+Z$/, "Z")
    .replaceAll(/[-:T]/g, "");
  return constructed(Tag.GeneralizedTime, encoded(new TextEncoder().encode(digits)));
}
