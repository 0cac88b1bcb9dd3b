import type { ContentRequest, OpenedView, PageRequest, TransmitReply } from "../messages/content-requests.ts";
import type { ComposeInPage, MessageInPage } from "../webmail/adapter.ts";
import { afterChanges } from "../webmail/dom/page-changes.ts";
import { STOPPED } from "../webmail/outcomes.ts";
import { guardPage } from "../webmail/dom/guarded-page.ts";
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

type OpenRequest = Extract<ContentRequest, { name: "openView" }>;

/** `refused`: Signet is not to work in this page. `silent`: the background has died, or this script outlived it. */
type Opening = OpenedView | "refused" | "silent";

/** What was heard of the background last. */
export type Heard = "opened" | "refused" | "silent";

/** The background is started anew within this time, or it will not come. Milliseconds. */
const ASK_AGAIN_MS = 500;

async function openView(request: OpenRequest, { signal }: { readonly signal: AbortSignal }): Promise<Opening> {
  for (let attempt = 0; attempt < 3 && !signal.aborted; attempt++) {
    try {
      return (await native().runtime.sendMessage<unknown, OpenedView | null>(request)) ?? "refused";
    } catch {
      await new Promise((done) => setTimeout(done, ASK_AGAIN_MS));
    }
  }
  return "silent";
}

/**
 * Asks for a view and mounts its frame; once more where the page has thrown it out. Ends with the view in the page, and
 * says what was heard of the background last.
 */
async function keepMounted(
  request: () => OpenRequest,
  { anchor, end }: { readonly anchor: Element; readonly end: AbortSignal },
  views: Map<string, PageView>,
  begin: (opened: OpenedView, frame: FrameHost, over: AbortSignal) => PageView,
): Promise<Heard> {
  const isOver = (): boolean => end.aborted || !anchor.isConnected;
  for (let mount = 0; mount < MAX_MOUNTS && !isOver(); mount++) {
    const asked = request();
    const opened = await openView(asked, { signal: end });
    if (typeof opened === "string") return opened;
    if (isOver()) {
      closeView(opened.viewId);
      return "opened";
    }
    const over = new AbortController();
    const title = asked.kind === "message" ? "frame_title_message" : "frame_title_compose";
    const frame = mountFrame(anchor, opened.url, native().i18n.getMessage(title));
    views.set(opened.viewId, begin(opened, frame, over.signal));
    await removal(frame, end);
    over.abort();
    frame.remove();
    views.delete(opened.viewId);
    closeView(opened.viewId);
  }
  return "opened";
}

function closeView(viewId: string): void {
  native()
    .runtime.sendMessage({ name: "closeView", viewId })
    .catch(() => undefined);
}

/** Resolves when the frame has left its place, or the view its page. */
function removal(frame: FrameHost, end: AbortSignal): Promise<void> {
  const gone = new AbortController();
  const either = AbortSignal.any([gone.signal, end]);
  return new Promise((resolve) => {
    either.addEventListener("abort", () => {
      resolve();
    });
    if (either.aborted) resolve();
    const look = (): void => {
      if (!frame.isInPlace()) gone.abort();
    };
    afterChanges(frame.host.ownerDocument.documentElement, [], look, either);
  });
}

export async function showMessage(message: MessageInPage, views: Map<string, PageView>): Promise<void> {
  await keepMounted(
    () => ({ name: "openView", kind: "message" }),
    message,
    views,
    (_, frame) => (request) => {
      switch (request.name) {
        case "needSource":
          return message.fetchSource().then(sourceReply);
        case "resize":
          frame.setHeight(request.height);
          return null;
        default:
          return undefined;
      }
    },
  );
}

/** What of the page is kept from acting, each until it is let go; says whether it was kept before. */
function holds(compose: ComposeInPage, onAttempt: () => void) {
  const held = new Map<"send" | "text", AbortController>();
  return (what: "send" | "text", isHeld: boolean): boolean => {
    const wasHeld = held.has(what);
    if (isHeld === wasHeld) return wasHeld;
    held.get(what)?.abort();
    held.delete(what);
    if (!isHeld) return wasHeld;
    const controller = new AbortController();
    held.set(what, controller);
    const signal = AbortSignal.any([controller.signal, compose.end]);
    if (what === "send") compose.holdSend(onAttempt, signal);
    else guardPage(compose.anchor.ownerDocument, signal);
    return wasHeld;
  };
}

/** A form in the page with our frame: what they share. */
interface Composing {
  readonly compose: ComposeInPage;
  readonly hold: ReturnType<typeof holds>;
  /** Hosts of our frames in this form. */
  readonly hosts: WeakSet<Element>;
  /** Encrypt is on: the page's form is empty and covered, and stays so whatever becomes of our frame. */
  isTaken: boolean;
  /** Stop was pressed after the octets came, and maybe before they were read. */
  isStopped: boolean;
  /** The last message that was handed to the webmail; it goes on where the background dies meanwhile. */
  handing: Promise<TransmitReply> | null;
}

export async function showCompose(compose: ComposeInPage, views: Map<string, PageView>): Promise<Heard> {
  let frame: FrameHost | null = null;
  const hold = holds(compose, () => {
    frame?.focus();
  });
  const hosts = new WeakSet<Element>();
  const composing: Composing = { compose, hold, hosts, isTaken: false, isStopped: false, handing: null };
  // Until it is known what is on by default, nothing leaves unprotected by a quick press or a quick word.
  hold("send", true);
  hold("text", true);
  const request = (): OpenRequest => {
    return { name: "openView", kind: "compose", isAnswer: compose.isAnswer, isTaken: composing.isTaken };
  };
  const heard = await keepMounted(request, compose, views, (opened, mounted) => {
    frame = mounted;
    composing.hosts.add(mounted.host);
    hold("send", opened.isSendHeld || composing.isTaken);
    hold("text", opened.isGuarded || composing.isTaken);
    return (asked) => answerCompose(asked, composing, mounted);
  });
  // Where the background is silent, nobody knows whether mail has to be protected here: it stays held (invariant 1).
  if (heard === "refused" && !composing.isTaken) {
    hold("send", false);
    hold("text", false);
  }
  return heard;
}

const taken = async (composing: Composing): Promise<unknown> => {
  const { compose, hold, hosts } = composing;
  const before = { send: hold("send", true), text: hold("text", true) };
  const reply = await compose.takeOver((element) => hosts.has(element));
  composing.isTaken ||= reply.ok;
  if (!composing.isTaken) {
    // Nothing was taken: the page's form is as it was, and what was held for another reason stays so.
    hold("send", before.send);
    hold("text", before.text);
  }
  if (!reply.ok || !(reply.source instanceof Blob) || !isFirefox()) return reply;
  return { ...reply, source: await reply.source.arrayBuffer() };
};

/** Looks what became of a message once it is not under way any more; what is known of it needs no look. */
async function settled({ compose, handing }: Composing): Promise<TransmitReply> {
  const reply = await handing?.catch(() => null);
  return !reply || reply.outcome === "unknown" ? compose.settle() : reply;
}

function answerCompose(request: PageRequest, composing: Composing, frame: FrameHost): unknown {
  const { compose, hold } = composing;
  switch (request.name) {
    case "resize":
      frame.setHeight(request.height);
      return null;
    case "holdSend":
      hold("send", request.isHeld || composing.isTaken);
      return null;
    case "guard":
      hold("text", request.isOn || composing.isTaken);
      return null;
    case "needDraft":
      return compose.readDraft();
    case "needDraftSource":
      return compose.fetchDraftSource().then(sourceReply);
    case "takeOver":
      return taken(composing);
    case "handOver":
      composing.isTaken = false;
      compose.handOver(request.draft);
      hold("text", false);
      return null;
    case "needAnswered":
      return compose.fetchAnswered().then(sourceReply);
    case "suggest":
      return compose.suggest(request.text);
    case "listMessages":
      return compose.listMessages(request.folder);
    case "needMessage":
      return compose.fetchMessage(request.item).then(sourceReply);
    case "saveDraft":
      return bytesOf(request.message).then((message) => compose.saveDraft(message));
    case "adoptDraft":
      compose.adoptDraft(request.item);
      return null;
    case "findSent":
      return compose.findSent(request.messageId);
    case "transmit":
      composing.isStopped = false;
      return (composing.handing = bytesOf(request.message).then((message) =>
        composing.isStopped ? STOPPED : compose.transmit({ ...request, message }),
      ));
    case "stopTransmit":
      composing.isStopped = true;
      compose.stopTransmit();
      return null;
    case "settle":
      return (composing.handing = settled(composing));
    case "needSentCopy":
      return compose.fetchSentCopy().then(sourceReply);
    case "finish":
      composing.isTaken = false;
      hold("send", false);
      hold("text", false);
      return compose.finish().then(() => null);
    default:
      return undefined;
  }
}
