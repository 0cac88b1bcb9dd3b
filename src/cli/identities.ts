import { SmimeError } from "../engine/errors.ts";
import { importPkcs12, pairIdentities } from "../engine/pkcs12/import.ts";
import { importPrivateKey, matchesPublicKey } from "../engine/primitives/private-key.ts";
import type { Identity } from "../engine/smime/identity.ts";
import { readCertificates } from "../engine/x509/containers.ts";
import { readPrivateKey } from "../engine/x509/private-key-file.ts";
import { type Arguments, UsageError } from "./arguments.ts";
import { readInput } from "./files.ts";
import { askPassphrase, readPassphraseFile } from "./passphrase.ts";

/** The options that name identities, for every command that has them. */
export const IDENTITY_OPTIONS = {
  identity: "value",
  "passphrase-file": "value",
  key: "value",
  cert: "value",
} as const;

type Source =
  | { readonly kind: "pkcs12"; readonly file: string; readonly passphraseFile: string | null }
  | { readonly kind: "pair"; readonly keyFile: string; readonly certificateFile: string };

/** Reads all identities that the options name, in their order. */
export async function readIdentities(args: Arguments): Promise<Identity[]> {
  const identities: Identity[] = [];
  for (const source of identitySources(args)) {
    identities.push(...(source.kind === "pkcs12" ? await readPkcs12(source) : [await readPair(source)]));
  }
  return identities;
}

/** `--passphrase-file` binds to the `--identity` before it; `--key` and `--cert` go in pairs, in either order. */
function identitySources({ options }: Arguments): Source[] {
  const sources: Source[] = [];
  let pending: { key?: string; cert?: string } = {};
  for (const { name, value } of options) {
    if (name === "identity") sources.push({ kind: "pkcs12", file: value, passphraseFile: null });
    if (name === "passphrase-file") {
      const last = sources.at(-1);
      if (last?.kind !== "pkcs12" || last.passphraseFile !== null)
        throw new UsageError("--passphrase-file follows an --identity");
      sources[sources.length - 1] = { ...last, passphraseFile: value };
    }
    if (name !== "key" && name !== "cert") continue;
    if (pending[name] !== undefined) throw new UsageError("--key and --cert go in pairs");
    pending = { ...pending, [name]: value };
    if (pending.key !== undefined && pending.cert !== undefined) {
      sources.push({ kind: "pair", keyFile: pending.key, certificateFile: pending.cert });
      pending = {};
    }
  }
  if (pending.key ?? pending.cert) throw new UsageError("--key and --cert go in pairs");
  return sources;
}

async function readPkcs12({ file, passphraseFile }: Extract<Source, { kind: "pkcs12" }>): Promise<Identity[]> {
  const passphrase = passphraseFile === null ? await askPassphrase(file) : await readPassphraseFile(passphraseFile);
  const contents = await importPkcs12(await readInput(file), passphrase);
  return Promise.all(
    (await pairIdentities(contents)).map(async ({ key, certificate, chain }) => ({
      key: await importPrivateKey(key.pkcs8),
      certificate,
      chain,
    })),
  );
}

async function readPair({ keyFile, certificateFile }: Extract<Source, { kind: "pair" }>): Promise<Identity> {
  const key = await importPrivateKey(readPrivateKey(await readInput(keyFile)));
  const certificates = readCertificates(await readInput(certificateFile));
  const certificate = certificates.find(({ spki }) => matchesPublicKey(key, spki));
  if (!certificate) throw new SmimeError("sign.key-mismatch", { key: keyFile, certificate: certificateFile });
  return { key, certificate, chain: certificates.filter((other) => other !== certificate) };
}
