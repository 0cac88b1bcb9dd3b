import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { FrameEvent } from "../../messages/frame-requests.ts";
import { bytesOf, HEADER, lines, signedMail, textEntity, textOf } from "../../testing/mail-builder.ts";
import { testMailContext } from "../../testing/mail-context.ts";
import { failureOf } from "../failure.ts";
import { readInPage } from "./read-in-page.ts";

const SIGNED = textOf(signedMail(textEntity("words")));
const HEAD = lines(...HEADER);
const message = (...body: readonly string[]): string => lines(HEAD, ...body, "");

function nested(depth: number): string {
  const open = Array.from({ length: depth }, (_, level) =>
    lines(`Content-Type: multipart/mixed; boundary=b${level}`, "", `--b${level}`),
  );
  return message(...open, "Content-Type: text/plain", "", "deep");
}
const sideBySide = (count: number): string =>
  message(
    "Content-Type: multipart/mixed; boundary=b",
    "",
    ...Array.from({ length: count }, () => lines("--b", "Content-Type: text/plain", "", "part")),
    "--b--",
  );

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
});

/** What the frame hears in the end: the verdict's word for the signature, or the code of the failure. */
async function outcome(source: string | Uint8Array): Promise<string> {
  const octets = typeof source === "string" ? bytesOf(source) : source;
  const context = testMailContext({ askPage: () => Promise.resolve({ ok: true, source: new Blob([octets.slice()]) }) });
  const view = await context.views.open("message", {
    tabId: 1,
    frameId: 0,
    documentId: "p",
    origin: "https://m.example",
  });
  const events: FrameEvent[] = [];
  try {
    for await (const event of readInPage(view, false, context)) events.push(event);
  } catch (error) {
    return failureOf(error).code;
  }
  const opened = events.flatMap((event) =>
    event.kind === "message" && event.event.kind === "opened" ? [event.event.view] : [],
  );
  return opened[0]?.verdict.signature ?? events.map(({ kind }) => kind).join();
}

describe("a message that is broken, in a mail page", () => {
  it.each<[string, string, string]>([
    ["10,000 parts inside one another", nested(10_000), "limit.exceeded"],
    ["more than 10,000 parts", sideBySide(10_001), "limit.exceeded"],
    ["a signature that is no CMS", SIGNED.replace(/\r\nM[A-Za-z0-9+/]{60}/, "\r\nMAAA"), "invalid"],
    ["no signature part", SIGNED.slice(0, SIGNED.lastIndexOf("--sig\r\n")) + "--sig--\r\n", "none"],
    [
      "an opaque part that is no CMS",
      message("Content-Type: application/pkcs7-mime; smime-type=enveloped-data", "", "x"),
      "malformed.cms",
    ],
    ["an opaque part with nothing in it", message("Content-Type: application/pkcs7-mime", "", ""), "malformed.cms"],
    ["no header at all", "\r\nwords", "none"],
    ["a boundary that never comes", message("Content-Type: multipart/mixed; boundary=b", "", "words"), "none"],
  ])("is judged, or named: %s", async (_, source, expected) => {
    const began = performance.now();
    expect(await outcome(source)).toBe(expected);
    expect(performance.now() - began).toBeLessThan(5000);
  });
});
