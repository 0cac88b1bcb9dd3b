/**
 * The administrator's lists of algorithms, as `Set-SmimeConfig` has them: items separated by `;`, each the hexadecimal
 * number of a Windows ALG_ID, an optional key length after `:`, an optional OID after `,`.
 */
const ITEM = /^([0-9A-Fa-f]{4})(?::\d{1,4})?(?:,[\d.]{1,100})?$/;

/** CALG_SHA_256, CALG_SHA_384, CALG_SHA_512. */
const SIGNING_DIGESTS = { "800C": "sha-256", "800D": "sha-384", "800E": "sha-512" } as const;
export type SigningDigest = (typeof SIGNING_DIGESTS)[keyof typeof SIGNING_DIGESTS];

const isSigningDigest = (id: string): id is keyof typeof SIGNING_DIGESTS => Object.hasOwn(SIGNING_DIGESTS, id);

/** Whether text is such a list, of whatever algorithms. */
export function isAlgorithmList(value: string): boolean {
  return value.length <= 1000 && value.split(";").every((item) => ITEM.test(item.trim()));
}

/**
 * The digests to sign with, the preferred one first. SHA-1 (`8004`, Exchange's own default) and MD5 are never among
 * them, whatever the list says: RFC 8551 section 2.1 wants SHA-256 at least, and other programs refuse less.
 */
export function signingDigests(list: string): readonly SigningDigest[] {
  const ids = list.split(";").map((item) => (ITEM.exec(item.trim())?.[1] ?? "").toUpperCase());
  const known = [...new Set(ids.filter(isSigningDigest).map((id) => SIGNING_DIGESTS[id]))];
  return known.length > 0 ? known : ["sha-256"];
}
