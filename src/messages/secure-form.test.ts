import { describe, expect, it } from "vitest";
import { parseFrameRequest, type FrameRequest } from "./frame-requests.ts";
import type { FormContent, FormFile } from "./form-content.ts";
import { MAX_PIECE_SIZE } from "./secure-form.ts";

const draft = "0c".repeat(16);
const file: FormFile = { id: "0d".repeat(16), name: "a.csv", type: "text/csv", size: 3 };
const content: FormContent = {
  from: "a@a.example",
  to: ["b@b.example"],
  cc: [],
  bcc: [],
  subject: "s",
  hidesSubject: true,
  isSubjectSecret: false,
  answersEncrypted: false,
  signs: true,
  html: "",
  text: "x",
  files: [file],
  inReplyTo: null,
  references: null,
};
const certificate = "0a".repeat(32);
const put: FrameRequest = { name: "putFile", draft, file, bytes: new Uint8Array(3), isLast: true };
const send: FrameRequest = {
  name: "sendEncrypted",
  draft,
  content,
  recipients: [{ address: "b@b.example", certificate }],
  signer: certificate,
  rest: null,
};

const EXAMPLES: readonly FrameRequest[] = [
  { name: "takeOver" },
  { name: "turnOff", lines: 3, files: 0, isAnswer: false },
  { name: "handOver", to: [], cc: [], bcc: [], subject: "", html: "", text: "" },
  { name: "lookUp", addresses: ["b@b.example"] },
  put,
  { name: "keepDraft", draft, content },
  { name: "openKept", draft },
  send,
];

describe("requests of the secure form", () => {
  it.each(EXAMPLES)("takes $name as it is declared, and not with a field more or less", (request) => {
    expect(parseFrameRequest(request)).toEqual(request);
    expect(parseFrameRequest({ ...request, tab: 1 })).toBeNull();
    for (const field of Object.keys(request)) {
      const less = Object.fromEntries(Object.entries(request).filter(([name]) => name !== field));
      expect([field, parseFrameRequest(less)]).toEqual([field, null]);
    }
  });

  it.each([
    ["a draft's name that could be another key", { ...put, draft: "../anchors" }],
    ["a piece that is too large", { ...put, bytes: new Uint8Array(MAX_PIECE_SIZE + 1) }],
    ["a media type with a line end", { ...put, file: { ...file, type: "text/csv\r\nBcc: x" } }],
    ["a certificate that is none", { ...send, signer: "abc" }],
    ["a recipient with a field more", { ...send, recipients: [{ address: "a", certificate, key: "k" }] }],
    ["files without a size", { ...send, content: { ...content, files: [{ id: draft, name: "", type: "a/b" }] } }],
  ])("refuses %s", (_, request) => {
    expect(parseFrameRequest(request)).toBeNull();
  });
});
