import { describe, expect, it } from "vitest";
import { choice, hasFlag, parseArguments, singleValue, timeOption, UsageError, values } from "./arguments.ts";

const SPEC = { to: "value", pss: "flag", at: "value", digest: "value" } as const;
const parse = (...args: string[]) => parseArguments(args, SPEC);

function wrong(read: () => unknown): string {
  try {
    read();
    return "accepted";
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}

describe("the arguments of a command", () => {
  it("are options wherever they stand, in their order, and files", () => {
    const args = parse("a.eml", "--to", "A", "--pss", "b.eml", "--to=B", "-");
    expect(args.positionals).toEqual(["a.eml", "b.eml", "-"]);
    expect(args.options.map(({ name }) => name)).toEqual(["to", "pss", "to"]);
    expect([values(args, "to"), hasFlag(args, "pss"), hasFlag(args, "opaque")]).toEqual([["A", "B"], true, false]);
  });

  it("are files behind --, whatever they look like", () => {
    expect(parse("--", "--to").positionals).toEqual(["--to"]);
  });

  it("may have standard input as a value", () => {
    expect(values(parse("--to", "-"), "to")).toEqual(["-"]);
  });

  it.each([
    [["--tp", "A"], "unknown option --tp"],
    [["-x"], "unknown option -x"],
    [["--no-pss"], "unknown option --no-pss"],
    [["--constructor"], "unknown option --constructor"],
    [["--__proto__"], "unknown option --__proto__"],
    [["--to"], "--to needs a value"],
    [["--pss=yes"], "--pss takes no value"],
  ])("%j are wrong: %s", (args, message) => {
    expect(wrong(() => parse(...args))).toBe(message);
  });

  it("may be given once, or be one of a few, or be a time", () => {
    expect(wrong(() => singleValue(parse("--at", "A", "--at", "B"), "at"))).toBe("--at may be given once");
    expect(wrong(() => choice(parse("--digest", "md5"), "digest", ["sha256"], "sha256"))).toBe(
      "--digest is one of sha256",
    );
    expect(wrong(() => timeOption(parse("--at", "soon"), "at"))).toMatch(/^--at is a time like/);
    expect(timeOption(parse("--at", "2026-01-31T12:00:00Z"), "at")).toEqual(new Date("2026-01-31T12:00:00Z"));
    expect(choice(parse(), "digest", ["sha256", "sha384"], "sha384")).toBe("sha384");
  });
});
