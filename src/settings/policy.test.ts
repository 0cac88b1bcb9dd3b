import { describe, expect, it } from "vitest";
import { readPolicy } from "./policy.ts";

describe("the organisation's policy", () => {
  it("is none where there never was one", () => {
    expect(readPolicy({}, {})).toEqual({ values: {}, status: "none", problems: [] });
  });

  it("stays in force when it is suddenly empty, and says so", () => {
    const lastGood = { AlwaysEncrypt: true };
    expect(readPolicy({}, lastGood)).toEqual({ values: lastGood, status: "emptied", problems: [] });
  });

  it("replaces the one before it, so that a name that is gone is free again", () => {
    const policy = readPolicy({ AlwaysSign: true }, { AlwaysEncrypt: true });
    expect(policy).toEqual({ values: { AlwaysSign: true }, status: "in-force", problems: [] });
  });

  it("keeps the last good value of a name whose new one is not allowed", () => {
    const policy = readPolicy({ AlwaysEncrypt: "yes", ClearSign: true }, { AlwaysEncrypt: true });
    expect(policy).toEqual({
      values: { AlwaysEncrypt: true, ClearSign: true },
      status: "in-force",
      problems: ["AlwaysEncrypt"],
    });
  });

  it("names what it does not know", () => {
    expect(readPolicy({ AlwaysSing: true, constructor: true }, {})).toMatchObject({
      values: {},
      problems: ["AlwaysSing", "constructor"],
    });
  });
});
