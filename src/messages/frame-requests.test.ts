import type { InferOutput } from "valibot";
import { describe, expect, it } from "vitest";
import { parseClaim, parseFrameRequest, type FrameRequest } from "./frame-requests.ts";
import type { secureFormRequests } from "./secure-form.ts";

const certificate = "0a".repeat(32);
const draft = {
  from: "alice@a.example",
  to: ["bob@b.example"],
  cc: [],
  bcc: [],
  subject: "Pond",
  html: "<p>frozen</p>",
  text: "frozen",
  attachments: [{ name: "pond.csv" }],
  inReplyTo: null,
};

/** Those of the secure form have their own test. */
type SecureName = InferOutput<(typeof secureFormRequests)[number]>["name"];

/** One of each: a request that is declared and not here does not compile. */
const EXAMPLES: {
  readonly [Name in Exclude<FrameRequest["name"], SecureName>]: Extract<FrameRequest, { name: Name }>;
} = {
  resize: { name: "resize", height: 12 },
  openMessage: { name: "openMessage", isPressed: false },
  openAttached: { name: "openAttached", path: "1.2", source: new Uint8Array(1) },
  showVerdict: { name: "showVerdict", title: "Signed by bob@b.example", tone: "neutral" },
  unlock: { name: "unlock" },
  showPage: { name: "showPage", page: "trust" },
  renew: { name: "renew", certificate },
  askPerson: { name: "askPerson", certificate: new Uint8Array(1), address: "bob@b.example" },
  askPassword: { name: "askPassword", from: null },
  awaitPassword: { name: "awaitPassword" },
  compare: { name: "compare", address: "bob@b.example" },
  readDraft: { name: "readDraft" },
  holdSend: { name: "holdSend", isHeld: true },
  send: { name: "send", draft, certificate },
  settle: { name: "settle" },
  finish: { name: "finish" },
};

const isTaken = (value: unknown): boolean => parseFrameRequest(value) !== null;

describe("requests of frames", () => {
  it.each(Object.entries(EXAMPLES))("takes %s as it is declared, and not with a field more or less", (_, request) => {
    expect(parseFrameRequest(request)).toEqual(request);
    expect(isTaken({ ...request, viewId: "0a".repeat(16) })).toBe(false);
    for (const field of Object.keys(request)) {
      const less = Object.fromEntries(Object.entries(request).filter(([name]) => name !== field));
      expect([field, isTaken(less)]).toEqual([field, false]);
    }
  });

  it.each(Object.keys(draft))("takes no draft without its %s, which would be signed unseen", (field) => {
    const less = Object.fromEntries(Object.entries(draft).filter(([name]) => name !== field));
    expect(isTaken({ name: "send", draft: less, certificate })).toBe(false);
  });

  it.each([
    ["bytes as text", { name: "openAttached", path: "1", source: "From: a" }],
    ["a tone that is none", { name: "showVerdict", title: "x", tone: "secure" }],
    ["a title without end", { name: "showVerdict", title: "x".repeat(301), tone: "neutral" }],
    ["an address without end", { name: "compare", address: "x".repeat(321) }],
    ["a certificate that is none", { name: "send", draft, certificate: "*" }],
  ])("refuses %s", (_, value) => {
    expect(isTaken(value)).toBe(false);
  });

  it("takes a claim once, and only as it is declared", () => {
    const claim = { name: "claim", viewId: "0a".repeat(16), parentOrigin: "https://mail.example" };
    expect(parseClaim(claim)).toEqual(claim);
    for (const field of Object.keys(claim)) {
      expect(parseClaim(Object.fromEntries(Object.entries(claim).filter(([name]) => name !== field)))).toBeNull();
    }
    expect(parseClaim({ ...claim, tabId: 1 })).toBeNull();
    expect(parseClaim({ ...claim, viewId: "0A".repeat(16) })).toBeNull();
    expect(isTaken(claim)).toBe(false);
  });
});
