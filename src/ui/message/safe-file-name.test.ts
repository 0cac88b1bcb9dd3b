import { describe, expect, it } from "vitest";
import { safeFileName } from "./safe-file-name.ts";

describe("the name under which an attachment is saved", () => {
  it.each([
    ["report.pdf", "report.pdf"],
    ["Übersicht 2026.xlsx", "Übersicht 2026.xlsx"],
    ["../../etc/passwd", "_.._etc_passwd"],
    ["C:\\Windows\\x.exe", "C__Windows_x.exe"],
    ["invoice\u202Efdp.exe", "invoicefdp.exe"],
    ["a\u0000.txt\r\n", "a.txt"],
    [".bashrc", "bashrc"],
    ["CON.txt", "_CON.txt"],
    ["x.txt. ", "x.txt"],
    ["", "part"],
    ["\u200b..", "part"],
    [null, "part"],
  ])("%j becomes %j", (name, safe) => {
    expect(safeFileName(name, "part")).toBe(safe);
  });

  it("keeps the ending of a name that is too long", () => {
    const name = safeFileName(`${"x".repeat(5000)}.docx`, "part");
    expect(name).toHaveLength(120);
    expect(name).toMatch(/x\.docx$/);
  });
});
