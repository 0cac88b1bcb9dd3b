import { isPkcs12, readCertificateContainer } from "../../../src/engine/x509/containers.ts";
import { canonicalLineEnds } from "../../../src/engine/mime/canonical.ts";
import { decodeEncodedWords } from "../../../src/engine/mime/encoded-word.ts";
import { walkEntities } from "../../../src/engine/mime/entity.ts";
import { originator } from "../../../src/engine/mime/originator.ts";
import { parseAddresses } from "../../../src/engine/mime/address.ts";
import { parseMessage } from "../../../src/engine/mime/parse.ts";
import { sevenBit } from "../../../src/engine/mime/seven-bit.ts";
import { leafText } from "../../../src/engine/mime/transfer-encoding.ts";
import { importPkcs12 } from "../../../src/engine/pkcs12/import.ts";
import { pairIdentities } from "../../../src/engine/pkcs12/pairing.ts";
import { importPrivateKey } from "../../../src/engine/primitives/private-key.ts";
import { checkRevocation } from "../../../src/engine/revocation/check-revocation.ts";
import type { RevocationEvidence } from "../../../src/engine/revocation/certificate-status.ts";
import { readCrlFile, readOcspFile } from "../../../src/engine/revocation/evidence-files.ts";
import { certificateCapabilities } from "../../../src/engine/smime/capabilities.ts";
import { type OpenedMessage, openMessage, type OpenOptions } from "../../../src/engine/smime/open.ts";
import { fieldStatuses } from "../../../src/engine/smime/protected-header.ts";
import { shownText } from "../../../src/engine/smime/content-parts.ts";
import { readSourceMessage } from "../../../src/engine/smime/source-message.ts";
import { parseCertificate, type Certificate } from "../../../src/engine/x509/certificate.ts";
import { certificateEmails } from "../../../src/engine/x509/email-addresses.ts";
import { nameToString } from "../../../src/engine/x509/name.ts";
import { findPath, type PathOptions } from "../../../src/engine/x509/path.ts";
import { readPrivateKey } from "../../../src/engine/x509/private-key-file.ts";
import { trustAnchor } from "../../../src/engine/x509/trust-anchor.ts";
import { readUserSmimeCertificate } from "../../../src/engine/x509/user-smime-certificate.ts";
import { TEST_TIME } from "../../../src/testing/certificate-builder.ts";
import type { LayerVerdict } from "../../../src/engine/verdicts.ts";
import type { BuiltSeeds } from "./build-seeds.ts";
import type { SeedKind } from "./seeds.ts";

/** A public reader of the engine, or several as a program uses them together. */
export interface Target {
  readonly name: string;
  readonly run: (octets: Uint8Array) => unknown;
}

/** What is said to be signed must be one of these; `null` where nothing is known of it. */
export type SignedContents = ReadonlySet<string>;

/** A signature that is valid over what nobody signed. */
export class Forgery extends Error {}

/** The readers for each kind of input. */
export async function fuzzTargets(
  built: BuiltSeeds,
): Promise<Readonly<Record<SeedKind, readonly [Target, ...Target[]]>>> {
  const reader = await readerOf(built);
  const signed = await signedContents(built, reader);
  const open: Target = {
    name: "open",
    run: async (octets) => {
      checkSigned(useOpened(await openMessage(octets, reader)), signed);
    },
  };
  const path: Target = {
    name: "path",
    run: (octets) => judgeCertificate(readCertificateContainer(octets).certificates, reader),
  };
  const container: Target = { name: "container", run: (octets) => readCertificateContainer(octets) };
  const person = built.seeds.find(({ name }) => name === "of a person")!;
  const leaf = parseCertificate(person.octets);
  return {
    message: [open, open, { name: "mime", run: readMime }],
    cms: [
      open,
      { name: "detached", run: (octets) => openMessage(octets, { ...reader, detachedContent: person.octets }) },
    ],
    certificate: [path, container],
    crl: [{ name: "crl", run: (octets) => askRevocation(leaf, reader, { crls: readCrlFile(octets) }) }],
    ocsp: [
      {
        name: "ocsp",
        run: (octets) =>
          askRevocation(leaf, reader, { ocspResponses: [{ response: readOcspFile(octets), requestNonce: null }] }),
      },
    ],
    pkcs12: [{ name: "pkcs12", run: (octets) => readPkcs12(octets, built.passphrase) }],
    container: [container, path],
    key: [{ name: "key", run: (octets) => importPrivateKey(readPrivateKey(octets)) }],
    directory: [{ name: "directory", run: readUserSmimeCertificate }],
  };
}

async function readerOf({ root, identities, passphrase }: BuiltSeeds): Promise<OpenOptions> {
  const keys = identities.map(async ({ certificate, pkcs8 }) => ({
    certificate: parseCertificate(certificate),
    key: await importPrivateKey(pkcs8),
    chain: [],
  }));
  return {
    identities: await Promise.all(keys),
    anchors: [trustAnchor(parseCertificate(root))],
    intermediates: [],
    at: TEST_TIME,
    passwords: [passphrase],
    nested: true,
  };
}

/** What the valid signatures of the seeds cover. */
async function signedContents({ seeds }: BuiltSeeds, reader: OpenOptions): Promise<SignedContents> {
  const found = new Set<string>();
  for (const { kind, octets } of seeds) {
    if (kind !== "message" && kind !== "cms") continue;
    for (const covered of covereds(await openMessage(octets, reader))) found.add(covered);
  }
  return found;
}

const VALID: ReadonlySet<string> = new Set(["valid", "valid-revocation-unknown", "weak"]);

function checkSigned(opened: OpenedMessage, signed: SignedContents): void {
  for (const covered of covereds(opened)) {
    if (!signed.has(covered)) throw new Forgery(`a valid signature over ${JSON.stringify(covered.slice(0, 200))}`);
  }
}

/** What the signatures cover that fit, of a message whose verdict is valid and of its parts. */
function covereds({ verdict, layers, nested, signedCore }: OpenedMessage): string[] {
  const fits = (layer: LayerVerdict): boolean =>
    "signers" in layer && layer.signers.some(({ integrity }) => integrity.status === "valid");
  const isValid = VALID.has(verdict.signature);
  const own = isValid ? layers.filter(fits).map(({ covered }) => Buffer.from(covered ?? []).toString("latin1")) : [];
  const parts = nested.flatMap(({ opened }) => (opened && "layers" in opened ? covereds(opened) : []));
  return [...own, ...parts, ...(signedCore ? covereds(signedCore.opened) : [])];
}

/** As a program does that shows it. */
function useOpened(opened: OpenedMessage): OpenedMessage {
  const { headerProtection, parts } = opened;
  if (headerProtection) fieldStatuses(headerProtection, { isSigned: true, isEncrypted: true });
  for (const part of parts) shownText(part);
  return opened;
}

function readMime(octets: Uint8Array): void {
  const message = parseMessage(octets);
  for (const entity of walkEntities(message)) {
    for (const { name, value } of entity.header) {
      if (/^(?:from|to|cc|sender)$/i.test(name)) parseAddresses(value);
      decodeEncodedWords(value);
    }
    if (entity.children.length === 0) leafText(entity);
  }
  originator(message, "from");
  canonicalLineEnds(octets);
  sevenBit(message);
  readSourceMessage(octets);
}

/** As a leaf, as an authority above one, and as an anchor whose constraints bind. */
async function judgeCertificate(certificates: readonly Certificate[], { anchors }: OpenOptions): Promise<void> {
  const options: PathOptions = { anchors, intermediates: certificates, at: TEST_TIME, purpose: "email", usage: "any" };
  for (const certificate of certificates.slice(0, 3)) {
    nameToString(certificate.subject);
    certificateEmails(certificate);
    certificateCapabilities(certificate);
    await findPath(certificate, options);
    const own = [trustAnchor(certificate)];
    await findPath(certificates[0]!, { ...options, anchors: own, anchorConstraints: "enforced" });
  }
}

async function askRevocation(
  leaf: Certificate,
  { anchors }: OpenOptions,
  found: Partial<RevocationEvidence>,
): Promise<void> {
  const evidence = { crls: [], ocspResponses: [], certificates: [], ...found };
  const usage = { purpose: "any", usage: "any" } as const;
  const revocation = (path: Parameters<typeof checkRevocation>[0]) =>
    checkRevocation(path, { evidence, at: TEST_TIME, signedAt: TEST_TIME });
  await findPath(leaf, { anchors, intermediates: [], at: TEST_TIME, ...usage, revocation });
}

async function readPkcs12(octets: Uint8Array, passphrase: string): Promise<void> {
  isPkcs12(octets);
  const contents = await importPkcs12(octets, passphrase);
  await pairIdentities(contents);
}
