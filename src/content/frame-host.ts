/** Height of the frame until it says what it needs: most mail has nothing to say of. CSS pixels. */
const FIRST_HEIGHT = 0;

const STYLE = `
:host { all: initial !important; display: block !important; position: relative !important; margin: 0 !important;
  inline-size: 100% !important; z-index: 1 !important; }
iframe { display: block; inline-size: 100%; border: 0; color-scheme: normal; background: transparent; }`;

/** A frame of ours in the page. */
export interface FrameHost {
  readonly host: HTMLElement;
  /**
   * Whether it stands where it was put. Moved by the page, also by a hair, it is another document in another browsing
   * context: it has lost what was in it, and no view is claimed twice.
   */
  isInPlace(): boolean;
  setHeight(height: number): void;
  /** Brings it to the person's attention, without pressing anything in it. */
  focus(): void;
  remove(): void;
}

/**
 * Puts a frame in front of `anchor`, inside a closed shadow root: scripts of the page find neither the frame nor its
 * address.
 */
export function mountFrame(anchor: Element, url: string, title: string): FrameHost {
  const document = anchor.ownerDocument;
  const host = document.createElement("div");
  const shadow = host.attachShadow({ mode: "closed" });
  const style = document.createElement("style");
  style.textContent = STYLE;
  const frame = document.createElement("iframe");
  frame.title = title;
  frame.src = url;
  // Our frame checks who stands around it; with no-referrer, Firefox keeps that from it (HTML, ancestorOrigins).
  frame.referrerPolicy = "origin";
  // A person copies a report or a question there; no page may keep anybody from it by saying nothing.
  frame.allow = "clipboard-write";
  frame.style.blockSize = `${FIRST_HEIGHT}px`;
  shadow.append(style, frame);
  anchor.before(host);
  const context = frame.contentWindow;
  return {
    host,
    isInPlace: () => host.isConnected && frame.contentWindow === context,
    setHeight(height) {
      frame.style.blockSize = `${height}px`;
    },
    focus() {
      host.scrollIntoView({ block: "nearest" });
      frame.focus();
    },
    remove() {
      host.remove();
    },
  };
}
