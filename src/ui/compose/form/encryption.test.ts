// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { FrameEvent, FrameRequest } from "../../../messages/frame-requests.ts";
import type { RecipientState, TakenDraft } from "../../../messages/secure-form.ts";
import { speak } from "../../../testing/own-page.ts";
import { heard, isEncryptOn, isSignOn, sendState, setClient, settings } from "../compose-state.ts";
import { mount } from "../editor/text.ts";
import {
  encryption,
  firstReaders,
  leave,
  lostPictures,
  strangers,
  takeFailure,
  turnOff,
  turnOn,
} from "./encryption.ts";
import * as fields from "./fields.ts";
import { heardInForm, lostInForm } from "./form-events.ts";
import { addressesIn, confirm, confirmFirst, recipients } from "./recipients.ts";
import { holds, repeat, review, send } from "./sending.ts";

// happy-dom's parser is none that a sanitiser can rely on; what is tested here comes after it.
vi.mock("dompurify", () => ({
  default: {
    sanitize: (html: string): DocumentFragment => {
      const template = document.createElement("template");
      template.innerHTML = html;
      return template.content;
    },
  },
}));

speak("en");
let asked: FrameRequest[] = [];
setClient({
  send: (request) => {
    asked.push(request);
  },
});
let text = "";
const names = (): string[] => asked.map(({ name }) => name);
const last = <Name extends FrameRequest["name"]>(name: Name): Extract<FrameRequest, { name: Name }> | undefined =>
  asked.findLast((request): request is Extract<FrameRequest, { name: Name }> => request.name === name);
const tell = (event: FrameEvent): void => {
  heard(event);
  heardInForm(event);
};
const draft = (change: Partial<TakenDraft> = {}): TakenDraft => ({
  ...{ from: "alice@a.example", to: ["ben@b.example"], cc: [], bcc: [], subject: "Results", html: "", text: null },
  ...{ unreadable: [], inReplyTo: null, references: null },
  ...change,
});
const certificate = (address: string): NonNullable<RecipientState["certificate"]> => ({
  ...{ fingerprint: "b".repeat(64), subject: "", issuer: "", emails: [address], serial: "" },
  ...{ notBefore: new Date(0), notAfter: new Date(9e12), isAuthority: false },
});
const know = (address: string, status: RecipientState["status"], change: Partial<RecipientState> = {}): void => {
  const state = {
    address,
    status,
    choices: [],
    source: null,
    isReplacementWaiting: false,
    isFirst: false,
    key: "",
  } as const;
  tell({ kind: "recipients", states: [{ ...state, certificate: certificate(address), ...change }] });
};
const compose = (encrypt: "policy" | null): void => {
  settings.value = {
    alwaysSign: false,
    isFixed: false,
    form: "clear",
    choices: [],
    encrypt,
    hidesSubject: true,
    wrapsTwice: false,
  };
};
function start(change: Partial<TakenDraft> = {}): void {
  turnOn();
  tell({ kind: "taken", draft: draft(change), files: 0, serverCopy: "none", sizeLimit: null });
  asked = [];
}

beforeEach(() => {
  leave();
  takeFailure.value = null;
  sendState.value = null;
  holds.value = [];
  isSignOn.value = false;
  compose(null);
  text = "";
  mount({
    ...{ markup: () => text, words: () => text.replaceAll(/<[^>]*>/g, ""), focus: () => undefined },
    append: (more) => {
      text += more;
    },
  });
  asked = [];
});

describe("turning Encrypt on", () => {
  it("takes the page's form over, and shows ours when it is taken", () => {
    turnOn();
    expect([names(), encryption.value]).toEqual([["takeOver"], "taking"]);
    tell({ kind: "taken", draft: draft({ subject: "Plan" }), files: 0, serverCopy: "removed", sizeLimit: null });
    expect([encryption.value, fields.subject.value, addressesIn("to")]).toEqual(["on", "Plan", ["ben@b.example"]]);
  });

  it("says how many pictures of the page's text did not come along, and not of those that nobody could see", () => {
    const own = '<img src="data:image/png;base64,AAAA"><img width="1" height="1" src="https://x.example/seen.gif">';
    start({ html: `<p>${own}<img src="/mail/?part=2"><img alt="" src="https://x.example/a.png"></p>` });
    expect(lostPictures.value).toBe(2);
    leave();
    start({ html: own });
    expect(lostPictures.value).toBe(0);
  });

  it("gives the page its form back where nothing could be taken", () => {
    turnOn();
    tell({ kind: "takeFailed", reason: "page-unknown", text: "" });
    expect([encryption.value, isEncryptOn.value, takeFailure.value?.reason]).toEqual(["off", false, "page-unknown"]);
  });

  it("stays on where it must be, and can be tried again", () => {
    compose("policy");
    turnOn();
    tell({ kind: "takeFailed", reason: "unreachable", text: "" });
    expect(isEncryptOn.value).toBe(true);
    asked = [];
    turnOn();
    expect(names()).toEqual(["takeOver"]);
  });

  it("does not wait for ever for a worker that has died", () => {
    turnOn();
    lostInForm();
    expect([encryption.value, takeFailure.value?.reason]).toEqual(["off", "unreachable"]);
  });
});

describe("turning Encrypt off", () => {
  it("hands nothing over before the person has confirmed it", () => {
    start();
    text = "<div>secret</div>";
    turnOff();
    expect(names()).toEqual(["turnOff"]);
    tell({ kind: "encryptOff", isConfirmed: false });
    expect([names(), encryption.value]).toEqual([["turnOff"], "on"]);
  });

  it("hands over what was typed, and not what an answer quotes of an encrypted message (H91)", () => {
    start({ subject: "Re: [...]" });
    text = "<div>my answer</div>";
    const people = { from: [], replyTo: [], to: [], cc: [] };
    tell({
      ...{ kind: "answered", state: "open" },
      message: {
        ...{ ...people, subject: "Results", date: null, messageId: "<1@a.example>", references: null },
        parts: [{ type: "text", content: "the secret of the sender" }],
      },
    });
    expect(text).toContain("the secret of the sender");
    text += "<div>the secret of the sender</div>";
    turnOff();
    tell({ kind: "encryptOff", isConfirmed: true });
    expect(last("handOver")?.html).toContain("my answer");
    expect(last("handOver")?.html).not.toContain("secret");
  });

  it("leaves nothing in the frame", () => {
    start();
    turnOff();
    tell({ kind: "handedOver" });
    expect([recipients.value.length, fields.subject.value, encryption.value]).toEqual([0, "", "off"]);
  });
});

describe("Send", () => {
  it("sends what was in sight when it was pressed, to these and no others", () => {
    start({ to: ["ben@b.example"], bcc: ["fay@f.example"] });
    know("ben@b.example", "ready");
    know("fay@f.example", "ends-soon");
    send("d".repeat(32));
    const order = last("sendEncrypted");
    fields.subject.value = "changed since";
    sendState.value = { status: "needs-unlock" };
    repeat();
    expect(last("sendEncrypted")).toBe(order);
    expect(order?.content).toMatchObject({ subject: "Results", to: ["ben@b.example"], bcc: ["fay@f.example"] });
    expect(order?.recipients.map(({ address }) => address)).toEqual(["ben@b.example", "fay@f.example"]);
  });

  it("is held where one cannot read it, and nothing is sent", () => {
    start({ to: ["ben@b.example", "dan@d.example"] });
    know("ben@b.example", "ready");
    know("dan@d.example", "ended");
    send("d".repeat(32));
    expect([holds.value.map(({ id }) => id), names().includes("sendEncrypted")]).toEqual([["h3"], false]);
  });

  it("goes out by itself when the look-up ends well", () => {
    start();
    send("d".repeat(32));
    expect(holds.value.map(({ id }) => id)).toEqual(["h14"]);
    know("ben@b.example", "ready");
    expect(names()).toContain("sendEncrypted");
  });

  it("does not go out by itself where something was changed since it was pressed", () => {
    start();
    send("d".repeat(32));
    fields.subject.value = "another";
    know("ben@b.example", "ready");
    expect([holds.value, names().includes("sendEncrypted")]).toEqual([[], false]);
  });

  it("stays held while the text goes on being written", () => {
    start();
    know("ben@b.example", "none");
    send("d".repeat(32));
    text = "<div>more</div>";
    review("d".repeat(32));
    expect(holds.value.map(({ id }) => id)).toEqual(["h1"]);
  });

  it("does not go out by itself when the look-up ends badly", () => {
    start();
    send("d".repeat(32));
    know("ben@b.example", "weak");
    expect([holds.value.map(({ id }) => id), names().includes("sendEncrypted")]).toEqual([["h7"], false]);
  });

  it("begins without what held the page's form from being sent", () => {
    tell({ kind: "sendState", state: { status: "held", reason: "too-large", text: "" } });
    start();
    expect(sendState.value).toBeNull();
  });

  it("is thrown away once it is known that it was sent, also where that had to be looked up", () => {
    start();
    know("ben@b.example", "ready");
    send("d".repeat(32));
    tell({ kind: "sendState", state: { status: "unknown", copyFor: null, unsentBcc: [] } });
    expect(names()).not.toContain("discardKept");
    tell({ kind: "sendState", state: { status: "sent", copy: "same", unsentBcc: [], text: "" } });
    expect(names()).toContain("discardKept");
  });

  it("keeps Bcc copies that come after an unknown outcome for later", () => {
    start({ bcc: ["fay@f.example"] });
    know("ben@b.example", "ready");
    know("fay@f.example", "ready");
    send("d".repeat(32));
    tell({ kind: "sendState", state: { status: "unknown", copyFor: null, unsentBcc: ["fay@f.example"] } });
    tell({ kind: "sendState", state: { status: "sent", copy: "same", unsentBcc: [], text: "" } });
    expect(sendState.value).toMatchObject({ status: "sent", unsentBcc: ["fay@f.example"] });
    expect(names()).not.toContain("finish");
  });

  it("names those who were no readers of what is quoted, until the person confirms them (H92, attack 31)", () => {
    start({ to: ["ana@a.example", "eve@e.example"], subject: "Re: [...]" });
    const ana = { name: "", address: "ana@a.example", nameShowsOtherAddress: false };
    const eve = { name: "", address: "eve@e.example", nameShowsOtherAddress: false };
    tell({
      ...{ kind: "answered", state: "open" },
      message: {
        ...{ from: [ana], replyTo: [eve], to: [], cc: [], subject: "Results", date: null, messageId: null },
        ...{ references: null, parts: [{ type: "text", content: "quoted" }] },
      },
    });
    expect(strangers().map(({ address }) => address)).toEqual(["eve@e.example"]);
    expect(recipients.value.map(({ origin }) => origin)).toEqual(["page", "reply-to"]);
    confirm(...strangers().map(({ id }) => id));
    expect(strangers()).toEqual([]);
  });

  it("hides its subject where that one did, whatever was chosen (attack 61)", () => {
    const ana = { name: "", address: "ana@a.example", nameShowsOtherAddress: false };
    const answer = (ofPage: string): boolean => {
      start({ to: ["ana@a.example"], subject: ofPage });
      tell({
        ...{ kind: "answered", state: "open" },
        message: {
          ...{ from: [ana], replyTo: [], to: [], cc: [], subject: "Results", date: null, messageId: null },
          ...{ references: null, parts: [] },
        },
      });
      fields.hidesSubject.value = false;
      const { hidesSubject } = fields.sentContent();
      leave();
      return hidesSubject;
    };
    expect([answer("Re: [...]"), answer("Re: Results")]).toEqual([true, false]);
  });

  it("asks before somebody's first encrypted mail, and sends what was in sight when that is answered", () => {
    start();
    know("ben@b.example", "ready", { isFirst: true });
    send(fields.draftId.value);
    expect([holds.value.map(({ id }) => id), names().includes("sendEncrypted")]).toEqual([["h95"], false]);
    confirmFirst(...recipients.value.map(({ id }) => id));
    send(fields.draftId.value);
    expect(names()).toContain("sendEncrypted");
  });

  it("does not ask it of who has read the encrypted message that is answered", () => {
    start();
    know("ben@b.example", "ready", { isFirst: true });
    tell({
      ...{ kind: "answered", state: "open" },
      message: {
        ...{
          from: [{ name: "", address: "ben@b.example", nameShowsOtherAddress: false }],
          replyTo: [],
          to: [],
          cc: [],
        },
        ...{ subject: "Results", date: null, messageId: null, references: null, parts: [] },
      },
    });
    expect(firstReaders()).toEqual([]);
  });
});
