import { createPublicKey, type KeyObject, randomBytes } from "node:crypto";
import {
  bitString,
  boolean,
  constructed,
  type Der,
  encode,
  encoded,
  explicit,
  implicitPrimitive,
  integer,
  octetString,
  oid,
  sequence,
  smallInteger,
  time,
} from "../engine/asn1/writer.ts";
import { type Certificate, parseCertificate } from "../engine/x509/certificate.ts";
import { KeyPurpose } from "../engine/x509/extended-key-usage.ts";
import { ExtensionId } from "../engine/x509/extension.ts";
import type { KeyUsage } from "../engine/x509/key-usage.ts";
import { signatureAlgorithmOf, signTbs, type SigningDigest } from "./certificate-signature.ts";
import { extension, keyIdentifier, keyUsageBits, leafUsages } from "./extension-values.ts";
import { distinguishedName, rfc822Name, smtpUtf8Mailbox } from "./names.ts";
import { testKey, type TestKeyKind } from "./test-keys.ts";

/** A time at which certificates are valid that were built without `expired`, `notYetValid` and `valid`. */
export const TEST_TIME = new Date("2026-06-01T12:00:00Z");

export interface TestCertificate {
  readonly der: Uint8Array;
  readonly certificate: Certificate;
  readonly pem: string;
  readonly privateKey: KeyObject;
  readonly privateKeyPkcs8: Uint8Array;
  readonly privateKeyPem: string;
}

interface Recipe {
  readonly subject: Der;
  readonly issuer: TestCertificate | null;
  readonly issuerName: Der | null;
  readonly key: TestKeyKind | TestCertificate;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly version: 1 | 3;
  readonly serialNumber: Uint8Array;
  readonly digest: SigningDigest;
  readonly hasBrokenSignature: boolean;
  readonly altNames: readonly Der[];
  /** `"default"`: of a leaf for mail, or of a CA. */
  readonly keyUsage: readonly KeyUsage[] | "default" | null;
  readonly extendedKeyUsage: readonly string[] | "default" | null;
  readonly basicConstraints: { readonly cA: boolean; readonly pathLength: number | null } | null;
  readonly hasKeyIdentifiers: boolean;
  readonly extensions: readonly { readonly oid: string; readonly critical: boolean; readonly value: Der }[];
}

/**
 * Builds certificates for tests. A fresh builder makes a self-signed leaf for mail with an RSA key of 2048 bits and
 * no address; every method returns a new builder, so a half-finished one can be used many times:
 *
 * ```ts
 * const root = certificate().subject("CN=Root").ca().build();
 * const alice = certificate().subject("CN=Alice,O=Example").email("alice@example.com").issuedBy(root).build();
 * const old = certificate().email("alice@example.com").issuedBy(root).expired().build();
 * alice.der; alice.certificate; alice.privateKeyPkcs8; alice.pem; alice.privateKeyPem;
 * ```
 *
 * `.key("p-256")` chooses the kind of key, `.key(other)` takes the key of another certificate. Name constraints and
 * further alternative names take the GeneralNames of `names.ts`. Everything is valid at `TEST_TIME` and today.
 */
export class CertificateBuilder {
  readonly #recipe: Recipe;

  constructor(recipe: Recipe) {
    this.#recipe = recipe;
  }

  #with(change: Partial<Recipe>): CertificateBuilder {
    return new CertificateBuilder({ ...this.#recipe, ...change });
  }

  /** `CN=Alice,O=Example,C=US`, last RDN first. */
  subject(name: string): CertificateBuilder {
    return this.#with({ subject: distinguishedName(name) });
  }

  /** Alternative names: rfc822Name, or SmtpUTF8Mailbox where the local part is not ASCII (RFC 9598). */
  email(...addresses: readonly string[]): CertificateBuilder {
    return this.altName(
      ...addresses.map((address) => (/^\p{ASCII}*@/u.test(address) ? rfc822Name(address) : smtpUtf8Mailbox(address))),
    );
  }

  /** Alternative names in any form, see `names.ts`. */
  altName(...names: readonly Der[]): CertificateBuilder {
    return this.#with({ altNames: [...this.#recipe.altNames, ...names] });
  }

  issuedBy(issuer: TestCertificate): CertificateBuilder {
    return this.#with({ issuer });
  }

  /** Another issuer name than the subject of the certificate that signs. */
  issuerName(name: string): CertificateBuilder {
    return this.#with({ issuerName: distinguishedName(name) });
  }

  key(key: TestKeyKind | TestCertificate): CertificateBuilder {
    return this.#with({ key });
  }

  /** A CA, with a P-256 key unless `key` follows. */
  ca(pathLength: number | null = null): CertificateBuilder {
    return this.#with({ basicConstraints: { cA: true, pathLength }, key: "p-256", extendedKeyUsage: null });
  }

  withoutBasicConstraints(): CertificateBuilder {
    return this.#with({ basicConstraints: null, keyUsage: this.#usages() });
  }

  /** basicConstraints with cA false, as many leaves have it. */
  notCa(): CertificateBuilder {
    return this.#with({ keyUsage: this.#usages(), basicConstraints: { cA: false, pathLength: null } });
  }

  keyUsage(...usages: readonly KeyUsage[]): CertificateBuilder {
    return this.#with({ keyUsage: usages });
  }

  withoutKeyUsage(): CertificateBuilder {
    return this.#with({ keyUsage: null });
  }

  /** OIDs, see `KeyPurpose`. */
  extendedKeyUsage(...purposes: readonly string[]): CertificateBuilder {
    return this.#with({ extendedKeyUsage: purposes });
  }

  withoutExtendedKeyUsage(): CertificateBuilder {
    return this.#with({ extendedKeyUsage: null });
  }

  withoutKeyIdentifiers(): CertificateBuilder {
    return this.#with({ hasKeyIdentifiers: false });
  }

  /** GeneralNames as bases of the subtrees. */
  nameConstraints(subtrees: { permitted?: readonly Der[]; excluded?: readonly Der[] }): CertificateBuilder {
    const list = (number: number, bases: readonly Der[] | undefined): Der | null =>
      bases ? constructed(0xa0 | number, ...bases.map((base) => sequence(base))) : null;
    const value = sequence(list(0, subtrees.permitted), list(1, subtrees.excluded));
    return this.extension(ExtensionId.nameConstraints, "critical", value);
  }

  extension(extensionOid: string, criticality: "critical" | "not-critical", value: Der): CertificateBuilder {
    const added = { oid: extensionOid, critical: criticality === "critical", value };
    return this.#with({ extensions: [...this.#recipe.extensions, added] });
  }

  unknownCriticalExtension(): CertificateBuilder {
    return this.extension("1.3.6.1.4.1.99999.1", "critical", sequence());
  }

  valid(notBefore: string, notAfter: string): CertificateBuilder {
    return this.#with({ notBefore: new Date(notBefore), notAfter: new Date(notAfter) });
  }

  /** Valid from 2022 to the end of 2024. */
  expired(): CertificateBuilder {
    return this.valid("2022-01-01T00:00:00Z", "2024-12-31T23:59:59Z");
  }

  notYetValid(): CertificateBuilder {
    return this.valid("2044-01-01T00:00:00Z", "2045-01-01T00:00:00Z");
  }

  /** The digest under the issuer's signature. */
  signedWith(digest: SigningDigest): CertificateBuilder {
    return this.#with({ digest });
  }

  brokenSignature(): CertificateBuilder {
    return this.#with({ hasBrokenSignature: true });
  }

  version1(): CertificateBuilder {
    return this.#with({ version: 1 });
  }

  /** Content octets of the INTEGER. */
  serialNumber(...octets: readonly number[]): CertificateBuilder {
    return this.#with({ serialNumber: Uint8Array.from(octets) });
  }

  build(): TestCertificate {
    const recipe = this.#recipe;
    const privateKey = typeof recipe.key === "string" ? testKey(recipe.key) : recipe.key.privateKey;
    const spki = new Uint8Array(createPublicKey(privateKey).export({ type: "spki", format: "der" }));
    const signer = recipe.issuer?.privateKey ?? privateKey;
    const algorithm = signatureAlgorithmOf(signer, recipe.digest);
    const issuerName = recipe.issuerName ?? (recipe.issuer ? encoded(recipe.issuer.certificate.subject.der) : null);
    const tbs = encode(
      sequence(
        recipe.version === 3 ? explicit(0, smallInteger(2)) : null,
        integer(recipe.serialNumber.length > 0 ? recipe.serialNumber : Uint8Array.of(0x40, ...randomBytes(8))),
        algorithm,
        issuerName ?? recipe.subject,
        sequence(time(recipe.notBefore), time(recipe.notAfter)),
        recipe.subject,
        encoded(spki),
        recipe.version === 3 ? explicit(3, sequence(...this.#extensions(spki, privateKey))) : null,
      ),
    );
    const signature = signTbs(signer, recipe.digest, tbs);
    if (recipe.hasBrokenSignature) signature[signature.length - 1]! ^= 1;
    const der = encode(sequence(encoded(tbs), algorithm, bitString(signature)));
    return {
      der,
      certificate: parseCertificate(der),
      pem: pem("CERTIFICATE", der),
      privateKey,
      privateKeyPkcs8: new Uint8Array(privateKey.export({ type: "pkcs8", format: "der" })),
      privateKeyPem: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    };
  }

  #usages(): readonly KeyUsage[] | "default" | null {
    const { keyUsage, basicConstraints } = this.#recipe;
    return keyUsage === "default" && basicConstraints?.cA ? ["keyCertSign", "cRLSign"] : keyUsage;
  }

  #extensions(spki: Uint8Array, privateKey: KeyObject): Der[] {
    const { subject, issuer, basicConstraints, altNames, extensions, hasKeyIdentifiers } = this.#recipe;
    const usages = this.#usages();
    const purposes = this.#recipe.extendedKeyUsage;
    const own = [
      hasKeyIdentifiers && extension(ExtensionId.subjectKeyIdentifier, false, octetString(keyIdentifier(spki))),
      hasKeyIdentifiers &&
        issuer &&
        extension(
          ExtensionId.authorityKeyIdentifier,
          false,
          sequence(implicitPrimitive(0, keyIdentifier(issuer.certificate.spki))),
        ),
      basicConstraints &&
        extension(
          ExtensionId.basicConstraints,
          true,
          sequence(
            basicConstraints.cA ? boolean(true) : null,
            basicConstraints.pathLength === null ? null : smallInteger(basicConstraints.pathLength),
          ),
        ),
      usages &&
        extension(ExtensionId.keyUsage, true, keyUsageBits(usages === "default" ? leafUsages(privateKey) : usages)),
      purposes &&
        extension(
          ExtensionId.extKeyUsage,
          false,
          sequence(...(purposes === "default" ? [KeyPurpose.emailProtection] : purposes).map(oid)),
        ),
      // Critical where there is no other name, whose SEQUENCE is of two octets then (RFC 5280 section 4.2.1.6).
      altNames.length > 0 && extension(ExtensionId.subjectAltName, subject.length === 2, sequence(...altNames)),
      ...extensions.map(({ oid: extensionOid, critical, value }) => extension(extensionOid, critical, value)),
    ];
    return own.filter((value) => value !== false && value !== null);
  }
}

export function certificate(): CertificateBuilder {
  return new CertificateBuilder({
    subject: distinguishedName("CN=Alice"),
    issuer: null,
    issuerName: null,
    key: "rsa-2048",
    notBefore: new Date("2025-01-01T00:00:00Z"),
    notAfter: new Date("2039-12-31T23:59:59Z"),
    version: 3,
    serialNumber: new Uint8Array(0),
    digest: "sha-256",
    hasBrokenSignature: false,
    altNames: [],
    keyUsage: "default",
    extendedKeyUsage: "default",
    basicConstraints: null,
    hasKeyIdentifiers: true,
    extensions: [],
  });
}

export function pem(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}
