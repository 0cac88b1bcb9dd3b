import { toHex } from "../../engine/bytes/hex.ts";
import { utf8Bytes } from "../../engine/bytes/text.ts";
import { digest } from "../../engine/primitives/digest.ts";
import type { OpenedMessage } from "../../engine/smime/open.ts";
import type { SignerVerdict } from "../../engine/verdicts.ts";
import type { KnownView } from "../../messages/answers.ts";
import { StorageError } from "../../storage/storage-error.ts";
import type { VerifiedRow } from "../../storage/verified.ts";
import type { Rows } from "../../storage/rows.ts";

/**
 * What was verified here while its certificate was good stays good when the certificate ends, or is withdrawn for a
 * reason that says nothing of the time before (`ux.md` A3, A20). The signer's own date proves nothing: whoever has an old
 * key writes any date. Our clock, and the seal of exactly this text by exactly this certificate, do.
 */
type Sealed = Pick<OpenedMessage, "layers">;

/** Some years of much mail; a row is about a hundred octets. The oldest tenth goes when it is reached. */
const MAX_VERIFIED = 100_000;

interface SealedSigner {
  readonly signer: SignerVerdict;
  readonly seal: string;
}

const hashOf = async (bytes: Uint8Array): Promise<string> => toHex(await digest("sha-256", bytes));

/**
 * The signers of a message with their seals; empty where one of them cannot be sealed: then nothing is proved. The value
 * of the signature is in it, so that whoever has a copy of the disk cannot try guesses of a decrypted text.
 */
async function sealsOf({ layers }: Sealed): Promise<readonly SealedSigner[]> {
  const sealed: SealedSigner[] = [];
  for (const layer of layers) {
    if (!("signers" in layer)) continue;
    for (const signer of layer.signers) {
      const { certificate, signatureValue, signingTime } = signer;
      if (layer.covered === null || certificate === null) return [];
      const hashes = await Promise.all([certificate, layer.covered, signatureValue].map(hashOf));
      const parts = [...hashes, signingTime?.toISOString() ?? ""];
      sealed.push({ signer, seal: await hashOf(utf8Bytes(parts.join(" "))) });
    }
  }
  return sealed;
}

/** Valid by a path to an anchor that holds today, of a strength that counts, and not withdrawn as far as is known. */
const isGood = ({ integrity, path, revocation, weaknesses }: SignerVerdict): boolean =>
  integrity.status === "valid" &&
  path.status === "trusted" &&
  path.reason === null &&
  path.by === undefined &&
  revocation.status !== "revoked" &&
  weaknesses.length === 0;

async function makeRoom(rows: Rows<VerifiedRow>): Promise<void> {
  if ((await rows.count()) < MAX_VERIFIED) return;
  const oldest = [...(await rows.list())].sort((a, b) => a.verifiedAt.getTime() - b.verifiedAt.getTime());
  await rows.remove(...oldest.slice(0, MAX_VERIFIED / 10).map(({ seal }) => seal));
}

/** Remembers the signatures of a message that are good now. */
export async function rememberVerified(rows: Rows<VerifiedRow>, opened: Sealed, now: Date): Promise<void> {
  try {
    for (const { signer, seal } of await sealsOf(opened)) {
      if (!isGood(signer)) continue;
      const wasInForce = signer.revocation.status === "good";
      const known = await rows.get(seal);
      if (known !== null && (known.wasInForce || !wasInForce)) continue;
      if (known === null) await makeRoom(rows);
      await rows.put({ seal, verifiedAt: known?.verifiedAt ?? now, wasInForce });
    }
  } catch (error) {
    // Nobody asked for it: a full disk must not keep anybody from reading.
    if (!(error instanceof StorageError)) throw error;
  }
}

/** Since when every signature of a message has been verified here; `null` where one of them was not. */
export async function verifiedBefore(rows: Rows<VerifiedRow>, opened: Sealed): Promise<KnownView["verified"]> {
  try {
    const seals = await sealsOf(opened);
    const found = await Promise.all(seals.map(({ seal }) => rows.get(seal)));
    const known = found.filter((row) => row !== null);
    if (known.length === 0 || known.length < seals.length) return null;
    const latest = Math.max(...known.map(({ verifiedAt }) => verifiedAt.getTime()));
    return { at: new Date(latest), wasInForce: known.every(({ wasInForce }) => wasInForce) };
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    return null;
  }
}
