import { beforeEach, describe, expect, it } from "vitest";
import { draftId } from "./fields.ts";
import { files, type AttachedFile } from "./files.ts";
import { heardKept, heardNotKept, isOnlyHere, startKeeping, stopKeeping } from "./keeping.ts";

const file = (isKept: boolean): AttachedFile => ({
  file: { id: "0e".repeat(16), name: "plan.txt", type: "text/plain", size: 1 },
  ...{ status: "kept", done: 1, isKept },
});

beforeEach(() => {
  files.value = [];
  startKeeping();
});

describe("a form that is closed (H94)", () => {
  it("is asked about where its text could not be kept, and no more once it is", () => {
    expect(isOnlyHere()).toBe(false);
    heardNotKept(draftId.value, "storage.full");
    expect(isOnlyHere()).toBe(true);
    heardKept(draftId.value, new Date(0));
    expect(isOnlyHere()).toBe(false);
  });

  it("is asked about where a file could not be kept", () => {
    heardKept(draftId.value, new Date(0));
    files.value = [file(true), file(false)];
    expect(isOnlyHere()).toBe(true);
  });

  it("is not asked about after it was sent or thrown away", () => {
    heardNotKept(draftId.value, "storage.full");
    files.value = [file(false)];
    stopKeeping();
    expect(isOnlyHere()).toBe(false);
  });
});
