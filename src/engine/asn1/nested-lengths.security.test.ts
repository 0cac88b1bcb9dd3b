import { describe, expect, it } from "vitest";
import { costInPasses } from "../../testing/cost.ts";
import { refusal } from "../../testing/asn1-octets.ts";
import { MAX_ASN1_DEPTH } from "../limits.ts";
import { Asn1Reader } from "./reader.ts";

/** Values of indefinite length inside one another, the innermost holding this many NULLs: 2 octets each. */
function nested(depth: number, nulls: number): Uint8Array {
  const bytes = new Uint8Array(4 * depth + 2 * nulls);
  for (let i = 0; i < depth; i++) bytes.set([0x30, 0x80], 2 * i);
  for (let i = 0; i < nulls; i++) bytes[2 * (depth + i)] = 0x05;
  return bytes;
}

/** Seeking the end of each level walks over all that is inside, so the work is the depth times the values. */
describe("attack 58: lengths that have to be sought", () => {
  it("take no more than the limit of depth times one walk over all values", async () => {
    const bytes = nested(MAX_ASN1_DEPTH, 500_000);
    const read = (): void => {
      let reader = new Asn1Reader(bytes, "ber");
      for (let i = 0; i < MAX_ASN1_DEPTH; i++) reader = reader.sequence();
      expect(reader.rest()).toHaveLength(500_000);
    };
    expect(await costInPasses(read)).toBeLessThan(400);
  });

  it("one beside the other take one walk", async () => {
    const bytes = new Uint8Array(400_000).map((_, i) => [0x30, 0x80, 0, 0][i % 4] ?? 0);
    const read = (): void => {
      expect(new Asn1Reader(bytes, "ber").rest()).toHaveLength(100_000);
    };
    expect(await costInPasses(read)).toBeLessThan(200);
  });

  it("that never end are refused before anything is read", () => {
    const open = new Uint8Array(2_000_000).map((_, i) => (i % 2 === 0 ? 0x30 : 0x80));
    expect(refusal(() => new Asn1Reader(open, "ber").any())).toBe("asn1-depth");
  });
});
