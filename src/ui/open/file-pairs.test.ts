import { describe, expect, it } from "vitest";
import { pairFiles } from "./file-pairs.ts";

const pairs = (...names: string[]): string[] =>
  pairFiles(names.map((name) => ({ name }))).map(({ message, detached }) => `${message.name} ${detached?.name ?? "-"}`);

describe("pairing files", () => {
  it("gives a detached signature the file that it is named after", () => {
    expect(pairs("a.pdf", "b.txt", "a.pdf.p7s", "b.p7s")).toEqual(["a.pdf.p7s a.pdf", "b.p7s b.txt"]);
  });

  it("takes two files as a pair where only one can be the signature", () => {
    expect(pairs("smime.p7s", "report.pdf")).toEqual(["smime.p7s report.pdf"]);
  });

  it("does not take a message for what a signature beside it signs", () => {
    expect(pairs("smime.p7s", "mail.eml")).toEqual(["smime.p7s -", "mail.eml -"]);
  });

  it("leaves messages alone", () => {
    expect(pairs("a.eml", "b.p7m")).toEqual(["a.eml -", "b.p7m -"]);
  });
});
