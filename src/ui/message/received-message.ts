import type { Failure, MessageView, OpenEvent } from "../../messages/answers.ts";
import { withHiddenCore } from "./hidden-core.ts";

/** What became of a message. Contents are the decoded parts by their path; they are whole once it is `opened`. */
export type MessageState =
  /** `opening`: it is being decrypted, and so many of its octets have come. */
  | { readonly kind: "working"; readonly opening?: { readonly size: number; readonly received: number } }
  | { readonly kind: "opened"; readonly view: MessageView; readonly contents: ReadonlyMap<string, Uint8Array> }
  | { readonly kind: "failed"; readonly failure: Failure };

function join(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((size, { length }) => size + length, 0));
  let offset = 0;
  for (const piece of pieces) {
    whole.set(piece, offset);
    offset += piece.length;
  }
  return whole;
}

/**
 * Puts the events of one message together; what it gives takes each event, and tells the state when there is one.
 *
 * @param came hears how many octets have come with each piece
 */
export function receiveMessage(
  tell: (state: MessageState) => void,
  came: (octets: number) => void = () => undefined,
): (event: OpenEvent) => void {
  const pieces = new Map<string, Uint8Array[]>();
  let view: MessageView | null = null;
  return (event) => {
    if (event.kind === "opened") {
      ({ view } = event);
    } else if (event.kind === "piece") {
      const list = pieces.get(event.path) ?? [];
      list.push(event.bytes);
      pieces.set(event.path, list);
      came(event.bytes.length);
    } else if (event.kind === "done" && view !== null) {
      const contents = new Map([...pieces].map(([path, list]) => [path, join(list)]));
      tell({ kind: "opened", view: withHiddenCore(view, contents), contents });
    } else if (event.kind === "failed") {
      tell({ kind: "failed", failure: event.error });
    }
  };
}
