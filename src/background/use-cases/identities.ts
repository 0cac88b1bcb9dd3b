import { KeyStoreError } from "../../keys/key-store-error.ts";
import type { SoftwareIdentity, StoredIdentity } from "../../keys/software/indexed-db-key-store.ts";
import type { Needs } from "../../messages/failure.ts";
import type { IdentityView, OwnIdentityView, Pkcs12View } from "../../messages/page-answers.ts";
import type { PageContext } from "../page-context.ts";
import { Refusal } from "../refusal.ts";
import { readContents } from "./pkcs12-contents.ts";
import { fingerprint, summarize } from "./summary.ts";

type IdentityContext = Pick<PageContext, "keys" | "vault">;

async function viewOf({ certificate, chain }: Pick<SoftwareIdentity, "certificate" | "chain">): Promise<IdentityView> {
  return { ...(await summarize(certificate)), chainLength: chain.length };
}

/** Everything that a PKCS#12 file holds, before anything of it is taken (attack 48). */
export async function inspectPkcs12(file: Uint8Array, passphrase: string): Promise<Pkcs12View> {
  const { identities, certificates, keysAlone, hasMac } = await readContents(file, passphrase);
  return {
    identities: await Promise.all(identities.map(viewOf)),
    certificates: await Promise.all(certificates.map(summarize)),
    keysAlone,
    hasMac,
  };
}

/**
 * Takes the named identities of a file, and no others; those that are there already stay.
 *
 * @param keep in the vault, or for this session of the browser only
 * @throws {KeyStoreError} `vault.none`
 * @throws {Refusal} `choice.empty` where the file has none of the named ones
 */
export async function importIdentities(
  context: IdentityContext,
  file: Uint8Array,
  passphrase: string,
  accept: readonly string[],
  keep: "vault" | "session",
): Promise<readonly OwnIdentityView[] | Needs> {
  if (keep === "vault") {
    const { kind } = await context.vault.state();
    if (kind === "none") throw new KeyStoreError("vault.none");
    if (kind === "locked") return { needs: "unlock" };
  }
  const { identities } = await readContents(file, passphrase);
  const chosen: SoftwareIdentity[] = [];
  for (const identity of identities) {
    if (accept.includes(await fingerprint(identity.certificate))) chosen.push(identity);
  }
  if (chosen.length === 0) throw new Refusal("choice.empty");
  await context.keys.add(chosen, keep);
  return listIdentities(context);
}

/** Every own identity, the newest certificate first; ended ones too, which still open old mail. */
export async function listIdentities({ keys }: Pick<IdentityContext, "keys">): Promise<readonly OwnIdentityView[]> {
  const views = (await keys.list()).map(async (own: StoredIdentity): Promise<OwnIdentityView> => ({
    ...(await viewOf(own)),
    keep: own.protection,
  }));
  return (await Promise.all(views)).sort((a, b) => b.notBefore.getTime() - a.notBefore.getTime());
}

/** @throws {KeyStoreError} `identity.unknown` */
export async function removeIdentity(context: IdentityContext, name: string): Promise<readonly OwnIdentityView[]> {
  await context.keys.remove(name);
  return listIdentities(context);
}

export async function forgetSessionIdentities(context: IdentityContext): Promise<readonly OwnIdentityView[]> {
  await context.keys.forgetSession();
  return listIdentities(context);
}
