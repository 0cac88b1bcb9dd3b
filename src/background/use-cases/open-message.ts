import { importPrivateKey } from "../../engine/primitives/private-key.ts";
import type { Identity } from "../../engine/smime/identity.ts";
import { openMessage as open } from "../../engine/smime/open.ts";
import { trustAnchor, type TrustAnchor } from "../../engine/x509/trust-anchor.ts";
import type { MessageView, OpenEvent } from "../../messages/answers.ts";
import type { OpenRequest } from "../../messages/requests.ts";
import type { SessionIdentity, SessionStore } from "../session-store.ts";
import { viewOf, type PartContent } from "./message-view.ts";

export interface OpenContext {
  readonly store: SessionStore;
  readonly builtInRoots: () => Promise<readonly TrustAnchor[]>;
  readonly now: () => Date;
}

/** Large enough that messages are few, small enough that a copy is nothing: measured best between 1 and 4 MiB. */
const PIECE_SIZE = 1024 * 1024;

const bytesOf = async (file: Blob): Promise<Uint8Array> => new Uint8Array(await file.arrayBuffer());

async function identityOf({ certificate, pkcs8, chain }: SessionIdentity): Promise<Identity> {
  return { certificate, chain, key: await importPrivateKey(pkcs8) };
}

function* pieces({ path, read }: PartContent): Generator<OpenEvent> {
  const bytes = read();
  for (let start = 0; start < bytes.length; start += PIECE_SIZE) {
    yield { kind: "piece", path, bytes: bytes.slice(start, start + PIECE_SIZE) };
  }
}

async function openWith(
  request: OpenRequest,
  { store, builtInRoots, now }: OpenContext,
): Promise<{ view: MessageView; contents: readonly PartContent[] }> {
  const own = await store.identities();
  const added = await store.anchors();
  const detached = request.detachedContent && { detachedContent: await bytesOf(request.detachedContent) };
  const opened = await open(await bytesOf(request.message), {
    identities: await Promise.all(own.map(identityOf)),
    anchors: [...added.map((certificate) => trustAnchor(certificate, "email")), ...(await builtInRoots())],
    intermediates: own.flatMap(({ chain }) => chain),
    at: now(),
    ...detached,
  });
  return viewOf(opened);
}

/**
 * Opens a message with the session's keys and anchors: first what it is found to be, then what it contains.
 *
 * @throws {SmimeError} where the file cannot be read
 */
export async function* openMessage(request: OpenRequest, context: OpenContext): AsyncGenerator<OpenEvent> {
  const { view, contents } = await openWith(request, context);
  yield { kind: "opened", view };
  for (const content of contents) yield* pieces(content);
  yield { kind: "done" };
}
