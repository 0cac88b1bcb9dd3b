import type { AnchorConstraints } from "../engine/x509/anchor-constraints.ts";
import { ANY_POLICY } from "../engine/x509/certificate-policies.ts";
import type { PolicyInputs } from "../engine/x509/checks/policies.ts";
import { type Arguments, hasFlag, UsageError, values } from "./arguments.ts";

/** The inputs of RFC 5280 section 6.1.1 and RFC 5937 that `signet path` has. */
export const INPUT_OPTIONS = {
  policy: "value",
  "require-anchor-constraints": "flag",
  "initial-explicit-policy": "flag",
  "initial-policy-mapping-inhibit": "flag",
  "initial-inhibit-any-policy": "flag",
} as const;

/** The same inputs as they are given: on the command line or in a case. */
export interface GivenInputs {
  readonly policies: readonly string[];
  readonly requireAnchorConstraints: boolean;
  readonly initialExplicitPolicy: boolean;
  readonly initialPolicyMappingInhibit: boolean;
  readonly initialInhibitAnyPolicy: boolean;
}

/** @throws {UsageError} where a policy is no OID */
export function givenInputs(args: Arguments): GivenInputs {
  const policies = values(args, "policy");
  if (!policies.every(isOid)) throw new UsageError("--policy is an OID like 2.5.29.32.0");
  return {
    policies,
    requireAnchorConstraints: hasFlag(args, "require-anchor-constraints"),
    initialExplicitPolicy: hasFlag(args, "initial-explicit-policy"),
    initialPolicyMappingInhibit: hasFlag(args, "initial-policy-mapping-inhibit"),
    initialInhibitAnyPolicy: hasFlag(args, "initial-inhibit-any-policy"),
  };
}

export function isOid(text: string): boolean {
  return /^[012](?:\.\d+)+$/.test(text);
}

/** No policy given is any policy (RFC 5280 section 6.1.1 (c)). */
export function policyInputs(given: GivenInputs): PolicyInputs {
  return {
    initialPolicies: new Set(given.policies.length === 0 ? [ANY_POLICY] : given.policies),
    explicitPolicy: given.initialExplicitPolicy ? "required" : "not-required",
    policyMapping: given.initialPolicyMappingInhibit ? "inhibited" : "allowed",
    anyPolicy: given.initialInhibitAnyPolicy ? "inhibited" : "allowed",
  };
}

export function anchorConstraints({ requireAnchorConstraints }: GivenInputs): AnchorConstraints {
  return requireAnchorConstraints ? "enforced" : "ignored";
}
