import { describe, expect, it } from "vitest";
import { octets, refusal } from "../../testing/asn1-octets.ts";
import { toHex } from "../bytes/hex.ts";
import {
  algorithmIdentifier,
  encodeAlgorithmIdentifier,
  hasNoParameters,
  readAlgorithmIdentifier,
  sameAlgorithm,
} from "./algorithm-identifier.ts";
import { Digest } from "./oids.ts";
import { Asn1Reader } from "./reader.ts";
import { encode, octetString } from "./writer.ts";

const read = (hex: string, tag?: number) => readAlgorithmIdentifier(new Asn1Reader(octets(hex)), tag);

const BARE = "30 0b 06 09 60 86 48 01 65 03 04 02 01";
const WITH_NULL = "30 0d 06 09 60 86 48 01 65 03 04 02 01 05 00";
const WITH_OCTETS = "30 0e 06 09 60 86 48 01 65 03 04 02 01 04 01 aa";
const OTHER_OCTETS = "30 0e 06 09 60 86 48 01 65 03 04 02 01 04 01 bb";

describe("an AlgorithmIdentifier", () => {
  it("is read with its parameters, an encoded NULL being one", () => {
    expect(read(BARE)).toEqual({ oid: Digest.sha256, parameters: null });
    expect(read(WITH_NULL).parameters?.tag).toBe(0x05);
    expect(read(`a0 ${BARE.slice(3)}`, 0xa0).oid).toBe(Digest.sha256);
  });

  it("is refused with more than parameters", () => {
    expect(refusal(() => read("30 0f 06 09 60 86 48 01 65 03 04 02 01 05 00 05 00"))).toBe("trailing-data");
    expect(refusal(() => read("30 00"))).toBe("truncated");
  });

  it("has no parameters where they are absent or NULL, but not where NULL has content", () => {
    expect([BARE, WITH_NULL, WITH_OCTETS].map((hex) => hasNoParameters(read(hex)))).toEqual([true, true, false]);
    expect(hasNoParameters(read("30 0e 06 09 60 86 48 01 65 03 04 02 01 05 01 00"))).toBe(false);
  });

  it("is the same with absent as with NULL parameters, and with no others", () => {
    const same = (a: string, b: string) => sameAlgorithm(read(a), read(b));
    expect(same(BARE, WITH_NULL)).toBe(true);
    expect(same(WITH_OCTETS, WITH_OCTETS)).toBe(true);
    expect([same(BARE, WITH_OCTETS), same(WITH_OCTETS, WITH_NULL), same(WITH_OCTETS, OTHER_OCTETS)]).toEqual([
      false,
      false,
      false,
    ]);
    expect(same(BARE, "30 0b 06 09 60 86 48 01 65 03 04 02 02")).toBe(false);
  });

  it("is written as it was read", () => {
    for (const hex of [BARE, WITH_NULL, WITH_OCTETS]) {
      expect(toHex(encode(encodeAlgorithmIdentifier(read(hex))))).toBe(hex.replaceAll(" ", ""));
    }
    expect(encode(algorithmIdentifier(Digest.sha256, "absent"))).toEqual(octets(BARE));
    expect(encode(algorithmIdentifier(Digest.sha256, "null"))).toEqual(octets(WITH_NULL));
    expect(encode(algorithmIdentifier(Digest.sha256, octetString(Uint8Array.of(0xaa))))).toEqual(octets(WITH_OCTETS));
  });
});
