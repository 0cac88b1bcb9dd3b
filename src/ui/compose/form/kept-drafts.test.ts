// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { FormContent } from "../../../messages/form-content.ts";
import type { FrameEvent, FrameRequest } from "../../../messages/frame-requests.ts";
import { formContent } from "../../../testing/form-content.ts";
import { speak } from "../../../testing/own-page.ts";
import { heard, setClient } from "../compose-state.ts";
import { answered } from "./answered.ts";
import { leave, turnOff, turnOn } from "./encryption.ts";
import * as fields from "./fields.ts";
import { heardInForm } from "./form-events.ts";
import { keepNow } from "./keeping.ts";
import { openKept } from "./kept-drafts.ts";

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
const names = (): string[] => asked.map(({ name }) => name);
const tell = (event: FrameEvent): void => {
  heard(event);
  heardInForm(event);
};

const DRAFT = "ab".repeat(16);
const EMPTY = { from: "alice@a.example", to: [], cc: [], bcc: [], subject: "", html: "", text: null };

function start(subject = ""): string {
  turnOn();
  tell({
    kind: "taken",
    draft: { ...EMPTY, subject, unreadable: [], inReplyTo: null, references: null },
    ...{ files: 0, serverCopy: "none", sizeLimit: null },
  });
  asked = [];
  return fields.draftId.value;
}

function open(content: Partial<FormContent> = {}): void {
  openKept(DRAFT);
  tell({ kind: "draftOpened", draft: DRAFT, content: formContent({ text: "", ...content }), wasSent: "no" });
}

beforeEach(() => {
  leave();
  asked = [];
});

describe("a form in which nothing stands", () => {
  it("is not kept, and what was kept of it before goes", () => {
    const draft = start();
    keepNow();
    expect(asked).toEqual([{ name: "discardKept", draft }]);
  });

  it("leaves no draft behind when another one is opened in it", () => {
    const draft = start();
    open();
    expect(names()).toEqual(["discardKept", "openKept"]);
    expect(asked[0]).toEqual({ name: "discardKept", draft });
    expect(fields.draftId.value).toBe(DRAFT);
  });

  it("stays a draft of its own where there is as much as a subject", () => {
    start("Results");
    open();
    expect(names()).toEqual(["keepDraft", "openKept"]);
  });

  it("is not lost where the page's form is taken over for it", () => {
    openKept(DRAFT);
    const page = { ...EMPTY, subject: "Typed in the page", unreadable: [], inReplyTo: null, references: null };
    tell({ kind: "taken", draft: page, files: 0, serverCopy: "none", sizeLimit: null });
    expect(names().slice(0, 3)).toEqual(["takeOver", "keepDraft", "openKept"]);
  });
});

describe("a kept draft of an answer", () => {
  it("hides its subject again, whatever the person chooses", () => {
    start();
    open({ hidesSubject: true, isSubjectSecret: true });
    fields.hidesSubject.value = false;
    asked = [];
    keepNow();
    expect(asked).toMatchObject([{ content: { hidesSubject: true, isSubjectSecret: true } }]);
  });

  it("is asked about as an answer when Encrypt is turned off", () => {
    start();
    open({ answersEncrypted: true });
    turnOff();
    expect(asked.at(-1)).toMatchObject({ name: "turnOff", isAnswer: true });
  });

  it("does not quote what the page's form answered", () => {
    start();
    open({ answersEncrypted: true });
    const nobody = { from: [], replyTo: [], to: [], cc: [] };
    const message = { ...nobody, subject: "Other", date: null, messageId: null, references: null, parts: [] };
    tell({ kind: "answered", state: "open", message });
    expect(answered.value).toEqual({ state: "kept" });
    expect(fields.subject.value).not.toContain("Other");
  });
});
