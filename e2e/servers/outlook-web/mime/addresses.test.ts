import { describe, expect, it } from "vitest";
import { parseMailboxes, printMailboxes } from "./addresses.ts";

describe("addresses", () => {
  it("reads names with commas, bare addresses and encoded words", () => {
    expect(parseMailboxes('"Baker, Bob" <bob@x.example>, carol@x.example, =?utf-8?B?SsO2cmc=?= <j@x.example>')).toEqual(
      [
        { name: "Baker, Bob", email: "bob@x.example" },
        { name: "carol@x.example", email: "carol@x.example" },
        { name: "Jörg", email: "j@x.example" },
      ],
    );
  });

  it("finds nobody in an empty group", () => {
    expect(parseMailboxes("undisclosed-recipients:;")).toEqual([]);
  });

  it("writes what it reads again", () => {
    const people = [
      { name: "Baker, Bob", email: "bob@x.example" },
      { name: "Jörg", email: "j@x.example" },
    ];
    expect(parseMailboxes(printMailboxes(people).replaceAll("\r\n", ""))).toEqual(people);
  });
});
