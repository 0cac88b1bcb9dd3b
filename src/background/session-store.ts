import { fromBase64, toBase64 } from "../engine/bytes/base64.ts";
import { parseCertificate, type Certificate } from "../engine/x509/certificate.ts";

/**
 * The part of `storage.session` that is used: memory of the browser, which outlives the worker and ends with the
 * browser, is never written to the disk, and can be read by pages of the extension only (ADR 3).
 */
export interface SessionArea {
  get(key: string): Promise<Record<string, unknown>>;
  set(items: Record<string, unknown>): Promise<void>;
  remove(key: string): Promise<void>;
}

/** A key with its certificate, and those that lead to its issuer. */
export interface SessionIdentity {
  readonly certificate: Certificate;
  /** DER of the PrivateKeyInfo. */
  readonly pkcs8: Uint8Array;
  readonly chain: readonly Certificate[];
}

/** Everything that a session knows and the next one does not. */
export interface SessionStore {
  identities(): Promise<readonly SessionIdentity[]>;
  setIdentities(identities: readonly SessionIdentity[]): Promise<void>;
  anchors(): Promise<readonly Certificate[]>;
  setAnchors(certificates: readonly Certificate[]): Promise<void>;
}

interface StoredIdentity {
  readonly certificate: string;
  readonly pkcs8: string;
  readonly chain: readonly string[];
}

const IDENTITIES = "identities";
const ANCHORS = "anchors";

const encode = ({ der }: Certificate): string => toBase64(der);
const decode = (text: string): Certificate => parseCertificate(fromBase64(text));

/** Base64 in strings: browsers differ in how they give stored byte arrays back. */
export function sessionStore(area: SessionArea): SessionStore {
  const read = async (key: string): Promise<unknown> => (await area.get(key))[key] ?? [];
  const write = (key: string, list: readonly unknown[]): Promise<void> =>
    list.length === 0 ? area.remove(key) : area.set({ [key]: list });
  return {
    async identities() {
      const stored = (await read(IDENTITIES)) as readonly StoredIdentity[];
      return stored.map(({ certificate, pkcs8, chain }) => ({
        certificate: decode(certificate),
        pkcs8: fromBase64(pkcs8),
        chain: chain.map(decode),
      }));
    },
    setIdentities: (identities) =>
      write(
        IDENTITIES,
        identities.map(({ certificate, pkcs8, chain }) => ({
          certificate: encode(certificate),
          pkcs8: toBase64(pkcs8),
          chain: chain.map(encode),
        })),
      ),
    async anchors() {
      return ((await read(ANCHORS)) as readonly string[]).map(decode);
    },
    setAnchors: (certificates) => write(ANCHORS, certificates.map(encode)),
  };
}
