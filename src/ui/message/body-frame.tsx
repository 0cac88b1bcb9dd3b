import { useLayoutEffect, useRef } from "preact/hooks";
import type { JSX } from "preact";

interface Props {
  /** Of trusted-document.ts. */
  readonly document: unknown;
  readonly title: string;
}

/**
 * A part of a message in a document of its own: no scripts, no forms, no origin, nothing loaded. Its height is the
 * page's choice and never its content's, which could tell something by it.
 */
export function BodyFrame({ document, title }: Props): JSX.Element {
  const frame = useRef<HTMLIFrameElement>(null);
  useLayoutEffect(() => {
    // A property and not an attribute: only that takes a trusted document.
    if (frame.current) Object.assign(frame.current, { srcdoc: document });
  }, [document]);
  return (
    <iframe ref={frame} class="body" title={title} sandbox="allow-popups allow-popups-to-escape-sandbox" tabIndex={0} />
  );
}
