import { encode, sequence, smallInteger, unsignedInteger } from "../../../../src/engine/asn1/writer.ts";

/**
 * An unprotected RSA key of gpg-agent, an S-expression in canonical or advanced form, as DER of PKCS#1 RSAPrivateKey
 * (RFC 8017 appendix A.1.2). `null` for protected keys and other kinds.
 */
export function gpgKeyToPkcs1(file: Uint8Array): Uint8Array | null {
  const text = Buffer.from(file).toString("latin1");
  if (!text.includes("private-key") || text.includes("protected-private-key")) return null;
  const number = (name: string): bigint | null => canonical(text, name) ?? advanced(text, name);
  const [n, e, d, p, q, u] = ["n", "e", "d", "p", "q", "u"].map(number);
  if (!n || !e || !d || !p || !q || !u) return null;
  // gcrypt has u = p^-1 mod q, PKCS#1 q^-1 mod p: the primes change places.
  const fields = [n, e, d, q, p, d % (q - 1n), d % (p - 1n), u].map((value) => unsignedInteger(toBytes(value)));
  return encode(sequence(smallInteger(0), ...fields));
}

/** `(1:n129:<129 octets>)` */
function canonical(text: string, name: string): bigint | null {
  const start = new RegExp(String.raw`\(1:${name}(\d+):`).exec(text);
  if (!start) return null;
  const begin = start.index + start[0].length;
  return toNumber(Buffer.from(text.slice(begin, begin + Number(start[1])), "latin1").toString("hex"));
}

/** `(n #00e0ce…#)`, broken over lines */
function advanced(text: string, name: string): bigint | null {
  const found = new RegExp(String.raw`\(${name}\s+#([0-9A-Fa-f\s]+)#`).exec(text);
  return found?.[1] === undefined ? null : toNumber(found[1].replaceAll(/\s/g, ""));
}

function toNumber(hex: string): bigint {
  return BigInt(`0x${hex}`);
}

function toBytes(value: bigint): Uint8Array {
  const hex = value.toString(16);
  return new Uint8Array(Buffer.from(hex.padStart(hex.length + (hex.length % 2), "0"), "hex"));
}
