import { describe, expect, it } from "vitest";
import { hrefOf, parseRoute } from "./route.ts";

describe("deep links", () => {
  it.each([
    ["", "identities", []],
    ["#/trust", "trust", []],
    ["#/nonsense/x", "identities", []],
    ["#/settings/writing", "settings", ["writing"]],
    ["#/contacts/ana%40example.com/compare", "contacts", ["ana@example.com", "compare"]],
    ["#/contacts/%E0%A4%A", "contacts", ["%E0%A4%A"]],
  ] as const)("%s leads to %s", (hash, section, path) => {
    expect(parseRoute(hash)).toMatchObject({ section, path });
  });

  it("carry what is searched for", () => {
    expect(parseRoute("#/contacts?q=ana%20b").query).toBe("ana b");
  });

  it("come back as they were made, also with signs that have a meaning in addresses", () => {
    const address = "a/b?c#d%@example.com";
    expect(parseRoute(hrefOf("contacts", address, "compare")).path).toEqual([address, "compare"]);
  });
});
