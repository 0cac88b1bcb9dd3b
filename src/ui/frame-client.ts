import { FRAME_PORT, type Claim, type FrameEvent, type FrameRequest } from "../messages/frame-requests.ts";
import { native } from "./browser.ts";

/** The background, for one frame of ours in a web page. */
export interface FrameClient {
  send(request: FrameRequest): void;
}

interface Listener {
  /** Every event of the background, in order. */
  readonly heard: (event: FrameEvent) => void;
  /** The worker has died, or let go of us: what was asked and not answered is lost. */
  readonly lost: () => void;
}

/** The view that this frame is for. It leaves the address at once: it is claimed a single time. */
function takeViewId(): string | null {
  const id = /^#([0-9a-f]{32})$/.exec(location.hash)?.[1] ?? null;
  history.replaceState(null, "", location.pathname);
  return id;
}

/** Who stands around us, by the browser; older ones do not say. */
function parentOrigin(): string | null {
  const { ancestorOrigins } = location as Partial<Pick<Location, "ancestorOrigins">>;
  return ancestorOrigins?.[0] ?? null;
}

/**
 * Connects this frame with the background, which gives nothing to a frame that nobody asked for. After the worker's
 * death the next request connects anew, as the same document.
 *
 * @returns `null` where this page is no frame of a view: it then stays empty
 */
export function connectFrame({ heard, lost }: Listener): FrameClient | null {
  const viewId = takeViewId();
  if (viewId === null || window.top === window) return null;
  const claim: Claim = { name: "claim", viewId, parentOrigin: parentOrigin() };
  let port: ReturnType<ReturnType<typeof native>["runtime"]["connect"]> | null = null;
  let isClaimed = false;
  const connect = (): NonNullable<typeof port> => {
    const opened = native().runtime.connect({ name: FRAME_PORT });
    opened.onMessage.addListener((message: unknown) => {
      const event = message as FrameEvent;
      isClaimed ||= event.kind === "claimed";
      heard(event);
    });
    opened.onDisconnect.addListener(() => {
      if (port === opened) port = null;
      // Never claimed: the page that embeds us is not one that may see anything.
      if (isClaimed) lost();
    });
    opened.postMessage(claim);
    return opened;
  };
  port = connect();
  return {
    send(request) {
      port ??= connect();
      port.postMessage(request);
    },
  };
}
