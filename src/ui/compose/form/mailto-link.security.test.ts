// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from "vitest";
import type { FrameRequest } from "../../../messages/frame-requests.ts";
import type { TakenDraft } from "../../../messages/secure-form.ts";
import { setClient } from "../compose-state.ts";
import { mount } from "../editor/text.ts";
import { encryption, leave, turnOn } from "./encryption.ts";
import { keptContent } from "./fields.ts";
import { heardInForm } from "./form-events.ts";
import { add, recipients } from "./recipients.ts";

const asked: FrameRequest[] = [];
setClient({
  send: (request) => {
    asked.push(request);
  },
});

const EVIL = "attach=/home/alice/.ssh/id_ed25519&attachment=file:///etc/passwd&bcc=eve@evil.example&body=Sent";
const LINKS = [
  `mailto:ben@b.example?${EVIL}`,
  `MAILTO:ben@b.example?cc=eve@evil.example,mallory@evil.example&${EVIL}`,
  `<mailto:ben@b.example?${EVIL}>`,
  `Ben <mailto:ben@b.example?to=eve@evil.example;mallory@evil.example&${EVIL}>`,
];

beforeEach(() => {
  leave();
  asked.length = 0;
  mount({ markup: () => "", words: () => "", focus: () => undefined, append: () => undefined });
});

/** The link's address is all that came of it. */
function onlyBen(): void {
  expect(recipients.value.map(({ address, field }) => [address, field])).toEqual([["ben@b.example", "to"]]);
  expect(keptContent()).toMatchObject({ to: ["ben@b.example"], cc: [], bcc: [], subject: "", text: "", files: [] });
  expect(asked.filter(({ name }) => name === "putFile" || name === "fetchMessage")).toEqual([]);
}

describe("a mailto link that names files, recipients and words (attack 37)", () => {
  it.each(LINKS)("pasted into a field is an address and nothing else: %s", (link) => {
    add("to", link);
    onlyBen();
  });

  it.each(LINKS)("in the page's form, when it is taken over, is no more: %s", (link) => {
    turnOn();
    const draft: TakenDraft = {
      ...{ from: "alice@a.example", to: [link], cc: [], bcc: [], subject: "", html: "", text: null },
      ...{ unreadable: [], inReplyTo: null, references: null },
    };
    heardInForm({ kind: "taken", draft, files: 0, serverCopy: "none", sizeLimit: null });
    expect(encryption.value).toBe("on");
    onlyBen();
  });
});
