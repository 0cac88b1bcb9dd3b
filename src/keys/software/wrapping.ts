import { NONCE_SIZE } from "../../storage/identities.ts";

/** AES-256-GCM (NIST SP 800-38D) with a nonce of its own for every wrapping. */
export interface Wrapped {
  readonly nonce: Uint8Array<ArrayBuffer>;
  /** Ciphertext and, behind it, the tag of 16 octets. */
  readonly wrapped: Uint8Array<ArrayBuffer>;
}

export type WrappingKey = CryptoKey;

/** 256 bits, taken from the platform's generator. */
export const randomBytes = (size: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(size));

/** @param raw 32 octets */
export const wrappingKey = (raw: Uint8Array<ArrayBuffer>): Promise<WrappingKey> =>
  crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);

/**
 * Fields as one octet string, each behind its length (32 bits), so that nothing can move from one field to the next.
 * They are authenticated with what is wrapped, and not hidden.
 */
export function authenticated(...fields: readonly (string | number | Uint8Array)[]): Uint8Array<ArrayBuffer> {
  const parts = fields.map((field) => (field instanceof Uint8Array ? field : new TextEncoder().encode(String(field))));
  const whole = new Uint8Array(parts.reduce((size, { length }) => size + 4 + length, 0));
  const view = new DataView(whole.buffer);
  let offset = 0;
  for (const part of parts) {
    view.setUint32(offset, part.length);
    whole.set(part, offset + 4);
    offset += 4 + part.length;
  }
  return whole;
}

export async function wrap(
  key: WrappingKey,
  secret: Uint8Array<ArrayBuffer>,
  additionalData: Uint8Array<ArrayBuffer>,
): Promise<Wrapped> {
  const nonce = randomBytes(NONCE_SIZE);
  const wrapped = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce, additionalData }, key, secret);
  return { nonce, wrapped: new Uint8Array(wrapped) };
}

/** `null` where the key is another, or anything that was authenticated has changed: GCM cannot tell which. */
export async function unwrap(
  key: WrappingKey,
  { nonce, wrapped }: Wrapped,
  additionalData: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv: nonce, additionalData }, key, wrapped));
  } catch {
    return null;
  }
}
