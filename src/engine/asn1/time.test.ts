import { describe, expect, it } from "vitest";
import { Asn1Reader } from "./reader.ts";
import { refusal } from "../../testing/asn1-octets.ts";
import { Tag } from "./tag.ts";
import { asciiString, encode, octetString, time } from "./writer.ts";

function read(tag: number, text: string): string {
  const reader = new Asn1Reader(encode(asciiString(tag, text)));
  let result = "";
  const reason = refusal(() => {
    result = reader.time().toISOString();
  });
  return reason === "accepted" ? result : reason;
}

describe("UTCTime", () => {
  it.each([
    ["500101000000Z", "1950-01-01T00:00:00.000Z"],
    ["991231235959Z", "1999-12-31T23:59:59.000Z"],
    ["000101000000Z", "2000-01-01T00:00:00.000Z"],
    ["491231235959Z", "2049-12-31T23:59:59.000Z"],
    ["2002291200Z", "2020-02-29T12:00:00.000Z"],
    ["260101000000+0130", "2025-12-31T22:30:00.000Z"],
    ["260101000000-0500", "2026-01-01T05:00:00.000Z"],
    ["2601010000+0100", "2025-12-31T23:00:00.000Z"],
  ])("%s is %s", (text, expected) => {
    expect(read(Tag.UtcTime, text)).toBe(expected);
  });

  it.each(["260431000000Z", "210229000000Z", "260001000000Z", "261301000000Z", "260100000000Z", "260132000000Z"])(
    "%s is no day of the calendar",
    (text) => {
      expect(read(Tag.UtcTime, text)).toBe("time");
    },
  );

  it.each(["260101240000Z", "260101006000Z", "260101000060Z", "260101000000+2400", "260101000000+0060"])(
    "%s is no time of a day",
    (text) => {
      expect(read(Tag.UtcTime, text)).toBe("time");
    },
  );

  it.each([
    ["20260101000000Z", "four digits of year"],
    ["260101000000", "no zone"],
    ["260101000000z", "a small z"],
    ["260101000000.5Z", "a fraction"],
    ["260101000000+01", "a zone without minutes"],
    ["260101000000Z ", "a blank"],
    ["260101000000Z\n", "a line end"],
    ["+60101000000Z", "a sign"],
    ["", "nothing"],
  ])("%j is refused: %s", (text) => {
    expect(read(Tag.UtcTime, text)).toBe("time");
  });
});

describe("GeneralizedTime", () => {
  it.each([
    ["20500101000000Z", "2050-01-01T00:00:00.000Z"],
    ["19491231235959Z", "1949-12-31T23:59:59.000Z"],
    ["99991231235959Z", "9999-12-31T23:59:59.000Z"],
    ["20260101000000.123Z", "2026-01-01T00:00:00.000Z"],
    ["202601010000Z", "2026-01-01T00:00:00.000Z"],
    ["20260101000000-0800", "2026-01-01T08:00:00.000Z"],
    ["20000229000000Z", "2000-02-29T00:00:00.000Z"],
  ])("%s is %s", (text, expected) => {
    expect(read(Tag.GeneralizedTime, text)).toBe(expected);
  });

  it.each(["260101000000Z", "19000229000000Z", "2026010100Z", "20260101000000", "20260101000000.Z"])(
    "%s is refused",
    (text) => {
      expect(read(Tag.GeneralizedTime, text)).toBe("time");
    },
  );

  it("is refused at lengths that no time has, in linear time", () => {
    expect(read(Tag.GeneralizedTime, `20260101000000.${"0".repeat(1_000_000)}Z`)).toBe("time");
  });
});

describe("a time", () => {
  it("is of no other type", () => {
    for (const text of ["260101000000Z", "20260101000000Z"]) expect(read(Tag.PrintableString, text)).toBe("time");
    expect(refusal(() => new Asn1Reader(encode(octetString(new Uint8Array(13)))).time())).toBe("time");
  });

  it.each([
    ["1949-12-31T23:59:59Z", "19491231235959Z"],
    ["1950-01-01T00:00:00Z", "500101000000Z"],
    ["2049-12-31T23:59:59Z", "491231235959Z"],
    ["2050-01-01T00:00:00Z", "20500101000000Z"],
    ["2026-11-20T11:15:15.987Z", "261120111515Z"],
  ])("%s is written as %s", (date, expected) => {
    expect(new TextDecoder().decode(encode(time(new Date(date))).subarray(2))).toBe(expected);
  });
});
