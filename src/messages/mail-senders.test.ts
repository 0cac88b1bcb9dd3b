import { describe, expect, it } from "vitest";
import { contentSender, frameSender, type TabSender } from "./mail-senders.ts";

const extension = { id: "abcdefgh", baseUrl: "chrome-extension://abcdefgh/" };
const page: TabSender = {
  id: "abcdefgh",
  url: "https://mail.example/mail/inbox",
  origin: "https://mail.example",
  frameId: 0,
  documentId: "D1",
  tab: { id: 3 },
};
const frame: TabSender = {
  ...page,
  url: "chrome-extension://abcdefgh/message/index.html",
  origin: "chrome-extension://abcdefgh",
  frameId: 5,
};

describe("who sent a message from inside a tab", () => {
  it("is a content script by its page, and a frame by its address", () => {
    expect(contentSender(page, extension)).toEqual({
      tabId: 3,
      frameId: 0,
      documentId: "D1",
      origin: "https://mail.example",
    });
    expect(frameSender(frame, extension, "https://mail.example")).toMatchObject({ kind: "message", frameId: 5 });
  });

  it.each<[string, TabSender]>([
    ["another extension", { ...page, id: "other" }],
    ["no tab", { ...page, tab: undefined }],
    ["a page of ours", frame],
    ["a document of another origin than its address", { ...page, origin: "null" }],
    ["a file", { ...page, url: "file:///etc/passwd", origin: "null" }],
    ["an address that is none", { ...page, url: "mail" }],
    ["nobody", {}],
  ])("is refused as a content script: %s", (_, sender) => {
    expect(contentSender(sender, extension)).toBeNull();
  });

  it.each<[string, TabSender]>([
    ["another extension", { ...frame, id: "other" }],
    ["our page as a whole tab", { ...frame, frameId: 0 }],
    ["another page of ours in a frame", { ...frame, url: "chrome-extension://abcdefgh/options/index.html" }],
    ["another extension's page", { ...frame, url: "chrome-extension://other/message/index.html" }],
    ["a content script", page],
    ["nobody", {}],
  ])("is refused as a frame: %s", (_, sender) => {
    expect(frameSender(sender, extension, null)).toBeNull();
  });
});
