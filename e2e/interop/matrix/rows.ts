import type { EncryptionOptions } from "../../../src/engine/smime/encrypt-entity.ts";
import type { SigningOptions } from "../../../src/engine/smime/sign-entity.ts";
import type { KeyKind } from "../pki.ts";

interface Signing extends Pick<SigningOptions, "form" | "digest" | "rsaScheme"> {
  readonly kind: KeyKind;
}

interface Encryption extends Pick<EncryptionOptions, "cipher" | "keyTransport"> {
  readonly kind: KeyKind;
}

/** A message that we write. */
export interface Row {
  readonly name: string;
  readonly signing?: Signing;
  readonly encryption?: Encryption;
  readonly hidesSubject?: true;
  readonly wrapsTwice?: true;
  /** What the message is longer than a short one. */
  readonly size?: "5 MB";
}

const RSA = { kind: "rsa-pkcs1" } as const;
const oaep = (digest: "sha-1" | "sha-256" | "sha-384" | "sha-512") => ({ kind: "rsa-oaep", digest }) as const;

const clear = (kind: KeyKind, digest?: Signing["digest"], rsaScheme?: Signing["rsaScheme"]): Signing => ({
  kind,
  form: "clear",
  ...(digest ? { digest } : {}),
  ...(rsaScheme ? { rsaScheme } : {}),
});
const opaque = (kind: KeyKind): Signing => ({ kind, form: "opaque" });
const to = (kind: KeyKind, cipher: Encryption["cipher"], keyTransport: Encryption["keyTransport"] = RSA) => ({
  kind,
  cipher,
  keyTransport,
});

const USUAL = { signing: clear("rsa2048"), encryption: to("rsa2048", "aes-256-cbc") } as const;

/** A line for each thing that we write; what is not the subject of a line is what every program reads. */
export const ROWS: readonly [Row, ...Row[]] = [
  { name: "RSA 2048, SHA-256", signing: clear("rsa2048", "sha-256") },
  { name: "RSA 2048, SHA-384", signing: clear("rsa2048", "sha-384") },
  { name: "RSA 2048, SHA-512", signing: clear("rsa2048", "sha-512") },
  { name: "RSA 3072, SHA-256", signing: clear("rsa3072", "sha-256") },
  { name: "RSA-PSS, SHA-256", signing: clear("rsa2048", "sha-256", "rsa-pss") },
  { name: "RSA-PSS, SHA-384", signing: clear("rsa2048", "sha-384", "rsa-pss") },
  { name: "RSA-PSS, SHA-512", signing: clear("rsa2048", "sha-512", "rsa-pss") },
  { name: "ECDSA P-256, SHA-256", signing: clear("p256", "sha-256") },
  { name: "ECDSA P-256, SHA-512", signing: clear("p256", "sha-512") },
  { name: "ECDSA P-384, SHA-384", signing: clear("p384", "sha-384") },
  { name: "ECDSA P-521, SHA-512", signing: clear("p521", "sha-512") },
  { name: "RSA 2048, opaque", signing: opaque("rsa2048") },
  { name: "ECDSA P-256, opaque", signing: opaque("p256") },
  { name: "AES-128-CBC", encryption: to("rsa2048", "aes-128-cbc") },
  { name: "AES-192-CBC", encryption: to("rsa2048", "aes-192-cbc") },
  { name: "AES-256-CBC", encryption: to("rsa2048", "aes-256-cbc") },
  { name: "AES-128-GCM", encryption: to("rsa2048", "aes-128-gcm") },
  { name: "AES-192-GCM", encryption: to("rsa2048", "aes-192-gcm") },
  { name: "AES-256-GCM", encryption: to("rsa2048", "aes-256-gcm") },
  { name: "RSA-OAEP, SHA-1", encryption: to("rsa2048", "aes-256-cbc", oaep("sha-1")) },
  { name: "RSA-OAEP, SHA-256", encryption: to("rsa2048", "aes-256-cbc", oaep("sha-256")) },
  { name: "RSA-OAEP, SHA-384", encryption: to("rsa2048", "aes-256-cbc", oaep("sha-384")) },
  { name: "RSA-OAEP, SHA-512", encryption: to("rsa3072", "aes-256-cbc", oaep("sha-512")) },
  { name: "ECDH P-256", encryption: to("p256", "aes-128-cbc") },
  { name: "ECDH P-384", encryption: to("p384", "aes-256-cbc") },
  { name: "ECDH P-521", encryption: to("p521", "aes-256-cbc") },
  { name: "ECDH P-256, AES-256-GCM", encryption: to("p256", "aes-256-gcm") },
  { name: "signed and encrypted", ...USUAL },
  { name: "signed opaque and encrypted", ...USUAL, signing: opaque("rsa2048") },
  { name: "encrypted, subject hidden", encryption: USUAL.encryption, hidesSubject: true },
  { name: "signed and encrypted, subject hidden", ...USUAL, hidesSubject: true },
  { name: "triple wrap", ...USUAL, wrapsTwice: true },
  { name: "triple wrap, subject hidden", ...USUAL, wrapsTwice: true, hidesSubject: true },
  { name: "signed clear, 5 MB", signing: clear("rsa2048"), size: "5 MB" },
  { name: "signed opaque, 5 MB", signing: opaque("rsa2048"), size: "5 MB" },
  { name: "encrypted, 5 MB", encryption: USUAL.encryption, size: "5 MB" },
  { name: "signed and encrypted, 5 MB", ...USUAL, size: "5 MB" },
];
