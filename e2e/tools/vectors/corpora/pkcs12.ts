import { importPkcs12 } from "../../../../src/engine/pkcs12/import.ts";
import { SmimeError } from "../../../../src/engine/errors.ts";
import type { VectorCase } from "../corpus.ts";
import { openssl } from "./messages.ts";

/** What is in a PKCS#12 file, in words. */
export async function pkcs12Words(file: Uint8Array, passphrase: string): Promise<string> {
  try {
    const { keys, certificates } = await importPkcs12(file, passphrase);
    return `keys ${String(keys.length)}, certificates ${String(certificates.length)}`;
  } catch (error) {
    if (error instanceof SmimeError) return `refused (${error.code} ${JSON.stringify(error.context)})`;
    throw error;
  }
}

/**
 * A PKCS#12 file that its suite says to be readable, or not. How many keys and certificates it has is what OpenSSL says;
 * where it cannot read the file, `expected` has to say it.
 */
export function pkcs12Case(name: string, file: Uint8Array, passphrase: string, expected?: string): VectorCase {
  return {
    name: `pkcs12 ${name}`,
    expected: expected ?? opensslPkcs12Words(file, passphrase) ?? "OpenSSL cannot read it",
    actual: () => pkcs12Words(file, passphrase),
  };
}

function opensslPkcs12Words(file: Uint8Array, passphrase: string): string | null {
  const words = ["pkcs12", "-in", "in.p12", "-nodes", "-legacy", "-passin", `pass:${passphrase}`];
  const pem = openssl(words, { "in.p12": file });
  if (!pem) return null;
  const text = Buffer.from(pem).toString("latin1");
  const count = (label: string) => String(text.split(`-----BEGIN ${label}-----`).length - 1);
  return `keys ${count("PRIVATE KEY")}, certificates ${count("CERTIFICATE")}`;
}
