import { importPrivateKey } from "../../src/engine/primitives/private-key.ts";
import type { Identity } from "../../src/engine/smime/identity.ts";
import { readCertificates } from "../../src/engine/x509/containers.ts";
import { readPrivateKey } from "../../src/engine/x509/private-key-file.ts";
import { openssl, read, write } from "./openssl.ts";

/** Kinds of keys beside those that most people have, as OpenSSL names them. */
const CURVES = {
  brainpoolP256r1: ["ec", "ec_paramgen_curve:brainpoolP256r1"],
  brainpoolP384r1: ["ec", "ec_paramgen_curve:brainpoolP384r1"],
  brainpoolP512r1: ["ec", "ec_paramgen_curve:brainpoolP512r1"],
  ed25519: ["ed25519"],
  ed448: ["ed448"],
  x25519: ["x25519"],
  x448: ["x448"],
} as const;
export type OtherKind = keyof typeof CURVES;
export const OTHER_KINDS = Object.keys(CURVES) as OtherKind[];
export const BRAINPOOL = OTHER_KINDS.filter((kind) => kind.startsWith("brainpool"));

/** A certificate by the practice CA for a key that need not be able to sign a request. */
export function makeCertificate(kind: OtherKind): void {
  const [algorithm, ...options] = CURVES[kind];
  openssl(
    "genpkey",
    "-algorithm",
    algorithm,
    ...options.flatMap((option) => ["-pkeyopt", option]),
    "-out",
    `${kind}.key`,
  );
  openssl("pkey", "-in", `${kind}.key`, "-pubout", "-out", `${kind}.pub`);
  write(
    `${kind}.ext`,
    `subjectAltName = email:${kind}@example.com\nextendedKeyUsage = emailProtection\nsubjectKeyIdentifier = hash\n`,
  );
  const issuing = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "3650", "-extfile", `${kind}.ext`];
  openssl("x509", "-req", "-in", "p256.csr", "-force_pubkey", `${kind}.pub`, ...issuing, "-out", `${kind}.pem`);
}

/** The certificate of that name, with its key. */
export async function identityOf(name: string): Promise<Identity> {
  const [certificate] = readCertificates(read(`${name}.pem`));
  return { certificate: certificate!, key: await importPrivateKey(readPrivateKey(read(`${name}.key`))), chain: [] };
}
