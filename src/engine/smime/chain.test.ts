import { describe, expect, it } from "vitest";
import { certificate } from "../../testing/certificate-builder.ts";
import { chainWithoutRoot } from "./chain.ts";

const root = certificate().subject("CN=Root").ca().build();
const upper = certificate().subject("CN=Upper").ca().issuedBy(root).build();
const lower = certificate().subject("CN=Lower").ca().issuedBy(upper).build();
const leaf = certificate().email("alice@example.com").key("p-256").issuedBy(lower).build();
const other = certificate().subject("CN=Other").ca().issuedBy(root).build();

const chain = (of: typeof leaf, ...pool: readonly (typeof leaf)[]) =>
  chainWithoutRoot(
    of.certificate,
    pool.map(({ certificate: each }) => each),
  ).map(({ der }) => [root, upper, lower, leaf, other].findIndex((known) => Buffer.from(known.der).equals(der)));

describe("chainWithoutRoot", () => {
  it("goes from the leaf up and stops below the root", () => {
    expect(chain(leaf, root, upper, lower, other)).toEqual([2, 1]);
    expect(chain(leaf, other, lower, upper)).toEqual([2, 1]);
  });

  it("stops where an issuer is missing", () => {
    expect(chain(leaf, upper, root)).toEqual([]);
    expect(chain(leaf, lower, root)).toEqual([2]);
  });

  it("is empty for a leaf by the root, and for a self-signed one", () => {
    expect(chain(upper, root)).toEqual([]);
    expect(chain(root, root, upper)).toEqual([]);
  });

  it("ends where issuers go round in a circle", () => {
    const a = certificate().subject("CN=A").issuerName("CN=B").ca().build();
    const b = certificate().subject("CN=B").issuerName("CN=A").ca().build();
    const bound = certificate().key("p-256").issuerName("CN=A").build();
    const pool = [a.certificate, b.certificate];
    expect(chainWithoutRoot(bound.certificate, pool)).toHaveLength(2);
  });
});
