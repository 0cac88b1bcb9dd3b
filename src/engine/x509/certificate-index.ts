import type { Certificate } from "./certificate.ts";
import { type Name, nameKey } from "./name.ts";

/** Certificates by the name of their subject. */
type CertificateIndex = ReadonlyMap<string, readonly Certificate[]>;

/** Indexes that were made: a pool of thousands is kept and asked with every message. */
const indexes = new WeakMap<readonly Certificate[], { readonly index: CertificateIndex; readonly size: number }>();

/** The certificates whose subject is this name (RFC 5280 section 7.1), in the order of the pool. */
export function certificatesNamed(name: Name, pool: readonly Certificate[]): readonly Certificate[] {
  return indexOf(pool).get(nameKey(name)) ?? [];
}

function indexOf(pool: readonly Certificate[]): CertificateIndex {
  const known = indexes.get(pool);
  // Who adds to a list that was asked about gets a new index.
  if (known?.size === pool.length) return known.index;
  const index = new Map<string, Certificate[]>();
  for (const certificate of pool) {
    const key = nameKey(certificate.subject);
    const sameName = index.get(key);
    if (sameName) sameName.push(certificate);
    else index.set(key, [certificate]);
  }
  indexes.set(pool, { index, size: pool.length });
  return index;
}
