import { beforeEach, describe, expect, it } from "vitest";
import type { FrameRequest } from "../../../messages/frame-requests.ts";
import { setClient } from "../compose-state.ts";
import {
  areThere,
  attach,
  clearFiles,
  files,
  heardFile,
  heardFilePut,
  putAgain,
  removeFile,
  setDraft,
} from "./files.ts";

type Put = Extract<FrameRequest, { name: "putFile" }>;
let asked: FrameRequest[] = [];
setClient({
  send: (request) => {
    asked.push(request);
  },
});
const puts = (): Put[] => asked.filter((request): request is Put => request.name === "putFile");
const settled = (): Promise<void> => new Promise((done) => setTimeout(done, 30));
const blob = (size: number, name = "a.bin"): File =>
  new File([new Uint8Array(size).fill(7)], name, { type: "text/plain" });

beforeEach(() => {
  clearFiles();
  asked = [];
  setDraft("d".repeat(32));
});

describe("attached files", () => {
  it("go to the background in pieces, in order, under the draft's name", async () => {
    attach([blob(2.5 * 1024 * 1024)]);
    await settled();
    expect(puts().map(({ bytes, isLast }) => [bytes.length / 1024, isLast])).toEqual([
      [1024, false],
      [1024, false],
      [512, true],
    ]);
    expect(new Set(puts().map(({ draft }) => draft))).toEqual(new Set(["d".repeat(32)]));
  });

  it("send one empty piece where they are empty", async () => {
    attach([blob(0)]);
    await settled();
    expect(puts().map(({ bytes, isLast }) => [bytes.length, isLast])).toEqual([[0, true]]);
  });

  it("are there when the background says so, and not before", async () => {
    attach([blob(10)]);
    await settled();
    expect(areThere.value).toBe(false);
    heardFilePut(files.value[0]?.file.id ?? "", true);
    expect(areThere.value).toBe(true);
  });

  it("stop where they are removed on the way", async () => {
    attach([blob(3 * 1024 * 1024)]);
    removeFile(files.value[0]?.file.id ?? "");
    await settled();
    expect([puts().length, asked.at(-1)?.name]).toEqual([0, "dropFile"]);
  });

  it("are unreadable where they have become shorter since", async () => {
    const file = blob(10);
    Object.defineProperty(file, "slice", { value: () => new Blob([]) });
    attach([file]);
    await settled();
    expect(files.value[0]?.status).toBe("unreadable");
  });

  it("go there again where the background has lost them", async () => {
    attach([blob(10)]);
    await settled();
    const id = files.value[0]?.file.id ?? "";
    heardFilePut(id, true);
    putAgain([id]);
    expect(areThere.value).toBe(false);
    await settled();
    expect(puts().length).toBe(2);
  });

  it.each([
    [true, "kept", 0],
    [false, "moving", 1],
  ] as const)("that come from a draft are put there where it has none of them: %s", async (isKnown, status, count) => {
    const file = { id: "e".repeat(32), name: "b", type: "text/plain", size: 2 };
    heardFile({ step: "begin", file }, isKnown);
    heardFile({ step: "piece", file: file.id, bytes: new Uint8Array([1, 2]) }, isKnown);
    heardFile({ step: "end", file: file.id }, isKnown);
    await settled();
    expect([files.value[0]?.status, puts().length]).toEqual([status, count]);
  });
});
