import { afterEach, describe, expect, it } from "vitest";
import { parseContentRequest, parseDraftReply } from "./content-requests.ts";
import { parseFrameRequest } from "./frame-requests.ts";
import { parsePageRequest } from "./page-requests.ts";

const pollute = (name: string, value: unknown): void => {
  Object.defineProperty(Object.prototype, name, { value, configurable: true, enumerable: true, writable: true });
};
const polluted = ["passphrase", "keep", "word", "isTrusted", "kind", "isPressed", "bcc"];
afterEach(() => {
  for (const name of polluted) Reflect.deleteProperty(Object.prototype, name);
});
const fingerprint = "0a".repeat(32);

describe("prototype pollution of messages (attack 53)", () => {
  it("fills no gap of a message from a polluted prototype", () => {
    pollute("passphrase", "guessed");
    pollute("isTrusted", true);
    expect(parsePageRequest({ name: "unlock" })).toBeNull();
    expect(parsePageRequest({ name: "switchAnchor", fingerprint })).toBeNull();
    expect(Object.keys(parsePageRequest({ name: "createVault", protection: "device" }) ?? {})).not.toContain(
      "passphrase",
    );
  });

  it("fills no gap of what a content script or a frame says", () => {
    pollute("kind", "message");
    pollute("isPressed", true);
    pollute("bcc", ["eve@evil.example"]);
    const draft = {
      from: null,
      to: [],
      cc: [],
      subject: "",
      html: "",
      text: null,
      sizeLimit: null,
      attachments: [],
      unreadable: [],
      inReplyTo: null,
    };
    expect(parseContentRequest({ name: "openView" })).toBeNull();
    expect(parseFrameRequest({ name: "openMessage" })).toBeNull();
    expect(parseDraftReply({ ok: true, draft })).toBeNull();
  });

  it("fills no gap inside a message either", () => {
    pollute("word", "x");
    expect(parsePageRequest({ name: "setMark", mark: { shape: "cat", colour: "red" } })).toBeNull();
  });

  it("refuses __proto__ and constructor as fields", () => {
    for (const field of ["__proto__", "constructor"]) {
      const message = JSON.parse(`{"name":"lockNow","${field}":{"isTrusted":true}}`) as unknown;
      expect(parsePageRequest(message)).toBeNull();
    }
    expect(({} as { isTrusted?: unknown }).isTrusted).toBeUndefined();
  });

  it("gives requests that inherit nothing and that nobody can change", () => {
    const request = parsePageRequest({ name: "setMark", mark: { shape: "cat", colour: "red", word: "" } });
    if (request?.name !== "setMark") throw new Error("refused");
    for (const part of [request, request.mark]) {
      expect([Object.getPrototypeOf(part), Object.isFrozen(part)]).toEqual([null, true]);
    }
  });

  it("refuses what is nested without end", () => {
    let deep: unknown = "cat";
    for (let depth = 0; depth < 5000; depth++) deep = { shape: deep };
    expect(parsePageRequest({ name: "setMark", mark: deep })).toBeNull();
  });
});
