import { describe, expect, it } from "vitest";
import { isAddress, typedAddresses } from "./typed-addresses.ts";

const addresses = (text: string): (string | null)[] => typedAddresses(text).map(({ address }) => address);

describe("typed recipients", () => {
  it.each([
    ["one address", "ben@b.example", ["ben@b.example"]],
    ["commas", "ben@b.example, carol@c.example", ["ben@b.example", "carol@c.example"]],
    [
      "semicolons, as Outlook copies them",
      "Ben <ben@b.example>; Carol <carol@c.example>;",
      ["ben@b.example", "carol@c.example"],
    ],
    ["lines, as a table copies them", "ben@b.example\r\ncarol@c.example\n", ["ben@b.example", "carol@c.example"]],
    ["spaces", "ben@b.example carol@c.example", ["ben@b.example", "carol@c.example"]],
    ["a link", "mailto:ben@b.example", ["ben@b.example"]],
    ["a name with a comma in quotation marks", `"Lima, Ben" <ben@b.example>`, ["ben@b.example"]],
    ["letters of another script", "用户@例子.example", ["用户@例子.example"]],
    ["nothing", " ,; \n", []],
  ])("reads %s", (_, text, found) => {
    expect(addresses(text)).toEqual(found);
  });

  it("keeps the name beside the address", () => {
    expect(typedAddresses(`"Lima, \\"Ben\\"" <ben@b.example>`)).toEqual([
      { name: `Lima, "Ben"`, address: "ben@b.example", text: `"Lima, \\"Ben\\"" <ben@b.example>` },
    ]);
  });

  it("leaves out nothing that is no address", () => {
    expect(typedAddresses("ben@b.example, Carol of accounts")).toMatchObject([
      { address: "ben@b.example" },
      { address: null, text: "Carol of accounts" },
    ]);
  });

  it("does not let an open quotation mark swallow the recipients of the next line", () => {
    expect(addresses(`"Ben <ben@b.example>\ncarol@c.example`)).toContain("carol@c.example");
  });

  it.each([
    ...["ben", "ben@", "@b.example", "ben@b", "ben@@b.example", "ben b@b.example", "ben@b..example", ".ben@b.example"],
    ...["ben@-b.example", "ben@b.example\r\nBcc: eve@e.example", `ben@b.example\u0000`, `${"a".repeat(65)}@b.example`],
  ])("takes %j for no address", (text) => {
    expect(isAddress(text)).toBe(false);
  });
});
