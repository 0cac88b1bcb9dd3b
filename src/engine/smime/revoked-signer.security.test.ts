import { describe, expect, it } from "vitest";
import { crl, type CrlBuilder, Reason } from "../../testing/crl-builder.ts";
import { ALICE, open, ROOT, signedMail, textEntity } from "../../testing/mail-builder.ts";
import { constructed, encode, encoded, oid, sequence } from "../asn1/writer.ts";
import { certificate } from "../../testing/certificate-builder.ts";
import { ocsp, ocspDer } from "../../testing/ocsp-builder.ts";
import type { RevocationPolicy } from "../revocation/revocation-policy.ts";

const AT = new Date("2026-05-20T00:00:00Z");

async function verdict(mode: "soft" | "hard", lists: readonly CrlBuilder[], signingTime?: string): Promise<string> {
  const evidence = { crls: lists.map((list) => list.build().list), ocspResponses: [], certificates: [] };
  return judged({ mode, evidence }, signingTime);
}

async function judged(revocation: RevocationPolicy, signingTime?: string): Promise<string> {
  const time = signingTime === undefined ? {} : { signingTime: new Date(signingTime) };
  const message = signedMail(textEntity("Hello"), { signer: ALICE, ...time });
  const { signature, reasons } = (await open(message, { revocation })).verdict;
  return `${signature}: ${reasons.filter((reason) => reason !== "headers-not-protected").join(" ")}`.trim();
}

const alice = (reason: number) => crl(ROOT).revoke(ALICE, { reason, at: AT });

describe("attack 42: revocation that nobody could ask about hides a revoked signer", () => {
  it("is valid only where somebody says good", async () => {
    expect(await verdict("soft", [crl(ROOT)])).toBe("valid:");
    expect(await verdict("hard", [crl(ROOT)])).toBe("valid:");
  });

  it("is not valid but unknown where nobody does, and untrusted where that is demanded", async () => {
    expect(await verdict("soft", [])).toBe("valid-revocation-unknown: no-list-and-no-response");
    expect(await verdict("hard", [])).toMatch(/^untrusted: .*revocation-unknown/);
    const old = crl(ROOT).window("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z");
    expect(await verdict("soft", [old])).toBe("valid-revocation-unknown: expired");
  });

  it("is revoked in either case, by a list or by a response", async () => {
    expect(await verdict("soft", [alice(Reason.keyCompromise)])).toBe("revoked: keyCompromise");
    expect(await verdict("hard", [alice(Reason.keyCompromise)])).toBe("revoked: keyCompromise");
    const response = ocsp(ALICE, ROOT, { status: { revoked: AT, reason: Reason.superseded } });
    const evidence = { crls: [], ocspResponses: [response], certificates: [] };
    expect(await judged({ mode: "soft", evidence })).toBe("revoked: superseded");
  });
});

describe("revocation that comes with the message (RFC 5652 section 10.2.1, RFC 5940)", () => {
  const NOTHING: RevocationPolicy = { mode: "soft", evidence: { crls: [], ocspResponses: [], certificates: [] } };
  const carrying = async (policy: RevocationPolicy, ...revocationInfo: readonly Uint8Array[]): Promise<string> => {
    const message = signedMail(textEntity("Hello"), { signer: ALICE }, { revocationInfo });
    const { signature, reasons } = (await open(message, { revocation: policy })).verdict;
    return `${signature}: ${reasons.filter((reason) => reason !== "headers-not-protected").join(" ")}`.trim();
  };
  /** `[1] IMPLICIT OtherRevocationInfoFormat` */
  const other = (format: string, info: Uint8Array): Uint8Array => encode(constructed(0xa1, oid(format), encoded(info)));
  const OCSP = "1.3.6.1.5.5.7.16.2";

  it("is taken like any other", async () => {
    expect(await carrying(NOTHING, crl(ROOT).der())).toBe("valid:");
    expect(await carrying(NOTHING, alice(Reason.keyCompromise).der())).toBe("revoked: keyCompromise");
    expect(await carrying(NOTHING, other(OCSP, ocspDer(ALICE, ROOT)))).toBe("valid:");
  });

  it("takes nothing back that a newer list says", async () => {
    const newer = alice(Reason.keyCompromise).window("2026-05-28T00:00:00Z", "2026-06-25T00:00:00Z");
    const evidence = { crls: [newer.build().list], ocspResponses: [], certificates: [] };
    expect(await carrying({ mode: "soft", evidence }, crl(ROOT).der())).toBe("revoked: keyCompromise");
    expect(await carrying({ mode: "soft", evidence }, other(OCSP, ocspDer(ALICE, ROOT)))).toBe(
      "revoked: keyCompromise",
    );
  });

  it("is believed only where its issuer has signed it", async () => {
    const stranger = certificate().subject("CN=Practice Root").ca().build();
    expect(
      await carrying(NOTHING, crl(stranger).revoke(ALICE, { reason: Reason.keyCompromise, at: AT }).der()),
    ).toMatch(/^valid-revocation-unknown/);
  });

  it("is passed over where it cannot be read, has another format, or nobody asks", async () => {
    const broken = encode(sequence(oid(OCSP)));
    expect(await carrying(NOTHING, broken, other("1.2.3", broken), other(OCSP, broken))).toBe(
      "valid-revocation-unknown: no-list-and-no-response",
    );
    expect(await carrying({ mode: "off" }, alice(Reason.keyCompromise).der())).toBe("valid:");
  });
});

describe("attack 21: a signature claims a time before the revocation", () => {
  it("stays revoked, in other words where the reason says nothing of the time before", async () => {
    expect(await verdict("soft", [alice(Reason.superseded)], "2026-05-01T00:00:00Z")).toMatch(
      /^revoked: superseded-after-signing/,
    );
    expect(await verdict("soft", [alice(Reason.superseded)], "2026-05-21T00:00:00Z")).toMatch(
      /^revoked: superseded(?!-)/,
    );
    expect(await verdict("soft", [alice(Reason.keyCompromise)], "2026-05-01T00:00:00Z")).toMatch(
      /^revoked: keyCompromise/,
    );
  });
});
