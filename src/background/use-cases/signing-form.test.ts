import { describe, expect, it } from "vitest";
import { resolveSettings } from "../../settings/resolve.ts";
import { certificate } from "../../testing/certificate-builder.ts";
import { identityOf } from "../../testing/mail-builder.ts";
import { signingForm, signingOptions } from "./signing-form.ts";

const root = certificate().subject("CN=Root").ca().build();
const issuing = certificate().subject("CN=Issuing").ca().issuedBy(root).build();
const ana = certificate().subject("CN=Ana").email("ana@a.example").issuedBy(issuing).build();
const at = new Date(0);

async function optionsOf(given: Readonly<Record<string, boolean | string>>) {
  const identity = { ...(await identityOf(ana)), chain: [issuing.certificate, root.certificate] };
  const options = signingOptions(signingForm(resolveSettings({}, given)), identity, at);
  return { ...options, issuers: options.identity.chain.map(({ subject }) => subject) };
}
const names = [issuing, root].map((one) => one.certificate.subject);

describe("how mail is signed", () => {
  it("is clear, with the issuers but the root, and a digest that suits the key, unless something else is set", async () => {
    const options = await optionsOf({});
    expect(options).toMatchObject({ form: "clear", issuers: [names[0]], signingTime: at });
    expect(options).not.toHaveProperty("digest");
  });

  it("follows ClearSign and SigningAlgorithms", async () => {
    expect(await optionsOf({ ClearSign: false, SigningAlgorithms: "800E;800C" })).toMatchObject({
      form: "opaque",
      digest: "sha-512",
    });
  });

  it("takes the root along, or no issuer at all, where a setting says so", async () => {
    expect((await optionsOf({ IncludeCertificateChainAndRootCertificate: true })).issuers).toEqual(names);
    expect((await optionsOf({ IncludeCertificateChainWithoutRootCertificate: false })).issuers).toEqual([]);
  });
});
