import { describe, expect, it } from "vitest";
import { octets, refusal } from "../../testing/asn1-octets.ts";
import { toHex } from "../bytes/hex.ts";
import { MAX_ASN1_DEPTH, MAX_ASN1_NODES } from "../limits.ts";
import { readTlv } from "./tlv.ts";

const content = (hex: string, rules: "der" | "ber") => toHex(readTlv(octets(hex), 0, rules).content);

describe("one value in DER", () => {
  it("is a view of its input, whatever follows", () => {
    const input = octets("ff 04 02 aa bb 05 00");
    const { tag, content: inside, bytes } = readTlv(input, 1, "der");
    expect([tag, toHex(inside), toHex(bytes)]).toEqual([0x04, "aabb", "0402aabb"]);
    expect(bytes.buffer).toBe(input.buffer);
  });

  it.each([
    ["short form up to 127", 127, "04 7f"],
    ["one octet from 128 on", 128, "04 81 80"],
    ["one octet up to 255", 255, "04 81 ff"],
    ["two octets from 256 on", 256, "04 82 01 00"],
    ["two octets up to 65535", 65_535, "04 82 ff ff"],
    ["three octets from 65536 on", 65_536, "04 83 01 00 00"],
  ])("has a length in %s", (_name, length, header) => {
    const head = octets(header);
    const input = new Uint8Array(head.length + length);
    input.set(head);
    expect(readTlv(input, 0, "der").content.length).toBe(length);
  });

  it.each([
    ["04 81 01 aa", "length-not-minimal", "one octet too many"],
    ["04 81 7f" + "00".repeat(127), "length-not-minimal", "127 in the long form"],
    ["04 82 00 80" + "00".repeat(128), "length-not-minimal", "a leading zero octet"],
    ["04 83 00 01 00" + "00".repeat(256), "length-not-minimal", "a leading zero octet of three"],
    ["04 85 00 00 00 00 01 aa", "length-too-long", "five octets"],
    ["04 ff", "length-too-long", "the reserved octet"],
    ["30 80 00 00", "indefinite-length", "the indefinite form"],
    ["1f 1f 00", "high-tag-number", "tag 31"],
    ["bf 81 01 00", "high-tag-number", "tag 129 in its class"],
    ["00 00", "end-of-contents", "end-of-contents octets"],
    ["20 00", "end-of-contents", "constructed end-of-contents octets"],
    ["", "truncated", "nothing"],
    ["04", "truncated", "no length"],
    ["04 02 aa", "truncated", "content that is cut"],
    ["04 82 01", "truncated", "a length that is cut"],
    ["04 84 ff ff ff ff", "truncated", "4 GiB that are not there"],
  ])("%s is refused: %s (%s)", (hex, reason) => {
    expect(refusal(() => readTlv(octets(hex), 0, "der"))).toBe(reason);
  });

  it("beyond the end of the input is truncated", () => {
    expect(refusal(() => readTlv(octets("05 00"), 7, "der"))).toBe("truncated");
  });
});

describe("one value in BER", () => {
  it.each([
    ["04 81 01 aa", "aa", "a length in the long form"],
    ["04 88 00 00 00 00 00 00 00 01 aa", "aa", "a length with leading zeros"],
    ["30 80 00 00", "", "an empty indefinite form"],
    ["30 80 05 00 00 00", "0500", "one value"],
    ["30 80 30 80 05 00 00 00 00 00", "308005000000", "an indefinite form inside"],
    ["30 80 04 02 00 00 00 00", "04020000", "zeros that are content"],
    ["30 80 30 02 00 00 00 00", "30020000", "zeros inside a definite form"],
    ["24 80 04 01 aa 24 80 04 01 bb 00 00 00 00", "0401aa24800401bb0000", "a string in pieces"],
  ])("%s holds %s (%s)", (hex, expected) => {
    expect(content(hex, "ber")).toBe(expected);
  });

  it("ends with the end-of-contents octets, and what follows is not part of it", () => {
    expect(toHex(readTlv(octets("30 80 05 00 00 00 04 01 aa"), 0, "ber").bytes)).toBe("308005000000");
  });

  it.each([
    ["04 80 aa 00 00", "primitive-indefinite-length", "a primitive value of no length"],
    ["30 80 04 80 aa 00 00 00 00", "primitive-indefinite-length", "the same inside"],
    ["30 80 05 00", "truncated", "no end-of-contents octets"],
    ["30 80 05 00 00", "truncated", "one of them"],
    ["30 80 30 80 00 00", "truncated", "one of two ends"],
    ["30 80 04 05 aa 00 00", "truncated", "a value that runs past the end"],
    ["30 80 00 01 aa 00 00", "end-of-contents", "end-of-contents octets with a length"],
    ["30 80 1f 1f 00 00 00", "high-tag-number", "tag 31 inside"],
    ["04 89 00 00 00 00 00 00 00 00 01 aa", "length-too-long", "nine octets of length"],
    ["04 88 ff ff ff ff ff ff ff ff", "truncated", "16 EiB"],
  ])("%s is refused: %s (%s)", (hex, reason) => {
    expect(refusal(() => readTlv(octets(hex), 0, "ber"))).toBe(reason);
  });

  it("nests indefinite lengths up to the limit of depth", () => {
    const nested = (depth: number) => octets("3080".repeat(depth) + "0000".repeat(depth));
    expect(refusal(() => readTlv(nested(MAX_ASN1_DEPTH), 0, "ber"))).toBe("accepted");
    expect(refusal(() => readTlv(nested(MAX_ASN1_DEPTH + 1), 0, "ber"))).toBe("asn1-depth");
    expect(refusal(() => readTlv(octets("3080".repeat(1_000_000)), 0, "ber"))).toBe("asn1-depth");
  });

  it("looks at no more values than the limit while it seeks an end", () => {
    const input = new Uint8Array(2 * MAX_ASN1_NODES + 4);
    for (let offset = 0; offset < input.length; offset += 2) input[offset] = 0x05;
    input.set([0x30, 0x80]);
    input.set([0, 0], input.length - 2);
    expect(refusal(() => readTlv(input, 0, "ber"))).toBe("asn1-nodes");
  });
});
