import { SmimeError } from "../../engine/errors.ts";
import type { IdentitySummary, Pkcs12Contents } from "../../messages/answers.ts";
import type { SessionIdentity, SessionStore } from "../session-store.ts";
import { readContents } from "./pkcs12-contents.ts";
import { fingerprint, summarize } from "./summary.ts";

async function summarizeIdentity({ certificate, chain }: SessionIdentity): Promise<IdentitySummary> {
  return { ...(await summarize(certificate)), chainLength: chain.length };
}

/** Everything that a PKCS#12 file holds, before anything of it is taken (attack 48). */
export async function inspectPkcs12(file: Uint8Array, passphrase: string): Promise<Pkcs12Contents> {
  const { identities, certificates, keysAlone, hasMac } = await readContents(file, passphrase);
  return {
    identities: await Promise.all(identities.map(summarizeIdentity)),
    certificates: await Promise.all(certificates.map(summarize)),
    keysAlone,
    hasMac,
  };
}

/**
 * Takes the named identities of a file, and no others, for the session; those that are there already stay.
 *
 * @throws {SmimeError} `pkcs12.no-key` where the file has none of the named ones
 */
export async function importIdentities(
  store: SessionStore,
  file: Uint8Array,
  passphrase: string,
  accept: readonly string[],
): Promise<readonly IdentitySummary[]> {
  const known = await store.identities();
  const fingerprints = new Set(await Promise.all(known.map(({ certificate }) => fingerprint(certificate))));
  const { identities } = await readContents(file, passphrase);
  const added: SessionIdentity[] = [];
  let matching = 0;
  for (const identity of identities) {
    const name = await fingerprint(identity.certificate);
    if (!accept.includes(name)) continue;
    matching++;
    if (fingerprints.has(name)) continue;
    fingerprints.add(name);
    added.push(identity);
  }
  if (matching === 0) throw new SmimeError("pkcs12.no-key");
  await store.setIdentities([...known, ...added]);
  return listIdentities(store);
}

export async function listIdentities(store: SessionStore): Promise<readonly IdentitySummary[]> {
  return Promise.all((await store.identities()).map(summarizeIdentity));
}

export async function forgetIdentities(store: SessionStore): Promise<readonly IdentitySummary[]> {
  await store.setIdentities([]);
  return [];
}
