import type { Peer } from "./peer.ts";
import type { Row } from "./rows.ts";

/** What a peer cannot read, whoever wrote it. */
export interface Limit {
  readonly peer: string;
  readonly applies: (row: Row) => boolean;
  readonly reason: string;
  readonly source: string;
}

const isGcm = ({ encryption }: Row): boolean => encryption?.cipher.endsWith("-gcm") === true;
const isOaep = ({ encryption }: Row): boolean => encryption?.keyTransport.kind === "rsa-oaep";
const isToEc = ({ encryption }: Row): boolean => encryption?.kind.startsWith("p") === true;

/** The first that applies is named. A row that a limit applies to and that is accepted fails, too. */
export const LIMITS: readonly Limit[] = [
  {
    peer: "gpgsm",
    applies: isGcm,
    reason: "no AuthEnvelopedData",
    source: "measured with 2.2.40",
  },
  {
    peer: "gpgsm",
    applies: isOaep,
    reason: "no RSAES-OAEP",
    source: "measured with 2.2.40",
  },
  {
    peer: "gpgsm",
    applies: isToEc,
    reason: "no ECDH",
    source: "measured with 2.2.40: Invalid session key",
  },
  {
    peer: "gpgsm",
    applies: ({ signing }) => signing?.kind === "p521",
    reason: "no ECDSA P-521",
    source: "its own words: DSA requires the hash length to be a multiple of 8 bits",
  },
  {
    peer: "NSS cmsutil",
    applies: isGcm,
    reason: "no AuthEnvelopedData",
    source: "measured with NSS 3.87",
  },
  { peer: "NSS cmsutil", applies: isOaep, reason: "no RSAES-OAEP", source: "measured with NSS 3.87" },
  { peer: "NSS cmsutil", applies: isToEc, reason: "no ECDH", source: "measured with NSS 3.87" },
  {
    peer: "GnuTLS",
    applies: ({ encryption }) => encryption !== undefined,
    reason: "certtool decrypts no CMS",
    source: "certtool(1)",
  },
  {
    peer: "GnuTLS",
    applies: ({ signing }) => signing?.rsaScheme === "rsa-pss" && signing.digest !== "sha-256",
    reason: "PSS with SHA-256 only",
    source: "measured with certtool 3.7.9, which refuses those of OpenSSL, too",
  },
  {
    peer: "Thunderbird",
    applies: ({ hidesSubject }) => hidesSubject === true,
    reason: "shows [...] as the Subject",
    source: "measured with 153.7 ESR",
  },
  {
    peer: "Thunderbird",
    applies: isGcm,
    reason: "AuthEnvelopedData is an empty message",
    source: "measured with 153.7 ESR",
  },
];

export function limitOf(peer: Pick<Peer, "name">, row: Row): Limit | undefined {
  return LIMITS.find((limit) => limit.peer === peer.name && limit.applies(row));
}
