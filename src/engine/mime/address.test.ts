import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAddresses } from "./address.ts";

function read(value: string): [string, string | null][] {
  const list = parseAddresses(value);
  expect(list.malformed).toBe(false);
  return list.mailboxes.map((mailbox) => [mailbox.name, mailbox.address]);
}

describe("parseAddresses", () => {
  it.each<[string, [string, string][]]>([
    ["a@example.com", [["", "a@example.com"]]],
    ["<a@example.com>", [["", "a@example.com"]]],
    ["Alice Doe <a@example.com>", [["Alice Doe", "a@example.com"]]],
    ["Joe Q. Public <john.q.public@example.com>", [["Joe Q. Public", "john.q.public@example.com"]]],
    ['"Giant; \\"Big\\" Box" <sysservices@example.net>', [['Giant; "Big" Box', "sysservices@example.net"]]],
    ["Pete(A nice \\) chap) <pete(his account)@silly.test(his host)>", [["Pete", "pete@silly.test"]]],
    ["John Doe <jdoe@machine(comment).  example>", [["John Doe", "jdoe@machine.example"]]],
    [
      "Mary Smith <@node.test:mary@example.net>, , jdoe@test  . example",
      [
        ["Mary Smith", "mary@example.net"],
        ["", "jdoe@test.example"],
      ],
    ],
    ["<@a.test,@b.test:c@d.test>", [["", "c@d.test"]]],
    ["a@example.com (Alice (the first))", [["Alice (the first)", "a@example.com"]]],
    ['"john doe"@example.com', [["", '"john doe"@example.com']]],
    ['"john"@example.com', [["", "john@example.com"]]],
    ["a@[192.0.2.1]", [["", "a@[192.0.2.1]"]]],
    ["用户@例え.jp", [["", "用户@例え.jp"]]],
    ["=?utf-8?Q?J=C3=BCrgen?= =?utf-8?B?w5Y=?= <j@example.com>", [["JürgenÖ", "j@example.com"]]],
    ["a..b.@docomo.example", [["", "a..b.@docomo.example"]]],
    ["a@example.com <a@example.com>", [["a@example.com", "a@example.com"]]],
    ["Foo [Bar] <a@example.com>", [["Foo [Bar]", "a@example.com"]]],
  ])("reads %s", (value, expected) => {
    expect(read(value)).toEqual(expected);
  });

  it("reads groups, and lists their mailboxes", () => {
    const list = parseAddresses("A Group(Some people):Chris <c@(the host)public.example>, joe@example.org; , x@y.test");
    expect(list.groups).toEqual([{ name: "A Group", mailboxes: list.mailboxes.slice(0, 2) }]);
    expect(list.mailboxes.map((mailbox) => mailbox.address)).toEqual([
      "c@public.example",
      "joe@example.org",
      "x@y.test",
    ]);
    expect(list.malformed).toBe(false);
  });

  it("takes an empty group for no address", () => {
    expect(parseAddresses("undisclosed-recipients:;")).toEqual({
      mailboxes: [],
      groups: [{ name: "undisclosed-recipients", mailboxes: [] }],
      malformed: false,
    });
  });

  it("keeps the good mailboxes beside a bad one, and says that one is bad", () => {
    const list = parseAddresses("a@example.com, nonsense, Bob <b@example.com>");
    expect(list.malformed).toBe(true);
    expect(list.mailboxes.map((mailbox) => mailbox.address)).toEqual(["a@example.com", null, "b@example.com"]);
  });

  it("never throws, and never gives a well-formed list an address that is not in its text", () => {
    const piece = fc.constantFrom(
      "a",
      "b@x.test",
      "<",
      ">",
      ",",
      ";",
      ":",
      '"',
      "(",
      ")",
      "@",
      ".",
      " ",
      "\\",
      "[",
      "]",
      "é",
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join("")),
        (value) => {
          const list = parseAddresses(value);
          for (const { domain } of list.mailboxes) {
            if (domain !== null) expect(value.replace(/[ ()]/gu, "")).toContain(domain.slice(0, 1));
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});
