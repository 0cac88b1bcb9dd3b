import { describe, expect, it } from "vitest";
import { write } from "../openssl.ts";
import { lines, signet } from "./signet.ts";

write("a.eml", "Subject: a\r\n\r\na\r\n");

describe("signet called wrongly exits 2, says why in one line, and prints nothing else", () => {
  it.each([
    [["frobnicate"], "unknown command"],
    [["constructor"], "unknown command"],
    [[], "unknown command"],
    [["open"], "open needs a FILE"],
    [["open", "--frobnicate", "a.eml"], "unknown option --frobnicate"],
    [["open", "a.eml", "--at", "tomorrow"], "--at is a time"],
    [["open", "--revocation", "sometimes", "a.eml"], "--revocation is one of"],
    [["open", "--passphrase-file", "a.eml", "a.eml"], "--passphrase-file follows an --identity"],
    [["open", "--key", "a.key", "a.eml"], "--key and --cert go in pairs"],
    [["open", "--key", "a.key", "--key", "b.key", "a.eml"], "--key and --cert go in pairs"],
    [["sign", "a.eml", "out.eml"], "--identity, or --key and --cert"],
    [["sign", "a.eml"], "IN and OUT"],
    [["sign", "a.eml", "out.eml", "more"], "IN and OUT"],
    [["encrypt", "a.eml", "out.eml"], "--to is needed"],
    [["encrypt", "--pss", "a.eml", "out.eml"], "unknown option --pss"],
    [["certs"], "certs needs a FILE"],
    [["path"], "path needs a LEAF"],
    [["path", "--purpose", "tls", "a.eml"], "--purpose is one of"],
    [["path", "--revocation", "sometimes", "a.eml"], "--revocation is one of"],
    [["path", "--policy", "any", "a.eml"], "--policy is an OID"],
    [["open", "--policy", "2.5.29.32.0", "a.eml"], "unknown option --policy"],
  ])("%j: %s", (args, reason) => {
    const { status, stdout, stderr } = signet(args);
    expect([status, stdout.toString()]).toEqual([2, ""]);
    expect(stderr).toContain(reason);
  });
});

describe("a file that cannot be processed exits 1, and its line says why", () => {
  it("while the others have their lines, in order", () => {
    const run = signet(["open", "a.eml", "missing.eml", ".", "a.eml"]);
    expect(run.status).toBe(1);
    const all = lines(run);
    expect(all.map(({ file }) => file)).toEqual(["a.eml", "missing.eml", ".", "a.eml"]);
    expect(all[0]?.["error"]).toBeNull();
    expect(all[1]?.["error"]).toEqual({
      code: "file.unreadable",
      context: { file: "missing.eml", reason: "ENOENT" },
    });
    expect(all[2]).toMatchObject({ error: { code: "file.unreadable", context: { reason: "EISDIR" } } });
    expect(all[3]?.["error"]).toBeNull();
  });

  it("in certs and in path, too", () => {
    const certs = signet(["certs", "a.eml", "missing.pem"]);
    expect([certs.status, lines(certs).map(({ file, error }) => [file, (error as { code: string }).code])]).toEqual([
      1,
      [
        ["a.eml", "malformed.certificate"],
        ["missing.pem", "file.unreadable"],
      ],
    ]);
    const path = signet(["path", "missing.pem", "a.eml"]);
    expect([path.status, lines(path).length]).toEqual([1, 2]);
  });

  it.each([
    [["sign", "--key", "missing.key", "--cert", "a.eml", "a.eml", "-"]],
    [["encrypt", "--to", "a.eml", "a.eml", "-"]],
    [["encrypt", "--to", "missing.pem", "a.eml", "-"]],
    [["open", "--trust", "missing.pem", "a.eml"]],
    [["open", "--identity", "missing.p12", "a.eml"]],
    [["open", "--extract", "a.eml", "a.eml"]],
    [["open", "--extract", "/proc/new/deep", "a.eml"]],
  ])("%j says it on standard error", (args) => {
    const { status, stdout, stderr } = signet(args);
    expect([status, stdout.toString()]).toEqual([1, ""]);
    const { error } = JSON.parse(stderr) as { error: { code: string; context: object } };
    expect(error.code).toMatch(/^(?:file|malformed)\./);
  });
});
