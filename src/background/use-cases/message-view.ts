import { toHex } from "../../engine/bytes/hex.ts";
import { utf8Bytes } from "../../engine/bytes/text.ts";
import type { Entity } from "../../engine/mime/entity.ts";
import { fieldValue } from "../../engine/mime/header-field.ts";
import { decodeTransfer } from "../../engine/mime/transfer-encoding.ts";
import { digest } from "../../engine/primitives/digest.ts";
import { type ContentPart, shownText } from "../../engine/smime/content-parts.ts";
import type { MessageHeader } from "../../engine/smime/message-header.ts";
import type { OpenedMessage } from "../../engine/smime/open.ts";
import type { LayerVerdict, MessageVerdict, SignerVerdict } from "../../engine/verdicts.ts";
import { parseCertificate } from "../../engine/x509/certificate.ts";
import { SIGNED_CORE } from "../../messages/answers.ts";
import type {
  CarriedCertificate,
  Coverage,
  HeaderView,
  LayerView,
  MessageView,
  OpenEvent,
  PartRole,
  PartView,
} from "../../messages/answers.ts";
import { displayedParts, type HtmlPolicy } from "./displayed-parts.ts";
import { knownOf, type Acquaintances } from "./known-people.ts";
import { pieces } from "./pieces.ts";
import { pullsIn } from "./pulled-in.ts";
import { summarize } from "./summary.ts";

/** A part's content, made when its turn comes: only one is in memory at a time. */
export interface PartContent {
  readonly path: string;
  readonly read: () => Uint8Array;
}

async function coverage(bytes: Uint8Array | null): Promise<Coverage | null> {
  return bytes && { size: bytes.length, sha256: toHex(await digest("sha-256", bytes)) };
}

/**
 * A message between contexts copies the whole buffer under a view: the certificate must not drag the mail along. Issuers
 * are for contacts, and no frame shows them.
 */
const detached = (signer: SignerVerdict): SignerVerdict => ({
  ...signer,
  certificate: signer.certificate?.slice() ?? null,
  issuers: [],
});

/** @param der as the engine has parsed it */
async function carried(der: Uint8Array): Promise<CarriedCertificate> {
  const certificate = parseCertificate(der);
  const { fingerprint, subject, issuer, emails, serial, notBefore, notAfter, isAuthority } =
    await summarize(certificate);
  return { fingerprint, subject, issuer, emails, serial, notBefore, notAfter, isAuthority, der: der.slice() };
}

async function layerView(layer: LayerVerdict): Promise<LayerView> {
  const { covered, ...rest } = layer;
  const covers = await coverage(covered);
  if (!("signers" in rest)) return { ...rest, covers };
  const { certificates, ...signed } = rest;
  const view = { ...signed, covers, signers: signed.signers.map(detached) };
  return certificates === undefined ? view : { ...view, certificates: await Promise.all(certificates.map(carried)) };
}

function headerView({ from, to, cc, subject, date }: MessageHeader): HeaderView {
  const view = (mailboxes: MessageHeader["from"]): HeaderView["from"] =>
    mailboxes.map(({ name, address, nameShowsOtherAddress }) => ({ name, address, nameShowsOtherAddress }));
  return { from: view(from), to: view(to), cc: view(cc), subject, date };
}

/** Unsigned CBC plaintext may have been changed and put together on the way: it gets no active form (RFC 8551 3.3). */
export function htmlPolicy({ encryption, signature }: MessageVerdict): HtmlPolicy {
  const isConfirmed = signature === "valid" || signature === "valid-revocation-unknown";
  return encryption === "unauthenticated" && !isConfirmed ? "words-only" : "formatted";
}

const IN_PLACE: ReadonlySet<PartRole> = new Set<PartRole>(["text", "html", "html-as-text"]);

async function partView({ entity, covered }: ContentPart, role: PartRole): Promise<PartView> {
  const content = decodeTransfer(entity);
  return {
    path: entity.path,
    type: entity.contentType.type,
    name: entity.disposition.filename,
    size: content.length,
    sha256: toHex(await digest("sha-256", content)),
    covered,
    role,
    contentId: /^\s*<([^<>]+)>\s*$/.exec(fieldValue(entity, "Content-ID") ?? "")?.[1] ?? null,
  };
}

const contentOf = (part: ContentPart, role: PartRole): PartContent => ({
  path: part.entity.path,
  read: () => (IN_PLACE.has(role) ? utf8Bytes(shownText(part)) : decodeTransfer(part.entity)),
});

export interface Viewed {
  readonly view: MessageView;
  readonly contents: readonly PartContent[];
}

/** What stands apart in a message that is no S/MIME itself: the signed part, as a message of its own. */
async function coreView(
  { signedCore, parts }: OpenedMessage,
  people: Acquaintances,
): Promise<{ core: MessageView["core"]; contents: readonly PartContent[] }> {
  if (signedCore === null) return { core: null, contents: [] };
  const { entity, surroundedBy, list, opened } = signedCore;
  const { view, contents } = await viewOf(opened, people);
  return {
    core: { path: entity.path, surroundedBy, list, isMisleading: pullsIn(parts, entity), view },
    contents: contents.map(({ path, read }) => ({ path: `${SIGNED_CORE}${path}`, read })),
  };
}

/** What of an opened message goes to the page: the view at once, the contents in pieces. */
export async function viewOf(opened: OpenedMessage, people: Acquaintances): Promise<Viewed> {
  const { verdict, layers, outerHeader, protectedHeader, parts, nested, body } = opened;
  const roles = body ? displayedParts(body, htmlPolicy(verdict)) : new Map<Entity, PartRole>();
  const roleOf = (entity: Entity): PartRole => roles.get(entity) ?? "attachment";
  const partViews: PartView[] = [];
  for (const part of parts) partViews.push(await partView(part, roleOf(part.entity)));
  const { core, contents } = await coreView(opened, people);
  return {
    view: {
      verdict,
      layers: await Promise.all(layers.map(layerView)),
      outer: headerView(outerHeader),
      inner: protectedHeader && headerView(protectedHeader),
      parts: partViews,
      nested: nested.map(({ path, type }) => ({ path, type })),
      core,
      known: await knownOf(opened, people),
    },
    contents: [
      ...parts
        .filter(({ entity }) => roleOf(entity) !== "alternative")
        .map((part) => contentOf(part, roleOf(part.entity))),
      ...nested.map(({ path, entity }) => ({ path: `nested/${path}`, read: () => entity.bytes })),
      ...contents,
    ],
  };
}

/** What a frame, or a page of ours, hears of a message: first what it is found to be, then what it contains. */
export function* eventsOf({ view, contents }: Viewed): Generator<OpenEvent> {
  yield { kind: "opened", view };
  for (const { path, read } of contents) {
    for (const bytes of pieces(read())) yield { kind: "piece", path, bytes };
  }
  yield { kind: "done" };
}
