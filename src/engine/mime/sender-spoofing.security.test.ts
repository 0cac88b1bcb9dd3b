import { describe, expect, it } from "vitest";
import { latin1Bytes, utf8Bytes } from "../bytes/text.ts";
import { parseAddresses } from "./address.ts";
import { harmlessText } from "./harmless-text.ts";
import { originator } from "./originator.ts";
import { parseMessage } from "./parse.ts";

function from(header: string): ReturnType<typeof originator> {
  return originator(parseMessage(utf8Bytes(`${header}\r\n\r\nbody`)), "from");
}

describe("attack 18: display-name tricks in From", () => {
  it.each([
    "a@x.test <b@y.test>",
    "a@x.test <A@x.test>",
    "a@x.test a@x.test <a@x.test>",
    "<a@x.test> <b@y.test>",
    "<a@x.test>b@y.test",
    "<a@x.test> b <b@y.test>",
    "<<a@x.test>>",
    "<a@x.test",
    "a@x.test>",
    "a@x.test b@y.test",
    "Alice a@x.test",
    "a@x.test@y.test",
    "Alice",
    "<>",
    "Alice <>",
    "",
    ",",
    "undisclosed:;",
    "a@",
    "@x.test",
    "a@x.test; b@y.test",
    '"a@x.test <b@y.test>',
    "a@x.test (",
    "a@x..test",
    "a b@x.test",
    "a@x .test b",
    'a@x.test,"',
    "Alice <a@x.test> <",
    "g1: g2: a@x.test;;",
    "g: a@x.test",
    "<@x.test,b@y.test>",
    "[a@x.test] <b@y.test>",
  ])("never chooses an address from %j", (value) => {
    expect(from(`From: ${value}`).status).toBe("malformed");
  });

  it("takes the address in the brackets, and marks a name that shows another one", () => {
    const list = parseAddresses('"a@x.test" <b@y.test>, "b@y.test" <B@y.test>');
    expect(list.mailboxes.map((mailbox) => [mailbox.address, mailbox.nameShowsOtherAddress])).toEqual([
      ["b@y.test", true],
      ["B@y.test", false],
    ]);
  });

  it("marks a name whose encoded-words show an address", () => {
    const list = parseAddresses("=?utf-8?Q?a=40x.test?= <b@y.test>");
    expect(list.mailboxes[0]).toMatchObject({ address: "b@y.test", nameShowsOtherAddress: true });
  });

  it.each([
    ["=?utf-8?Q?=3Ca=40x.test=3E=2C?= <b@y.test>", "b@y.test"],
    ["=?utf-8?B?YUB4LnRlc3QsIDxiQHkudGVzdD4=?= <b@y.test>", "b@y.test"],
    ['"=?utf-8?Q?=22_=3Ca=40x.test=3E?=" <b@y.test>', "b@y.test"],
  ])("lets no encoded-word make an address, comma or bracket: %s", (value, address) => {
    const list = parseAddresses(value);
    expect(list.malformed).toBe(false);
    expect(list.mailboxes.map((mailbox) => mailbox.address)).toEqual([address]);
  });

  it.each(["=?utf-8?Q?a=40x.test?=", "=?utf-8?Q?a?=@x.test", "a@=?utf-8?Q?x.test?=", "=?utf-8?b?YUB4AA==?=@y.test"])(
    "takes no encoded-word inside an address: %s",
    (value) => {
      expect(from(`From: ${value}`).status).toBe("malformed");
    },
  );

  it("shows padding, line ends and bidi overrides in a name as one harmless line", () => {
    const list = parseAddresses("=?utf-8?Q?a=E2=80=AE=00=0D=0A=C2=A0=C2=A0=20b=E2=80=8B?= <b@y.test>");
    expect(list.mailboxes[0]?.name).toBe("a\ufffd\ufffd b");
  });

  it("lets no invisible marks keep blanks apart that push the address out of view", () => {
    const name = "A \u200b\u2060 \u200b \u00ad ".repeat(100);
    expect(harmlessText(name)).toBe("A ".repeat(100).trim());
  });

  it("calls a message without From a message without From", () => {
    expect(from("Sender: a@x.test").status).toBe("missing");
  });
});

describe("attack 19: several From addresses, From and Sender", () => {
  it("returns the mailboxes of every From field", () => {
    expect(from("From: a@x.test\r\nfrom: b@y.test, c@z.test")).toMatchObject({
      status: "present",
      fieldCount: 2,
      mailboxes: [{ address: "a@x.test" }, { address: "b@y.test" }, { address: "c@z.test" }],
    });
  });

  it("is spoiled by one malformed From among good ones", () => {
    expect(from("From: a@x.test\r\nFrom: b").status).toBe("malformed");
  });

  it("does not take Sender or Reply-To for From", () => {
    expect(from("Sender: b@y.test\r\nFrom: a@x.test\r\nReply-To: c@z.test")).toMatchObject({
      mailboxes: [{ address: "a@x.test" }],
    });
  });

  it.each(["X: y\rFrom: b@y.test", "X: y\r From: b@y.test", "garbage\rFROM : b@y.test"])(
    "is spoiled by a From behind a lone CR, which other readers take for a line end: %j",
    (line) => {
      expect(from(`From: a@x.test\r\n${line}`).status).toBe("malformed");
      expect(from(`From: a@x.test\r\n${line.replace("\r", "\r\n\t")}`).status).toBe("present");
    },
  );

  it.each(["\0From: b@y.test", "From\0: b@y.test", "Fr\xadom: b@y.test", "\x01\tFrom: b@y.test"])(
    "is spoiled by a line that another reader takes for From: %j",
    (line) => {
      const message = parseMessage(latin1Bytes(`From: a@x.test\r\n${line}\r\n\r\n`));
      expect(originator(message, "from").status).toBe("malformed");
    },
  );
});

describe("attack 20: control bytes and look-alike structure in addresses", () => {
  it.each([
    "<a@x.test>\0<b@y.test>",
    "a@x.test\0@y.test",
    "a\0@x.test",
    "a@x.test\x7f",
    "a@x.test\x1b[2K",
    "a@x.test\rFrom: b@y.test",
    '"a\x01"@x.test',
    "Al\0ice <a@x.test>",
    "a@x.test\u0085",
    "a\u200b@x.test",
    "a@x\u2024test",
    "a@x\u3002test",
    "a\uff20x.test@y.test",
    "\u202ea@x.test",
    "a@\u2066x.test",
    "a\u00a0@x.test",
    "a@x.test\ufeff",
    "a@x%00.test",
  ])("refuses %j", (value) => {
    expect(from(`From: ${value}`).status).toBe("malformed");
  });
});
