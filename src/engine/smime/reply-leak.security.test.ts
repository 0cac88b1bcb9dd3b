import { describe, expect, it } from "vitest";
import { bytesOf, lines } from "../../testing/mail-builder.ts";
import { parseEntity } from "../mime/parse.ts";
import { HEADER_POLICIES } from "./header-policy.ts";
import { type NamedValue, readProtectedHeader } from "./protected-header.ts";
import { type Respond, replyPolicy } from "./reply-policy.ts";

const value = (from: readonly NamedValue[], name: string) => from.find((field) => field.name === name)?.value ?? "";

/** As every mail program does it. */
const respond: Respond = (reference) => [
  { name: "To", value: value(reference, "From") },
  { name: "Subject", value: `Re: ${value(reference, "Subject")}` },
  { name: "Keywords", value: value(reference, "Keywords") },
  { name: "In-Reply-To", value: value(reference, "Message-ID") },
];

function answering(...hpOuter: readonly string[]) {
  const payload = lines(
    "Content-Type: text/plain; hp=cipher",
    ...["From: Alice <alice@example.com>", "Subject: Dinner plans", "Keywords: food", "Message-ID: <1@example.com>"],
    ...hpOuter.map((field) => `HP-Outer: ${field}`),
    "",
    "text",
  );
  const forged = parseEntity(bytesOf(lines("Subject: Dinner plans", "From: Alice <alice@example.com>", "", "")));
  return readProtectedHeader(parseEntity(bytesOf(payload)), forged)!;
}

const BASELINE = answering("From: Alice <alice@example.com>", "Subject: [...]", "Message-ID: <1@example.com>");
const SHY = answering("From: alice@example.com", "Subject: [...]", "Message-ID: <1@example.com>");

describe("attack 61: a reply tells servers what the message that it answers hid from them (RFC 9788 section 6.1)", () => {
  it("keeps hidden what was hidden, even where nothing is to be hidden by policy", () => {
    const policy = replyPolicy(BASELINE, respond, HEADER_POLICIES.none);
    expect(policy("Subject", "Re: Dinner plans")).toBe("Re: [...]");
    expect(policy("subject", "Re: Dinner plans")).toBe("Re: [...]");
    expect(policy("Keywords", "food")).not.toBe("food");
  });

  it("keeps a subject hidden that the author changed: it is still about the same", () => {
    expect(replyPolicy(BASELINE, respond, HEADER_POLICIES.none)("Subject", "Dinner plans, later")).toBe("Re: [...]");
  });

  it("leaves outside what stood outside", () => {
    const policy = replyPolicy(BASELINE, respond, HEADER_POLICIES.none);
    expect(policy("To", "Alice <alice@example.com>")).toBe("Alice <alice@example.com>");
    expect(policy("In-Reply-To", "<1@example.com>")).toBe("<1@example.com>");
    expect(policy("X-Mailer", "Signet")).toBe("Signet");
  });

  it("takes the stricter of the two", () => {
    const policy = replyPolicy(BASELINE, respond, HEADER_POLICIES.shy);
    expect(policy("Subject", "Re: Dinner plans")).toBe("[...]");
    expect(policy("To", "Alice <alice@example.com>")).toBe("alice@example.com");
  });

  it("keeps names away from servers, and still reaches recipients who were added", () => {
    const policy = replyPolicy(SHY, respond, HEADER_POLICIES.none);
    expect(policy("To", "Alice <alice@example.com>")).toBe("alice@example.com");
    expect(policy("To", "Alice <alice@example.com>, Carol <carol@example.com>")).toBe(
      "alice@example.com, carol@example.com",
    );
  });

  it("believes what the sender says was outside, and not what a server put there since", () => {
    // The forged outer header of `answering` has the secret subject; HP-Outer says that it was hidden.
    expect(replyPolicy(BASELINE, respond, HEADER_POLICIES.none)("Subject", "Re: Dinner plans")).toBe("Re: [...]");
  });
});
