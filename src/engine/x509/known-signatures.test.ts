import { expect, it } from "vitest";
import { certificate } from "../../testing/certificate-builder.ts";
import { parseCertificate } from "./certificate.ts";
import { isKnownValid, rememberValid } from "./known-signatures.ts";

const root = certificate().subject("CN=Root").ca().build().certificate;
const namesake = certificate().subject("CN=Root").ca().build().certificate;
const leaf = certificate().key("p-256").build();

it("a signature that verified is known by all octets of the certificate and of the key", () => {
  rememberValid(leaf.certificate, root);
  expect(isKnownValid(parseCertificate(leaf.der.slice()), root)).toBe(true);
  expect(isKnownValid(leaf.certificate, namesake)).toBe(false);
  const altered = leaf.der.slice();
  altered[altered.length - 1]! ^= 1;
  expect(isKnownValid(parseCertificate(altered), root)).toBe(false);
});

it("of signatures that verified, the ones that were not asked about longest are forgotten", () => {
  rememberValid(leaf.certificate, root);
  for (let i = 0; i < 1000; i++) {
    const other = { ...leaf.certificate, der: Uint8Array.of(0x30, 2, i >> 8, i & 255) };
    rememberValid(other, root);
    if (i === 500) expect(isKnownValid(leaf.certificate, root)).toBe(true);
  }
  expect(isKnownValid(leaf.certificate, root)).toBe(true);
  expect(isKnownValid({ ...leaf.certificate, der: Uint8Array.of(0x30, 2, 0, 0) }, root)).toBe(false);
});
