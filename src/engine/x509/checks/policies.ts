import type { AnchorConstraints } from "../anchor-constraints.ts";
import { ANY_POLICY, certificatePolicies } from "../certificate-policies.ts";
import type { Certificate } from "../certificate.ts";
import { sameName } from "../name.ts";
import type { CandidatePath } from "../path-building.ts";
import { inhibitAnyPolicy, policyConstraints } from "../policy-constraints.ts";
import { initialLevel, intersects, nextLevel, type PolicyLevel, withMappings, withoutMapped } from "../policy-graph.ts";
import { policyMappings } from "../policy-mappings.ts";
import { isAnchorItself } from "./signature.ts";
import { firstBreaking, type Violation } from "./violation.ts";

/** What the user demands of certificate policies (RFC 5280 section 6.1.1 (c) and (e) to (g)). */
export interface PolicyInputs {
  /** user-initial-policy-set: OIDs in dotted form; anyPolicy among them is all. */
  readonly initialPolicies: ReadonlySet<string>;
  /** initial-explicit-policy: whether the path must be valid for one of them. */
  readonly explicitPolicy: "required" | "not-required";
  /** initial-policy-mapping-inhibit */
  readonly policyMapping: "allowed" | "inhibited";
  /** initial-any-policy-inhibit */
  readonly anyPolicy: "allowed" | "inhibited";
}

/** RFC 5280 section 6.1.1: what holds for who has no policies in mind. */
export const NO_POLICY_DEMANDED: PolicyInputs = {
  initialPolicies: new Set([ANY_POLICY]),
  explicitPolicy: "not-required",
  policyMapping: "allowed",
  anyPolicy: "allowed",
};

/** The state variables of RFC 5280 section 6.1.2 (a) and (d) to (f); a counter that is 0 has come into force. */
interface PolicyState {
  /** The last depth of the valid_policy_graph; empty for NULL. */
  readonly level: PolicyLevel;
  readonly explicitPolicy: number;
  readonly policyMapping: number;
  readonly inhibitAnyPolicy: number;
}

const NULL_GRAPH: PolicyLevel = new Map();

/**
 * RFC 5280 sections 6.1.3 (d) to (f), 6.1.4 (b) and (h) to (j), 6.1.5 (a), (b) and (g): the path is valid for a
 * policy that the user takes, where one has to be.
 */
export function checkPolicies(
  path: CandidatePath,
  inputs: PolicyInputs,
  anchorConstraints: AnchorConstraints,
): Violation | null {
  if (isAnchorItself(path)) return null;
  const [leaf, ...issuers] = path.certificates;
  const anchor = anchorConstraints === "enforced" ? path.anchor.certificate : null;
  let state = initialState(inputs, path.certificates.length);
  // RFC 5937 section 3.2: what the anchor says of policies narrows what the user says.
  if (anchor) state = constrain(state, anchor);
  const initialPolicies = anchor ? anchorPolicies(inputs.initialPolicies, anchor) : inputs.initialPolicies;
  for (const issuer of issuers.toReversed()) {
    state = { ...state, level: processPolicies(state, issuer, isSelfIssued(issuer)) };
    if (isMissing(state)) return { reason: "no-valid-policy", certificate: issuer };
    state = constrain(countDown({ ...state, level: mapPolicies(state, issuer) }, issuer), issuer);
  }
  state = { ...state, level: processPolicies(state, leaf, false) };
  const explicitPolicy = wrapUpExplicitPolicy(state, leaf);
  const isSatisfied = explicitPolicy > 0 || intersects(state.level, initialPolicies);
  return isMissing(state) || !isSatisfied ? { reason: "no-valid-policy", certificate: leaf } : null;
}

/** RFC 5280 section 6.1.2 (a) and (d) to (f). */
function initialState(inputs: PolicyInputs, length: number): PolicyState {
  return {
    level: initialLevel(),
    explicitPolicy: inputs.explicitPolicy === "required" ? 0 : length + 1,
    policyMapping: inputs.policyMapping === "inhibited" ? 0 : length + 1,
    inhibitAnyPolicy: inputs.anyPolicy === "inhibited" ? 0 : length + 1,
  };
}

/** RFC 5937 section 3.2: the policies of the user that are the anchor's too. */
function anchorPolicies(initialPolicies: ReadonlySet<string>, anchor: Certificate): ReadonlySet<string> {
  const policies = certificatePolicies(anchor);
  if (!policies || policies.has(ANY_POLICY)) return initialPolicies;
  const own = new Set(policies.keys());
  return initialPolicies.has(ANY_POLICY) ? own : new Set([...own].filter((policy) => initialPolicies.has(policy)));
}

function isSelfIssued({ subject, issuer }: Certificate): boolean {
  return sameName(subject, issuer);
}

/** RFC 5280 section 6.1.3 (d) and (e). `mayUseAny`: below the leaf, a self-issued certificate has anyPolicy for free. */
function processPolicies(state: PolicyState, certificate: Certificate, mayUseAny: boolean): PolicyLevel {
  const policies = certificatePolicies(certificate);
  if (!policies) return NULL_GRAPH;
  return nextLevel(state.level, policies, state.inhibitAnyPolicy > 0 || mayUseAny ? "counts" : "inhibited");
}

/** RFC 5280 section 6.1.3 (f). */
function isMissing({ explicitPolicy, level }: PolicyState): boolean {
  return explicitPolicy === 0 && level.size === 0;
}

/** RFC 5280 sections 6.1.4 (a) and 4.2.1.5: anyPolicy is mapped to nothing, and nothing to it, in a leaf neither. */
export function checkPolicyMappings({ certificates }: CandidatePath): Violation | null {
  return firstBreaking(certificates, "any-policy-mapped", mapsAnyPolicy);
}

function mapsAnyPolicy(certificate: Certificate): boolean {
  const mappings = policyMappings(certificate);
  if (!mappings) return false;
  return mappings.has(ANY_POLICY) || [...mappings.values()].some((equivalent) => equivalent.has(ANY_POLICY));
}

/** RFC 5280 section 6.1.4 (b). */
function mapPolicies({ level, policyMapping }: PolicyState, issuer: Certificate): PolicyLevel {
  const mappings = policyMappings(issuer);
  if (!mappings) return level;
  return policyMapping > 0 ? withMappings(level, mappings) : withoutMapped(level, mappings);
}

/** RFC 5280 section 6.1.4 (h): a certificate that is not self-issued counts. */
function countDown(state: PolicyState, issuer: Certificate): PolicyState {
  if (isSelfIssued(issuer)) return state;
  return {
    ...state,
    explicitPolicy: Math.max(0, state.explicitPolicy - 1),
    policyMapping: Math.max(0, state.policyMapping - 1),
    inhibitAnyPolicy: Math.max(0, state.inhibitAnyPolicy - 1),
  };
}

/** RFC 5280 section 6.1.4 (i) and (j). */
function constrain(state: PolicyState, issuer: Certificate): PolicyState {
  const constraints = policyConstraints(issuer);
  return {
    ...state,
    explicitPolicy: Math.min(state.explicitPolicy, constraints?.requireExplicitPolicy ?? Infinity),
    policyMapping: Math.min(state.policyMapping, constraints?.inhibitPolicyMapping ?? Infinity),
    inhibitAnyPolicy: Math.min(state.inhibitAnyPolicy, inhibitAnyPolicy(issuer) ?? Infinity),
  };
}

/** RFC 5280 section 6.1.5 (a) and (b). */
function wrapUpExplicitPolicy({ explicitPolicy }: PolicyState, leaf: Certificate): number {
  if (policyConstraints(leaf)?.requireExplicitPolicy === 0) return 0;
  return Math.max(0, explicitPolicy - 1);
}
