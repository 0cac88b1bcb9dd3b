import { afterEach, describe, expect, it } from "vitest";
import { flag, list, readRecord, text } from "./record.ts";

const fields = { name: text(10), isTrusted: flag };

afterEach(() => {
  delete (Object.prototype as { isTrusted?: unknown }).isTrusted;
});

describe("prototype pollution of stored rows (attack 53)", () => {
  it("fills no gap of a row from a polluted prototype", () => {
    Object.defineProperty(Object.prototype, "isTrusted", { value: true, configurable: true });
    expect(() => readRecord({ name: "a" }, fields)).toThrow("storage.damaged");
  });

  it("takes __proto__ of a row for nothing", () => {
    const row = JSON.parse('{"__proto__":{"isTrusted":true},"name":"a","isTrusted":false}') as unknown;
    const read = readRecord<{ name: string; isTrusted: boolean }>(row, fields);
    expect(Object.getPrototypeOf(read)).toBeNull();
    expect(read.isTrusted).toBe(false);
    expect(Object.keys(read)).toEqual(["name", "isTrusted"]);
  });

  it("gives rows that nobody can change or add to", () => {
    const read = readRecord<{ names: readonly string[] }>({ names: ["a"] }, { names: list(text(1), 2) });
    expect(Object.isFrozen(read) && Object.isFrozen(read.names)).toBe(true);
  });
});
