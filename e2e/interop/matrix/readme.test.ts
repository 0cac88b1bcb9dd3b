import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { withInteropTable } from "./readme.ts";

it("README has the table of what is tested here: npm run interop -- --write", () => {
  const readme = readFileSync(resolve(import.meta.dirname, "../../../README.md"), "utf8");
  expect(withInteropTable(readme)).toBe(readme);
});
