import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");

describe("the table of promises", () => {
  it("names no test that there is not", () => {
    const named = [
      ...readFileSync(join(root, "e2e/README.md"), "utf8").matchAll(/`((?:src|e2e)\/[\w/.-]+\.tsx?)`/g),
    ].map(([, path = ""]) => path);
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});
