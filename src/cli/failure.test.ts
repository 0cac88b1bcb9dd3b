import { describe, expect, it } from "vitest";
import { SmimeError } from "../engine/errors.ts";
import { UsageError } from "./arguments.ts";
import { describeError } from "./failure.ts";
import { FileError, readInput } from "./files.ts";

describe("what is said of a failure", () => {
  it("is the engine's code and context", () => {
    expect(describeError(new SmimeError("malformed.cms", { offset: 3 }))).toEqual({
      code: "malformed.cms",
      context: { offset: 3 },
    });
  });

  it("is which file and the system's reason", async () => {
    const error: unknown = await readInput("/nowhere/at/all").catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(FileError);
    expect(describeError(error)).toEqual({
      code: "file.unreadable",
      context: { file: "/nowhere/at/all", reason: "ENOENT" },
    });
  });

  it("is nothing of an unforeseen error's message, which may quote a secret", () => {
    expect(describeError(new RangeError("passphrase hunter2"))).toEqual({
      code: "internal-error",
      context: { name: "RangeError" },
    });
    expect(describeError("thrown text")).toEqual({ code: "internal-error", context: { name: "string" } });
  });

  it("is no matter of a file where the call was wrong", () => {
    expect(() => describeError(new UsageError("--to is needed"))).toThrow(UsageError);
  });
});
