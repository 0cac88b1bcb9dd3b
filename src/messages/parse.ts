import { safeParse, type GenericSchema } from "valibot";

/** Bytes and files stay what they are; everything else becomes frozen and inherits nothing. */
function settle(value: unknown): unknown {
  if (Array.isArray(value)) return Object.freeze(value.map(settle));
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  const plain = Object.create(null) as Record<string, unknown>;
  for (const [name, part] of Object.entries(value)) plain[name] = settle(part);
  return Object.freeze(plain);
}

/** No message is nested deeper than this. */
const MAX_DEPTH = 8;

/** A copy whose fields are the message's own: a polluted prototype must not fill a gap (attack 53). */
function ownFieldsOnly(value: unknown, depth = 0): unknown {
  if (depth > MAX_DEPTH) return undefined;
  if (Array.isArray(value)) return value.map((item: unknown) => ownFieldsOnly(item, depth + 1));
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  const own = Object.create(null) as Record<string, unknown>;
  for (const [name, part] of Object.entries(value)) own[name] = ownFieldsOnly(part, depth + 1);
  return own;
}

/**
 * Checks a message, once, where it crosses into this context. What comes out is frozen, inherits nothing, and holds
 * declared fields only.
 *
 * @returns `null` where it is not as declared
 */
export function parseWith<T>(schema: GenericSchema<unknown, T>, value: unknown): T | null {
  const result = safeParse(schema, ownFieldsOnly(value));
  return result.success ? (settle(result.output) as T) : null;
}
