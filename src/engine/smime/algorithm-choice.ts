import { Cipher, PublicKey } from "../asn1/oids.ts";
import type { WrittenKeyTransport } from "../cms/recipients/key-transport.ts";
import type { CipherName } from "../primitives/cipher-registry.ts";
import { parsePublicKey } from "../primitives/public-key.ts";
import type { Capability } from "../claims.ts";
import type { Certificate } from "../x509/certificate.ts";
import { certificateCapabilities } from "./capabilities.ts";

/** Whom a message goes to, and what is known of their programs. */
export interface AddressedRecipient {
  readonly certificate: Certificate;
  /** Out of their last signed message (RFC 8551 section 2.5.2); `null` where none is known. */
  readonly capabilities: readonly Capability[] | null;
}

/** What the organisation and the user demand; by default nothing but what every program reads. */
export interface AlgorithmPolicy {
  /** Shorter keys are not written, whatever recipients say. */
  readonly minimumKeyBits: 128 | 256;
  /** Whether authenticated encryption is used where all say that they read it, always, or never. */
  readonly authenticated: "as-advertised" | "always" | "never";
  /** PKCS#1 v1.5 by default; the newer RSA schemes where all say that they read them, or always. */
  readonly rsaKeyTransport: "as-advertised" | "oaep";
  readonly rsaSignature: "as-advertised" | "pss";
}

export const DEFAULT_ALGORITHM_POLICY: AlgorithmPolicy = {
  minimumKeyBits: 128,
  authenticated: "as-advertised",
  rsaKeyTransport: "as-advertised",
  rsaSignature: "as-advertised",
};

export interface ChosenAlgorithms {
  readonly cipher: CipherName;
  readonly keyTransport: WrittenKeyTransport;
  readonly rsaScheme: "rsa-pkcs1" | "rsa-pss";
  /** Recipients whose own list lacks what was chosen, because nothing in it is allowed: they may not read it. */
  readonly beyondCapabilities: readonly Certificate[];
}

/** Ciphers that may be written, the preferred first. */
const GCM = ["aes-256-gcm", "aes-128-gcm"] as const;
const CBC = ["aes-256-cbc", "aes-192-cbc", "aes-128-cbc"] as const;

const OIDS: Readonly<Record<(typeof GCM)[number] | (typeof CBC)[number], string>> = {
  "aes-256-gcm": Cipher.aes256Gcm,
  "aes-128-gcm": Cipher.aes128Gcm,
  "aes-256-cbc": Cipher.aes256Cbc,
  "aes-192-cbc": Cipher.aes192Cbc,
  "aes-128-cbc": Cipher.aes128Cbc,
};

/**
 * The one place where it is decided how a message is written for these recipients (RFC 8551 section 2.7.1). What all
 * can read and the policy allows, the strongest first. Whoever says nothing is taken to read AES-256-CBC, RSA with
 * PKCS#1 v1.5 and no newer scheme: AES-GCM is shown as an empty message without an error by Thunderbird 153.
 */
export function chooseAlgorithms(
  recipients: readonly AddressedRecipient[],
  sender: Certificate,
  policy: AlgorithmPolicy = DEFAULT_ALGORITHM_POLICY,
): ChosenAlgorithms {
  const lists = recipients.map(capabilityOids);
  const cipher = chooseCipher(lists, policy);
  return {
    cipher,
    keyTransport: chooseKeyTransport(recipients, lists, policy),
    rsaScheme: chooseRsaScheme(lists, sender, policy),
    beyondCapabilities: recipients
      .filter((_recipient, index) => !reads(lists[index] ?? null, OIDS[cipher]))
      .map(({ certificate }) => certificate),
  };
}

/** OIDs of what a recipient reads; `null` where nothing is known. */
type CapabilityOids = ReadonlySet<string> | null;

function capabilityOids({ certificate, capabilities }: AddressedRecipient): CapabilityOids {
  const known = capabilities ?? certificateCapabilities(certificate);
  return known && known.length > 0 ? new Set(known.map(({ oid }) => oid)) : null;
}

function reads(list: CapabilityOids, oid: string): boolean {
  return list === null ? oid === Cipher.aes256Cbc : list.has(oid);
}

function chooseCipher(lists: readonly CapabilityOids[], policy: AlgorithmPolicy): keyof typeof OIDS {
  const isAllowed = (cipher: string): boolean => policy.minimumKeyBits === 128 || cipher.includes("256");
  const gcm = GCM.filter(isAllowed);
  const common = (cipher: keyof typeof OIDS): boolean =>
    lists.length > 0 && lists.every((list) => reads(list, OIDS[cipher]));
  if (policy.authenticated === "always") return gcm.find(common) ?? "aes-256-gcm";
  const advertised = policy.authenticated === "as-advertised" ? gcm.find(common) : undefined;
  return advertised ?? CBC.filter(isAllowed).find(common) ?? "aes-256-cbc";
}

/** SHA-256, as RFC 8551 section 2.3 has it and every program that knows OAEP reads. */
const OAEP: WrittenKeyTransport = { kind: "rsa-oaep", digest: "sha-256" };

/** A key that its certificate reserves for OAEP must not be used otherwise (RFC 4055 section 4.1). */
function chooseKeyTransport(
  recipients: readonly AddressedRecipient[],
  lists: readonly CapabilityOids[],
  { rsaKeyTransport }: AlgorithmPolicy,
): WrittenKeyTransport {
  const withRsa = recipients.flatMap(({ certificate }, index) => {
    const key = parsePublicKey(certificate.spki);
    return key?.type === "rsa" ? [{ key, list: lists[index] ?? null }] : [];
  });
  const isReserved = withRsa.some(({ key }) => key.use === "oaep");
  const isAdvertised = withRsa.length > 0 && withRsa.every(({ list }) => list?.has(PublicKey.rsaesOaep) === true);
  return rsaKeyTransport === "oaep" || isReserved || isAdvertised ? OAEP : { kind: "rsa-pkcs1" };
}

function chooseRsaScheme(
  lists: readonly CapabilityOids[],
  sender: Certificate,
  { rsaSignature }: AlgorithmPolicy,
): ChosenAlgorithms["rsaScheme"] {
  const key = parsePublicKey(sender.spki);
  const isReserved = key?.type === "rsa" && key.use === "pss";
  const isAdvertised = lists.length > 0 && lists.every((list) => list?.has(PublicKey.rsassaPss) === true);
  return rsaSignature === "pss" || isReserved || isAdvertised ? "rsa-pss" : "rsa-pkcs1";
}
