import { beforeEach, describe, expect, it } from "vitest";
import type { Letter, SendState } from "../../messages/frame-requests.ts";
import { heard, lost, sendState } from "./compose-state.ts";

const CAROL = "carol@c.example";
const DAN = "dan@d.example";

/** To and Cc, and after it two blind copies. */
const MAIN: Letter = { copyFor: null, unsentBcc: [CAROL, DAN] };
const CAROLS: Letter = { copyFor: CAROL, unsentBcc: [DAN] };

const tell = (...states: SendState[]): void => {
  for (const state of states) heard({ kind: "sendState", state });
};
const SENT: SendState = { status: "sent", copy: "same", unsentBcc: [], text: "" };
const REFUSED: SendState = { status: "held", reason: "refused", text: "no" };
const unknown = (letter: Letter): SendState => ({ status: "unknown", ...letter });

beforeEach(() => {
  tell(SENT);
});

describe("a mail of several letters, where it is not known what became of one (attack 39)", () => {
  it.each<[string, SendState, Partial<SendState>]>([
    ["before anything was sent nothing was", { status: "working", step: "encrypting" }, { status: "held" }],
    [
      "while the first is sent it is not known",
      { status: "working", step: "sending", size: 1, letter: MAIN },
      unknown(MAIN),
    ],
    ["while its copy is read it is not known", { status: "working", step: "checking", letter: MAIN }, unknown(MAIN)],
    [
      "while a copy is written the others have it",
      { status: "working", step: "encrypting", letter: CAROLS },
      { status: "sent", unsentBcc: [CAROL, DAN] },
    ],
    [
      "while a copy is sent it is not known",
      { status: "working", step: "sending", size: 1, letter: CAROLS },
      unknown(CAROLS),
    ],
  ])("%s, when the worker dies", (_, state, left) => {
    tell(state);
    lost();
    expect(sendState.value).toMatchObject(left);
  });

  it("nobody is forgotten, however often one has to look", () => {
    tell(unknown(MAIN), { status: "working", step: "checking" });
    lost();
    tell(unknown({ copyFor: null, unsentBcc: [] }), SENT);
    expect(sendState.value).toMatchObject({ status: "sent", unsentBcc: [CAROL, DAN] });
  });

  it("a copy that was not sent is named, and who has the message is not asked to send it again", () => {
    tell(unknown(CAROLS), REFUSED);
    expect(sendState.value).toMatchObject({ status: "sent", unsentBcc: [CAROL, DAN], text: "no" });
  });

  it("a first letter that was not sent leaves nothing that was", () => {
    tell(unknown(MAIN), REFUSED, SENT);
    expect(sendState.value).toEqual(SENT);
  });
});
