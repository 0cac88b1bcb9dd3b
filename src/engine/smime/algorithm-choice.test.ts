import { describe, expect, it } from "vitest";
import { certificate } from "../../testing/certificate-builder.ts";
import { algorithmIdentifier } from "../asn1/algorithm-identifier.ts";
import { Attribute, Cipher, PublicKey } from "../asn1/oids.ts";
import { readWhole } from "../asn1/reader.ts";
import { bitString, encode, oid, sequence } from "../asn1/writer.ts";
import type { Capability } from "../claims.ts";
import {
  type AddressedRecipient,
  type AlgorithmPolicy,
  chooseAlgorithms,
  DEFAULT_ALGORITHM_POLICY,
} from "./algorithm-choice.ts";

const RSA = certificate().key("rsa-2048").build().certificate;
const EC = certificate().key("p-256").build().certificate;
const PSS = certificate().key("rsa-pss").build().certificate;
/** The same RSA key, reserved for OAEP. */
const OAEP = { ...RSA, spki: oaepSpki(RSA.spki) };

function oaepSpki(spki: Uint8Array): Uint8Array {
  const fields = readWhole(spki);
  fields.sequence();
  return encode(sequence(algorithmIdentifier(PublicKey.rsaesOaep, "absent"), bitString(fields.bitStringOctets())));
}

const { aes128Cbc, aes256Cbc, aes128Gcm, aes256Gcm, desEde3Cbc } = Cipher;
const { rsaesOaep, rsassaPss } = PublicKey;
const OUTLOOK = [aes256Cbc, "2.16.840.1.101.3.4.1.22", aes128Cbc, desEde3Cbc];
const MODERN = [aes256Gcm, aes256Cbc, rsaesOaep, rsassaPss];

const to = (list: readonly string[] | null, owner = RSA): AddressedRecipient => ({
  certificate: owner,
  capabilities: list?.map((capability): Capability => ({ oid: capability, parameters: null })) ?? null,
});

type Case = readonly [string, readonly AddressedRecipient[], Partial<AlgorithmPolicy>, string];

describe("chooseAlgorithms", () => {
  it.each<Case>([
    ["nobody knows anything", [to(null)], {}, "aes-256-cbc rsa-pkcs1 rsa-pkcs1"],
    ["nothing is said in a list", [to([])], {}, "aes-256-cbc rsa-pkcs1 rsa-pkcs1"],
    ["Outlook", [to(OUTLOOK)], {}, "aes-256-cbc rsa-pkcs1 rsa-pkcs1"],
    ["all read everything", [to(MODERN), to(MODERN)], {}, "aes-256-gcm rsa-oaep rsa-pss"],
    ["one says nothing", [to(MODERN), to(null)], {}, "aes-256-cbc rsa-pkcs1 rsa-pkcs1"],
    ["one is Outlook", [to(MODERN), to(OUTLOOK)], {}, "aes-256-cbc rsa-pkcs1 rsa-pkcs1"],
    ["GCM is read in the shorter key alone", [to([aes128Gcm]), to([aes128Gcm, aes256Gcm])], {}, "aes-128-gcm"],
    ["one reads AES-128 alone", [to([aes128Cbc]), to(OUTLOOK)], {}, "aes-128-cbc"],
    ["one reads AES-128 alone and another is unknown", [to([aes128Cbc]), to(null)], {}, "aes-256-cbc"],
    ["nothing in a list is allowed", [to([desEde3Cbc, "1.2.840.113549.3.2"])], {}, "aes-256-cbc"],
    ["the policy wants 256 bits", [to([aes128Cbc])], { minimumKeyBits: 256 }, "aes-256-cbc"],
    ["the policy wants 256 bits of GCM", [to([aes128Gcm, aes256Cbc])], { minimumKeyBits: 256 }, "aes-256-cbc"],
    ["the policy wants authentication", [to(null)], { authenticated: "always" }, "aes-256-gcm"],
    ["the policy wants authentication, and AES-128", [to([aes128Gcm])], { authenticated: "always" }, "aes-128-gcm"],
    ["the policy wants none", [to(MODERN)], { authenticated: "never" }, "aes-256-cbc rsa-oaep rsa-pss"],
    ["the policy wants OAEP", [to(null)], { rsaKeyTransport: "oaep" }, "aes-256-cbc rsa-oaep rsa-pkcs1"],
    ["the policy wants PSS", [to(null)], { rsaSignature: "pss" }, "aes-256-cbc rsa-pkcs1 rsa-pss"],
    ["a key is for OAEP only", [to(null, OAEP), to(null)], {}, "aes-256-cbc rsa-oaep rsa-pkcs1"],
    ["keys are EC", [to(OUTLOOK, EC)], {}, "aes-256-cbc rsa-pkcs1 rsa-pkcs1"],
    ["the one without OAEP has an EC key", [to(MODERN), to([aes256Gcm], EC)], {}, "aes-256-gcm rsa-oaep rsa-pkcs1"],
    ["there is nobody", [], {}, "aes-256-cbc rsa-pkcs1 rsa-pkcs1"],
  ])("where %s", (_name, recipients, change, expected) => {
    const chosen = chooseAlgorithms(recipients, RSA, { ...DEFAULT_ALGORITHM_POLICY, ...change });
    expect(`${chosen.cipher} ${chosen.keyTransport.kind} ${chosen.rsaScheme}`).toMatch(new RegExp(`^${expected}`));
  });

  it("signs with PSS by a key that is for nothing else", () => {
    expect(chooseAlgorithms([to(null)], PSS).rsaScheme).toBe("rsa-pss");
  });

  it("names those who may not read what was chosen, and only those", () => {
    const old = to([desEde3Cbc], EC);
    const { beyondCapabilities } = chooseAlgorithms([to(null), to(OUTLOOK), old], RSA);
    expect(beyondCapabilities).toEqual([old.certificate]);
    const all = chooseAlgorithms([to(null), to(OUTLOOK, EC)], RSA, {
      ...DEFAULT_ALGORITHM_POLICY,
      authenticated: "always",
    });
    expect(all.beyondCapabilities).toHaveLength(2);
  });

  it("asks the certificate where nobody has written yet (RFC 4262)", () => {
    const list = sequence(sequence(oid(aes256Gcm)), sequence(oid(aes256Cbc)));
    const owner = certificate()
      .key("rsa-2048")
      .extension(Attribute.smimeCapabilities, "not-critical", list)
      .build().certificate;
    expect(chooseAlgorithms([to(null, owner)], RSA).cipher).toBe("aes-256-gcm");
    expect(chooseAlgorithms([to(OUTLOOK, owner)], RSA).cipher).toBe("aes-256-cbc");
  });
});
