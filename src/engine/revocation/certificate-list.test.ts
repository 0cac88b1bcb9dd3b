import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { certificate } from "../../testing/certificate-builder.ts";
import { crl, Reason } from "../../testing/crl-builder.ts";
import { Asn1Reader } from "../asn1/reader.ts";
import { Tag } from "../asn1/tag.ts";
import { parseTime } from "../asn1/time.ts";
import { encode, setOf, time } from "../asn1/writer.ts";
import { SmimeError } from "../errors.ts";
import { readCertificateList } from "./certificate-list.ts";
import { sealedList } from "./crl-signature.ts";
import { readEntryTime } from "./entry-time.ts";
import { findEntry } from "./revoked-entries.ts";

const root = certificate().subject("CN=Root").ca().build();
const serials = Array.from({ length: 300 }, (_, i) => Uint8Array.of(0x40, i >> 8, i & 255));
const long = serials
  .reduce((list, serial, i) => list.revokeSerial(serial, { reason: i % 7 }), crl(root).number(1))
  .der();

function failure(run: () => unknown): string {
  try {
    run();
    return "read";
  } catch (error) {
    return error instanceof SmimeError ? `${error.code} ${String(error.context["reason"])}` : String(error);
  }
}

describe("the entries of a CRL", () => {
  it("are found by their serial number, each with its reason, when the bytes are gone", () => {
    const bytes = long.slice();
    const { entries, issuer } = readCertificateList(bytes);
    bytes.fill(0);
    expect(entries.count).toBe(300);
    expect(serials.map((serial) => findEntry(entries, issuer, serial)?.reason)).toEqual(serials.map((_, i) => i % 7));
    expect(findEntry(entries, issuer, Uint8Array.of(0x41, 0, 0))).toBeNull();
    expect(findEntry(entries, issuer, Uint8Array.of(0x40))).toBeNull();
  });

  it("may have negative and long serial numbers", () => {
    const odd = [Uint8Array.of(0xff), Uint8Array.of(0), new Uint8Array(40).fill(0x55)];
    const { entries, issuer } = odd.reduce((list, serial) => list.revokeSerial(serial), crl(root)).build().list;
    expect(odd.map((serial) => findEntry(entries, issuer, serial) !== null)).toEqual([true, true, true]);
  });

  it("have the time that all other times have", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("1951-01-01"), max: new Date("2048-12-31"), noInvalidDate: true }),
        (date) => {
          const reader = new Asn1Reader(encode(time(date)));
          const tlv = reader.any();
          expect(readEntryTime(tlv.content, tlv.tag, 0, tlv.content.length)).toBe(parseTime(tlv)?.getTime());
        },
      ),
    );
    const noTime = new TextEncoder().encode("261301000000Z");
    expect(failure(() => readEntryTime(noTime, Tag.UtcTime, 0, noTime.length))).toBe("malformed.asn1 time");
  });
});

describe("a CRL is malformed", () => {
  it.each([
    ["of version 3", crl(root).version(3).der(), "version"],
    ["with bytes behind it", Uint8Array.of(...long, 0), "trailing-data"],
    ["that is cut off", long.subarray(0, long.length - 1), "truncated"],
    ["with a serial number that is too long", crl(root).revokeSerial(Uint8Array.of(0, 1)).der(), "integer"],
    ["of a SET", encode(setOf([])), "unexpected-tag"],
  ])("%s", (_, der, reason) => {
    expect(failure(() => readCertificateList(der))).toBe(`malformed.crl ${reason}`);
  });

  it("or read, wherever it was altered, and nothing else", () => {
    const sample = crl(root)
      .number(3)
      .scope({ only: "user" })
      .revokeSerial(Uint8Array.of(1), { reason: Reason.superseded });
    const der = sample.der();
    fc.assert(
      fc.property(fc.nat(der.length - 1), fc.integer({ min: 1, max: 255 }), (position, change) => {
        const altered = der.slice();
        altered[position]! ^= change;
        expect(failure(() => readCertificateList(altered))).toMatch(/^(read|malformed\.crl )/);
      }),
    );
  });
});

describe("a list whose signature was verified", () => {
  it("is kept without the bytes that were signed, for that key alone", async () => {
    const { list } = crl(root).build();
    const sealed = await sealedList(list, root.certificate.spki);
    expect(sealed?.proof).toEqual({ kind: "verified-with", spki: root.certificate.spki });
    expect(await sealedList(list, certificate().key("p-256").build().certificate.spki)).toBeNull();
  });
});
