import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../../..");
const named = [...readFileSync(join(root, "README.md"), "utf8").matchAll(/^\| `(e2e\/[\w/.-]+\.spec\.ts)` /gm)].map(
  ([, path = ""]) => path,
);

describe("the README's table of webmails", () => {
  it("names every story that Roundcube alone can tell", () => {
    const own = readdirSync(join(root, "e2e/roundcube")).filter((name) => name.endsWith(".spec.ts"));
    expect(named).toEqual(expect.arrayContaining(own.map((name) => `e2e/roundcube/${name}`)));
  });

  it("names no story that there is not", () => {
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});
