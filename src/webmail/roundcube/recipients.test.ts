import { describe, expect, it } from "vitest";
import { readRecipients } from "./recipients.ts";

describe("a field of recipients", () => {
  it.each([
    ["bob@b.example, ", ["bob@b.example"]],
    ["Bob <bob@b.example>; carol@c.example", ["bob@b.example", "carol@c.example"]],
    ['"Doe, Jane" <jane@d.example>,bob@b.example,', ["jane@d.example", "bob@b.example"]],
    ['"a \\" b, c" <x@y.example>', ["x@y.example"]],
    ["Jürgen Müller <jm@müller.example>", ["jm@müller.example"]],
    ["", []],
  ])("gives the addresses of %j", (list, addresses) => {
    expect(readRecipients(list)).toEqual({ addresses, unreadable: [] });
  });

  it.each([
    ["dave", "dave"],
    ["\u200bFriends\u200b, ", "Friends"],
    ["Bob <bob>", "Bob <bob>"],
    ["a@b@c", "a@b@c"],
  ])("names what is no address: %j", (list, text) => {
    expect(readRecipients(list)).toEqual({ addresses: [], unreadable: [text] });
  });

  it("takes only the last angle brackets for an address, never one in the name", () => {
    expect(readRecipients('"bob@b.example" <eve@e.example>').addresses).toEqual(["eve@e.example"]);
  });

  it("passes over nothing in silence", () => {
    expect(readRecipients('bob@b.example, "carol@c.example').unreadable).toHaveLength(1);
    expect(readRecipients("bob@b.example, <carol@c.example").unreadable).toHaveLength(1);
  });
});
