import { describe, expect, it } from "vitest";
import { crl, type CrlBuilder, Reason } from "../../testing/crl-builder.ts";
import { ALICE, open, ROOT, signedMail, textEntity } from "../../testing/mail-builder.ts";
import { ocsp } from "../../testing/ocsp-builder.ts";
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
