import { describe, expect, it } from "vitest";
import { parseContentRequest, parseDraftReply, parseSourceReply, parseTransmitReply } from "./content-requests.ts";
import { parseClaim, parseFrameRequest } from "./frame-requests.ts";

const viewId = "0a".repeat(16);
const draft = {
  from: null,
  to: ["bob@b.example"],
  cc: [],
  bcc: [],
  subject: "s",
  html: "<p>x</p>",
  text: null,
  attachments: [{ name: "a.csv" }],
  unreadable: [],
  inReplyTo: null,
  sizeLimit: 2_097_152,
};
const { unreadable, sizeLimit, ...rest } = draft;
const shown = { ...rest, from: "a@a.example", text: "x" };

describe("messages of the mail page", () => {
  it("are taken as they are declared", () => {
    expect(parseContentRequest({ name: "openView", kind: "message" })).not.toBeNull();
    expect(parseContentRequest({ name: "closeView", viewId })).not.toBeNull();
    expect(parseSourceReply({ ok: true, source: new Blob(["x"]) })).not.toBeNull();
    expect(parseSourceReply({ ok: false, reason: "signed-out", text: "" })).not.toBeNull();
    expect(parseDraftReply({ ok: true, draft })).not.toBeNull();
    expect(parseTransmitReply({ outcome: "sent", reason: null, text: "" })).not.toBeNull();
    expect(parseClaim({ name: "claim", viewId, parentOrigin: null })).not.toBeNull();
    expect(parseFrameRequest({ name: "openMessage", isPressed: false })).not.toBeNull();
    expect(parseFrameRequest({ name: "send", draft: shown, certificate: "0a".repeat(32) })).not.toBeNull();
    expect([unreadable, sizeLimit]).toEqual([[], 2_097_152]);
  });

  it.each([
    [parseContentRequest, { name: "openView", kind: "message" }],
    [parseContentRequest, { name: "closeView", viewId }],
    [parseSourceReply, { ok: true, source: new Blob(["x"]) }],
    [parseSourceReply, { ok: false, reason: "signed-out", text: "" }],
    [parseDraftReply, { ok: true, draft }],
    [parseTransmitReply, { outcome: "unknown", reason: null, text: "" }],
  ])("are refused with a field more or less: %o %o", (parse, message) => {
    expect(parse({ ...message, tabId: 1 })).toBeNull();
    for (const field of Object.keys(message)) {
      expect(parse(Object.fromEntries(Object.entries(message).filter(([name]) => name !== field)))).toBeNull();
    }
  });

  it.each([
    ["a kind that is none", { name: "openView", kind: "options" }],
    ["a field more", { name: "openView", kind: "message", tabId: 1 }],
    ["a view id that is none", { name: "closeView", viewId: "*" }],
    ["what only a frame may ask", { name: "openMessage", isPressed: true }],
    ["what only a page may ask", { name: "listIdentities" }],
    ["a name from Object's prototype", { name: "constructor" }],
    ["nothing", null],
  ])("are refused from a content script: %s", (_, message) => {
    expect(parseContentRequest(message)).toBeNull();
  });

  it.each([
    ["what only a content script may ask", { name: "openView", kind: "message" }],
    ["what only a page may ask", { name: "unlock", passphrase: "x" }],
    ["a height that is no number", { name: "resize", height: "100%" }],
    ["a height beyond all", { name: "resize", height: 1_000_000 }],
    ["a page that is not named", { name: "showPage", page: "https://evil.example" }],
    ["a draft with a field more", { name: "send", draft: { ...shown, date: 1 }, certificate: "0a".repeat(32) }],
    ["no certificate", { name: "send", draft: shown }],
    ["a second claim", { name: "claim", viewId, parentOrigin: null }],
  ])("are refused from a frame: %s", (_, message) => {
    expect(parseFrameRequest(message)).toBeNull();
  });

  it.each([
    ["bytes as text", { ok: true, source: "From: a" }],
    ["a reason that is none", { ok: false, reason: "maybe", text: "" }],
    ["text beyond all", { ok: false, reason: "refused", text: "x".repeat(501) }],
  ])("are refused as an answer of a page: %s", (_, reply) => {
    expect(parseSourceReply(reply)).toBeNull();
    expect(parseTransmitReply(reply)).toBeNull();
  });
});
