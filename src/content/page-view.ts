import type { OpenedView, PageRequest } from "../messages/content-requests.ts";
import type { ComposeInPage, MessageInPage } from "../webmail/adapter.ts";
import { native } from "./browser.ts";
import { mountFrame, type FrameHost } from "./frame-host.ts";

/** What the background may ask of a view; `undefined` is "not of this one". */
export type PageView = (request: PageRequest) => unknown;

/** How often a frame is put back that the page's own drawing has thrown out; after it the page wants it away. */
const MAX_MOUNTS = 4;

/** A Blob costs no copy in Chromium; in Firefox bytes do as well. */
const isFirefox = (): boolean => native().runtime.getURL("").startsWith("moz-");

async function sourceReply(reply: Awaited<ReturnType<MessageInPage["fetchSource"]>>): Promise<unknown> {
  if (!reply.ok || !(reply.source instanceof Blob) || !isFirefox()) return reply;
  return { ok: true, source: await reply.source.arrayBuffer() };
}

const bytesOf = async (octets: Blob | ArrayBuffer): Promise<Uint8Array> =>
  new Uint8Array(octets instanceof Blob ? await octets.arrayBuffer() : octets);

async function openView(kind: "message" | "compose"): Promise<OpenedView | null> {
  try {
    return await native().runtime.sendMessage<unknown, OpenedView | null>({ name: "openView", kind });
  } catch {
    return null;
  }
}

/** Asks for a view and mounts its frame; once more where the page has thrown it out. Ends with the view in the page. */
async function keepMounted(
  kind: "message" | "compose",
  { anchor, end }: { readonly anchor: Element; readonly end: AbortSignal },
  views: Map<string, PageView>,
  begin: (opened: OpenedView, frame: FrameHost, over: AbortSignal) => PageView,
): Promise<boolean> {
  const isOver = (): boolean => end.aborted || !anchor.isConnected;
  for (let mount = 0; mount < MAX_MOUNTS && !isOver(); mount++) {
    const opened = await openView(kind);
    if (opened === null) return false;
    if (isOver()) {
      closeView(opened.viewId);
      return true;
    }
    const over = new AbortController();
    const title = kind === "message" ? "frame_title_message" : "frame_title_compose";
    const frame = mountFrame(anchor, opened.url, native().i18n.getMessage(title));
    views.set(opened.viewId, begin(opened, frame, over.signal));
    await removal(frame.host, end);
    over.abort();
    frame.remove();
    views.delete(opened.viewId);
    closeView(opened.viewId);
  }
  return true;
}

function closeView(viewId: string): void {
  native()
    .runtime.sendMessage({ name: "closeView", viewId })
    .catch(() => undefined);
}

/** Resolves when the host has left its place, or the view its page. */
function removal(host: HTMLElement, end: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (host.isConnected) return;
      observer.disconnect();
      resolve();
    });
    observer.observe(host.ownerDocument.documentElement, { childList: true, subtree: true });
    end.addEventListener("abort", () => {
      observer.disconnect();
      resolve();
    });
    if (end.aborted) resolve();
  });
}

export async function showMessage(message: MessageInPage, views: Map<string, PageView>): Promise<void> {
  await keepMounted("message", message, views, (_, frame) => (request) => {
    switch (request.name) {
      case "needSource":
        return message.fetchSource().then(sourceReply);
      case "resize":
        frame.setHeight(request.height);
        return null;
      default:
        return undefined;
    }
  });
}

export async function showCompose(compose: ComposeInPage, views: Map<string, PageView>): Promise<void> {
  let frame: FrameHost | null = null;
  let held: AbortController | null = null;
  const hold = (isHeld: boolean): void => {
    if (isHeld === (held !== null)) return;
    held?.abort();
    held = null;
    if (!isHeld) return;
    held = new AbortController();
    compose.holdSend(
      () => {
        frame?.focus();
      },
      AbortSignal.any([held.signal, compose.end]),
    );
  };
  // Until it is known whether mail is signed by default, nothing leaves unsigned by a quick press.
  hold(true);
  const isKnown = await keepMounted("compose", compose, views, (opened, mounted) => {
    frame = mounted;
    hold(opened.isSendHeld);
    return (request) => answerCompose(request, compose, mounted, hold);
  });
  if (!isKnown) hold(false);
}

function answerCompose(
  request: PageRequest,
  compose: ComposeInPage,
  frame: FrameHost,
  hold: (isHeld: boolean) => void,
): unknown {
  switch (request.name) {
    case "resize":
      frame.setHeight(request.height);
      return null;
    case "holdSend":
      hold(request.isHeld);
      return null;
    case "needDraft":
      return compose.readDraft();
    case "needDraftSource":
      return compose.fetchDraftSource().then(sourceReply);
    case "transmit":
      return bytesOf(request.message).then((message) => compose.transmit({ ...request, message }));
    case "settle":
      return compose.settle();
    case "needSentCopy":
      return compose.fetchSentCopy().then(sourceReply);
    case "finish":
      hold(false);
      return compose.finish().then(() => null);
    default:
      return undefined;
  }
}
