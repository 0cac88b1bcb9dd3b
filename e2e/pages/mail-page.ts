import type { Frame, Locator, Page } from "playwright-core";

/** A webmail's page as a person uses it: what all of them have, so that a story runs on each. */
export interface MailPage {
  readonly page: Page;
  /** The same page on a site where Signet works: a form takes typing once its frame is there. */
  withSignet(): MailPage;
  /** Opens the newest message of the Inbox whose row shows this subject. */
  open(subject: string): Promise<void>;
  /** The webmail's own view of the open message. */
  body(): Locator;
  newMail(): Promise<ComposePage>;
  /** A new form as somebody has it who does not wait for Signet's frame. */
  newMailAtOnce(): Promise<ComposePage>;
  /** Answers the open message. */
  answer(how: "Reply" | "Forward"): Promise<ComposePage>;
  /** Signet's frame beside the open message. */
  messageFrame(): Promise<Frame>;
  /** Signet's frame in the form. */
  composeFrame(): Promise<Frame>;
}

/** The webmail's own form. */
export interface ComposePage {
  /** In which nothing is left once the form is gone. */
  readonly root: Locator;
  readonly subject: Locator;
  readonly editor: Locator;
  readonly sendButton: Locator;
  /** Writes in front of what stands in the editor. */
  write(content: {
    readonly to?: readonly string[];
    readonly cc?: readonly string[];
    readonly bcc?: readonly string[];
    readonly subject?: string;
    readonly text: string;
  }): Promise<void>;
  attach(...files: string[]): Promise<void>;
  /** What stands in the editor. */
  text(): Promise<string>;
  /** The form is gone: sent or discarded. */
  closed(): Promise<void>;
}

/** How long a frame of ours may take to come. Milliseconds. */
const PATIENCE_MS = 10_000;

/**
 * The frame of ours whose host stands in `container`. It is in a closed shadow root, which no selector looks into, so
 * the browser is asked for all frames of the page.
 */
export async function frameIn(container: Locator, path: string): Promise<Frame> {
  const page = container.page();
  const end = Date.now() + PATIENCE_MS;
  while (Date.now() < end) {
    for (const frame of page.frames()) {
      if (!/^(chrome|moz)-extension:/.test(frame.url()) || !new URL(frame.url()).pathname.endsWith(path)) continue;
      const isInside = await isFrameIn(frame, container).catch(() => false);
      if (isInside) return frame;
    }
    await new Promise((done) => setTimeout(done, 25));
  }
  throw new Error(`no frame ${path} in ${String(container)}`);
}

async function isFrameIn(frame: Frame, container: Locator): Promise<boolean> {
  const element = await frame.frameElement();
  return container.evaluate(
    (node, inner) => {
      const root = inner.getRootNode();
      return node.contains(root instanceof ShadowRoot ? root.host : inner);
    },
    element,
    { timeout: 1000 },
  );
}
