import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../../..");
const named = [...readFileSync(join(root, "README.md"), "utf8").matchAll(/^\| `(e2e\/[\w/.-]+\.spec\.ts)` /gm)].map(
  ([, path = ""]) => path,
);

/** Stories about the stand-in and the build: no webmail's. */
const OF_NONE = ["accessibility", "content-script", "stand-in"].map((name) => `e2e/outlook-web/${name}.spec.ts`);

describe("the README's table of webmails", () => {
  it("names every story that one webmail alone can tell, and no other", () => {
    const own = ["outlook-web", "roundcube"].flatMap((webmail) =>
      readdirSync(join(root, "e2e", webmail))
        .filter((name) => name.endsWith(".spec.ts"))
        .map((name) => `e2e/${webmail}/${name}`),
    );
    expect([...named].sort()).toEqual(own.filter((path) => !OF_NONE.includes(path)).sort());
    expect(OF_NONE.every((path) => existsSync(join(root, path)))).toBe(true);
  });
});
