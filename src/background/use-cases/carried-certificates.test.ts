import { describe, expect, it } from "vitest";
import { TEST_TIME } from "../../testing/certificate-builder.ts";
import { signedData } from "../../testing/cms-builder.ts";
import { ALICE, open, opaque, ROOT, textEntity } from "../../testing/mail-builder.ts";
import { sha256Hex } from "../../testing/memory-key-store.ts";
import { testPageContext } from "../../testing/page-context.ts";
import { viewOf } from "./message-view.ts";

describe("a message that brings certificates and no signer (RFC 8551 section 3.7)", () => {
  it("is shown with each certificate, and its octets to be saved", async () => {
    const cms = signedData({
      content: textEntity(""),
      eContent: "attached",
      signers: [],
      certificates: [ALICE, ROOT],
    });
    const { view } = await viewOf(await open(opaque(cms)), {
      own: [],
      contacts: [],
      people: [],
      verified: testPageContext().verified,
      now: TEST_TIME,
    });
    const [layer] = view.layers;
    const certificates = layer && "certificates" in layer ? layer.certificates : [];
    expect(certificates.map(({ emails, fingerprint, isAuthority }) => [emails, fingerprint, isAuthority])).toEqual(
      expect.arrayContaining([
        [["alice@example.com"], sha256Hex(ALICE.der), false],
        [[], sha256Hex(ROOT.der), true],
      ]),
    );
    expect(certificates.map(({ der }) => sha256Hex(der))).toEqual(certificates.map(({ fingerprint }) => fingerprint));
  });
});
