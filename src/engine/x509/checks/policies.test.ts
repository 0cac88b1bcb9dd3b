import { describe, expect, it } from "vitest";
import { certificate, type CertificateBuilder, TEST_TIME } from "../../../testing/certificate-builder.ts";
import { type Der, encoded, oid, sequence, smallInteger } from "../../asn1/writer.ts";
import { constructed } from "../../asn1/writer.ts";
import { ANY_POLICY } from "../certificate-policies.ts";
import { ExtensionId } from "../extension.ts";
import { nameToString } from "../name.ts";
import { findPath } from "../path.ts";
import { trustAnchor } from "../trust-anchor.ts";
import { NO_POLICY_DEMANDED, type PolicyInputs } from "./policies.ts";

const GOLD = "1.3.6.1.4.1.99999.7.1";
const SILVER = "1.3.6.1.4.1.99999.7.2";
const BRONZE = "1.3.6.1.4.1.99999.7.3";

interface PolicyExtensions {
  readonly policies?: readonly string[];
  readonly mappings?: readonly (readonly [issuer: string, subject: string])[];
  readonly requireExplicit?: number;
  readonly inhibitMapping?: number;
  readonly inhibitAny?: number;
}

function withPolicies(builder: CertificateBuilder, extensions: PolicyExtensions): CertificateBuilder {
  const { policies, mappings, requireExplicit, inhibitMapping, inhibitAny } = extensions;
  const skip = (number: number, value: number | undefined): Der | null =>
    value === undefined ? null : constructed(0x80 | number, encoded(Uint8Array.of(value)));
  let built = builder;
  const add = (id: string, value: Der): void => {
    built = built.extension(id, "critical", value);
  };
  if (policies) add(ExtensionId.certificatePolicies, sequence(...policies.map((policy) => sequence(oid(policy)))));
  if (mappings) add(ExtensionId.policyMappings, sequence(...mappings.map(([a, b]) => sequence(oid(a), oid(b)))));
  if (requireExplicit !== undefined || inhibitMapping !== undefined) {
    add(ExtensionId.policyConstraints, sequence(skip(0, requireExplicit), skip(1, inhibitMapping)));
  }
  if (inhibitAny !== undefined) add(ExtensionId.inhibitAnyPolicy, smallInteger(inhibitAny));
  return built;
}

/** A chain below a root, each with its policies, the leaf last. "self-issued" repeats the name of the one above. */
type Chain = readonly (PolicyExtensions & { readonly selfIssued?: boolean })[];

async function judge(
  chain: Chain,
  inputs: Partial<PolicyInputs> = {},
  anchor: PolicyExtensions | null = null,
): Promise<string> {
  const root = withPolicies(certificate().subject("CN=Root").ca(), anchor ?? {}).build();
  let issuer = root;
  let name = "Root";
  const built = chain.map((extensions, i) => {
    const isLeaf = i === chain.length - 1;
    if (extensions.selfIssued !== true) name = isLeaf ? "Leaf" : `CA ${String(i + 1)}`;
    const builder = isLeaf ? certificate().key("p-256") : certificate().ca();
    issuer = withPolicies(builder.subject(`CN=${name}`), extensions)
      .issuedBy(issuer)
      .build();
    return issuer.certificate;
  });
  const result = await findPath(issuer.certificate, {
    anchors: [trustAnchor(root.certificate)],
    intermediates: built.slice(0, -1),
    at: TEST_TIME,
    purpose: "any",
    usage: "any",
    policies: { ...NO_POLICY_DEMANDED, ...inputs },
    anchorConstraints: anchor ? "enforced" : "ignored",
  });
  if (result.status === "trusted") return "trusted";
  return `${result.reason}: ${nameToString(result.certificate.subject)}`;
}

const explicit = (...policies: readonly string[]): Partial<PolicyInputs> => ({
  initialPolicies: new Set(policies.length === 0 ? [ANY_POLICY] : policies),
  explicitPolicy: "required",
});
const gold = { policies: [GOLD] };
const any = { policies: [ANY_POLICY] };
const missing = "no-valid-policy: CN=Leaf";

describe("certificate policies (RFC 5280 section 6.1, RFC 9618)", () => {
  it("do not matter to who demands none", async () => {
    expect(await judge([{}, {}])).toBe("trusted");
    expect(await judge([gold, { policies: [SILVER] }])).toBe("trusted");
    expect(await judge([gold, gold], { initialPolicies: new Set([SILVER]) })).toBe("trusted");
  });

  it("have to run through the whole path where one is demanded", async () => {
    expect(await judge([gold, gold], explicit())).toBe("trusted");
    expect(await judge([gold, {}], explicit())).toBe(missing);
    expect(await judge([{}, gold], explicit())).toBe("no-valid-policy: CN=CA 1");
    expect(await judge([gold, { policies: [SILVER] }], explicit())).toBe(missing);
    expect(await judge([{ policies: [GOLD, SILVER] }, { policies: [SILVER, BRONZE] }], explicit())).toBe("trusted");
  });

  it("have to be the user's", async () => {
    expect(await judge([gold, gold], explicit(GOLD))).toBe("trusted");
    expect(await judge([gold, gold], explicit(SILVER, GOLD))).toBe("trusted");
    expect(await judge([gold, gold], explicit(SILVER))).toBe(missing);
  });

  it("are all there where anyPolicy is", async () => {
    expect(await judge([any, gold], explicit(GOLD))).toBe("trusted");
    expect(await judge([gold, any], explicit(GOLD))).toBe("trusted");
    expect(await judge([any, any], explicit(GOLD))).toBe("trusted");
    expect(await judge([gold, any], explicit(SILVER))).toBe(missing);
    expect(await judge([any, gold], explicit(SILVER))).toBe(missing);
  });
});

describe("requireExplicitPolicy (RFC 5280 section 6.1.4 (h) and (i))", () => {
  it("demands a policy after so many certificates", async () => {
    expect(await judge([{ requireExplicit: 0 }, {}])).toBe(missing);
    expect(await judge([{ requireExplicit: 1 }, {}])).toBe(missing);
    expect(await judge([{ requireExplicit: 2 }, {}])).toBe("trusted");
    expect(await judge([{ ...gold, requireExplicit: 0 }, gold])).toBe("trusted");
    expect(await judge([{ requireExplicit: 0 }, {}, {}])).toBe("no-valid-policy: CN=CA 2");
  });

  it("does not count self-issued certificates", async () => {
    expect(await judge([{ requireExplicit: 2 }, {}, {}])).toBe(missing);
    expect(await judge([{ requireExplicit: 2 }, { selfIssued: true }, {}])).toBe("trusted");
  });

  it("is not made later by an issuer below", async () => {
    expect(await judge([{ requireExplicit: 1 }, { requireExplicit: 9 }, {}])).toBe(missing);
  });

  it("of 0 in the leaf is demanded of the leaf", async () => {
    expect(await judge([{}, { requireExplicit: 0 }])).toBe(missing);
    expect(await judge([gold, { ...gold, requireExplicit: 0 }])).toBe("trusted");
    expect(await judge([{}, { requireExplicit: 1 }])).toBe("trusted");
  });
});

describe("policy mappings (RFC 5280 section 6.1.4 (a) and (b))", () => {
  const mapping = { policies: [GOLD], mappings: [[GOLD, SILVER]] } as const;

  it("put an equivalent policy in the place of one", async () => {
    expect(await judge([mapping, { policies: [SILVER] }], explicit(GOLD))).toBe("trusted");
    expect(await judge([mapping, { policies: [SILVER] }], explicit(SILVER))).toBe(missing);
    expect(await judge([mapping, gold], explicit(GOLD))).toBe(missing);
  });

  it("may map one policy to several, and several to one", async () => {
    const toTwo = {
      policies: [GOLD],
      mappings: [
        [GOLD, SILVER],
        [GOLD, BRONZE],
      ],
    } as const;
    expect(await judge([toTwo, { policies: [BRONZE] }], explicit(GOLD))).toBe("trusted");
    const fromTwo = {
      policies: [GOLD, SILVER],
      mappings: [
        [GOLD, BRONZE],
        [SILVER, BRONZE],
      ],
    } as const;
    expect(await judge([fromTwo, { policies: [BRONZE] }], explicit(GOLD))).toBe("trusted");
    expect(await judge([fromTwo, { policies: [BRONZE] }], explicit(SILVER))).toBe("trusted");
  });

  it("map what anyPolicy stands for", async () => {
    const fromAny = { policies: [ANY_POLICY], mappings: [[GOLD, SILVER]] } as const;
    expect(await judge([fromAny, { policies: [SILVER] }], explicit(GOLD))).toBe("trusted");
    expect(await judge([fromAny, { policies: [BRONZE] }], explicit(BRONZE))).toBe("trusted");
  });

  it("do not count where they are inhibited, and take the policy with them", async () => {
    const inhibited = { ...explicit(GOLD), policyMapping: "inhibited" } as const;
    expect(await judge([mapping, { policies: [SILVER] }], inhibited)).toBe(missing);
    expect(await judge([mapping, gold], inhibited)).toBe(missing);
    expect(await judge([{ ...gold, inhibitMapping: 0 }, mapping, { policies: [SILVER] }], explicit(GOLD))).toBe(
      missing,
    );
    const mapsOn = { policies: [SILVER], mappings: [[SILVER, BRONZE]] } as const;
    const twice = (inhibitMapping: number) => [{ ...gold, inhibitMapping }, mapping, mapsOn, { policies: [BRONZE] }];
    expect(await judge(twice(1), explicit(GOLD))).toBe(missing);
    expect(await judge(twice(2), explicit(GOLD))).toBe("trusted");
  });

  it("never have anyPolicy on either side, in a leaf neither", async () => {
    expect(await judge([{ ...gold, mappings: [[GOLD, ANY_POLICY]] }, gold])).toBe("any-policy-mapped: CN=CA 1");
    expect(await judge([{ ...any, mappings: [[ANY_POLICY, GOLD]] }, gold])).toBe("any-policy-mapped: CN=CA 1");
    expect(await judge([gold, { ...gold, mappings: [[GOLD, ANY_POLICY]] }])).toBe("any-policy-mapped: CN=Leaf");
  });
});

describe("inhibitAnyPolicy (RFC 5280 section 6.1.4 (j))", () => {
  it("ends what anyPolicy stands for after so many certificates", async () => {
    expect(await judge([{ ...gold, inhibitAny: 0 }, any], explicit(GOLD))).toBe(missing);
    expect(await judge([{ ...gold, inhibitAny: 1 }, any], explicit(GOLD))).toBe("trusted");
    expect(await judge([{ ...gold, inhibitAny: 1 }, any, any], explicit(GOLD))).toBe(missing);
    expect(await judge([any, gold], { ...explicit(), anyPolicy: "inhibited" })).toBe("no-valid-policy: CN=CA 1");
  });

  it("lets a self-issued certificate below the leaf's issuer have it", async () => {
    const chain = (last: PolicyExtensions): Chain => [{ ...gold, inhibitAny: 0 }, { ...any, selfIssued: true }, last];
    expect(await judge(chain(gold), explicit(GOLD))).toBe("trusted");
    expect(
      await judge(
        [
          { ...gold, inhibitAny: 0 },
          { ...any, selfIssued: true },
        ],
        explicit(GOLD),
      ),
    ).toBe("no-valid-policy: CN=CA 1");
  });
});

describe("an anchor whose constraints are enforced (RFC 5937 section 3.2)", () => {
  it("narrows the user's policies to its own", async () => {
    expect(await judge([gold, gold], explicit(), gold)).toBe("trusted");
    expect(await judge([gold, gold], explicit(), { policies: [SILVER] })).toBe(missing);
    expect(await judge([gold, gold], explicit(GOLD), any)).toBe("trusted");
    expect(await judge([gold, gold], explicit(GOLD, SILVER), { policies: [SILVER] })).toBe(missing);
  });

  it("demands, inhibits and counts as an issuer does", async () => {
    expect(await judge([{}, {}], {}, { requireExplicit: 0 })).toBe("no-valid-policy: CN=CA 1");
    expect(await judge([gold, any], explicit(GOLD), { inhibitAny: 0 })).toBe(missing);
    const mapped = { policies: [GOLD], mappings: [[GOLD, SILVER]] } as const;
    expect(await judge([mapped, { policies: [SILVER] }], explicit(GOLD), { inhibitMapping: 0 })).toBe(missing);
  });
});

describe("malformed policy extensions", () => {
  const malformed = async (id: string, value: Der): Promise<string> => {
    const root = certificate().subject("CN=Root").ca().build();
    const leaf = certificate().key("p-256").extension(id, "not-critical", value).issuedBy(root).build();
    const anchors = [trustAnchor(root.certificate)];
    const options = { anchors, intermediates: [], at: TEST_TIME, purpose: "any", usage: "any" } as const;
    const result = await findPath(leaf.certificate, options);
    return result.status === "trusted" ? "trusted" : result.reason;
  };

  it.each([
    ["a policy that stands twice", ExtensionId.certificatePolicies, sequence(sequence(oid(GOLD)), sequence(oid(GOLD)))],
    ["no policy", ExtensionId.certificatePolicies, sequence()],
    ["no qualifier in the list of them", ExtensionId.certificatePolicies, sequence(sequence(oid(GOLD), sequence()))],
    ["no mapping", ExtensionId.policyMappings, sequence()],
    ["empty policy constraints", ExtensionId.policyConstraints, sequence()],
    ["a negative number", ExtensionId.inhibitAnyPolicy, constructed(0x02, encoded(Uint8Array.of(0xff)))],
  ])("with %s are refused", async (_, id, value) => {
    expect(await malformed(id, value)).toBe("malformed-extension");
  });

  it("with an unknown qualifier are refused where they are critical", async () => {
    const root = certificate().subject("CN=Root").ca().build();
    const qualified = (qualifier: string) =>
      sequence(sequence(oid(GOLD), sequence(sequence(oid(qualifier), oid(GOLD)))));
    const judgeQualifier = async (qualifier: string, criticality: "critical" | "not-critical"): Promise<string> => {
      const leaf = certificate()
        .key("p-256")
        .extension(ExtensionId.certificatePolicies, criticality, qualified(qualifier))
        .issuedBy(root)
        .build();
      const anchors = [trustAnchor(root.certificate)];
      const options = { anchors, intermediates: [], at: TEST_TIME, purpose: "any", usage: "any" } as const;
      const result = await findPath(leaf.certificate, options);
      return result.status === "trusted" ? "trusted" : result.reason;
    };
    expect(await judgeQualifier("1.3.6.1.5.5.7.2.1", "critical")).toBe("trusted");
    expect(await judgeQualifier("1.3.6.1.5.5.7.2.9", "critical")).toBe("unknown-critical-extension");
    expect(await judgeQualifier("1.3.6.1.5.5.7.2.9", "not-critical")).toBe("trusted");
  });
});
