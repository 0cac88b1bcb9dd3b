/** What is in a PKCS#12 file, in words. */
export async function pkcs12Words(file: Uint8Array, passphrase: string): Promise<string> {
  const { importPkcs12 } = await import("../../../../src/engine/pkcs12/import.ts");
  const { keys, certificates } = await importPkcs12(file, passphrase);
  return `keys ${String(keys.length)}, certificates ${String(certificates.length)}`;
}
