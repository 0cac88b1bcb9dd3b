import { ANY_POLICY } from "./certificate-policies.ts";
import type { PolicyMappings } from "./policy-mappings.ts";

/**
 * One depth of the valid_policy_graph: its nodes by their valid_policy. RFC 9618 puts this graph in the place of RFC
 * 5280's tree, in which a policy has a node for every way that leads to it, so that mappings multiply: here it has one
 * node with an edge from each parent, and all edges of a depth are no more than its certificate's policies and mappings.
 *
 * Nodes of a depth above that have no child left are not pruned: nothing asks for them, since everything is reached from
 * below. The graph is NULL where its last depth is empty.
 */
export type PolicyLevel = ReadonlyMap<string, PolicyNode>;

interface PolicyNode {
  readonly validPolicy: string;
  readonly expectedPolicies: Iterable<string>;
  /** Empty at depth 0 only. */
  readonly parents: readonly PolicyNode[];
}

function node(validPolicy: string, parents: readonly PolicyNode[]): PolicyNode {
  return { validPolicy, expectedPolicies: [validPolicy], parents };
}

/** RFC 9618 section 5.1: the graph before the first certificate, one node of anyPolicy. */
export function initialLevel(): PolicyLevel {
  return new Map([[ANY_POLICY, node(ANY_POLICY, [])]]);
}

/**
 * RFC 5280 section 6.1.3 (d)(1) and (2) as RFC 9618 section 5.3 has them: the depth of a certificate with these
 * policies.
 */
export function nextLevel(
  level: PolicyLevel,
  policies: ReadonlyMap<string, unknown>,
  anyPolicy: "counts" | "inhibited",
): PolicyLevel {
  const expecting = nodesByExpectedPolicy(level);
  const any = level.get(ANY_POLICY);
  const next = new Map<string, PolicyNode>();
  for (const policy of policies.keys()) {
    if (policy === ANY_POLICY) continue;
    const parents = expecting.get(policy) ?? (any ? [any] : null);
    if (parents) next.set(policy, node(policy, parents));
  }
  if (anyPolicy === "counts" && policies.has(ANY_POLICY)) {
    for (const [policy, parents] of expecting) {
      if (!next.has(policy)) next.set(policy, node(policy, parents));
    }
  }
  return next;
}

function nodesByExpectedPolicy(level: PolicyLevel): ReadonlyMap<string, readonly PolicyNode[]> {
  const expecting = new Map<string, PolicyNode[]>();
  for (const parent of level.values()) {
    for (const policy of parent.expectedPolicies) {
      const parents = expecting.get(policy);
      if (parents) parents.push(parent);
      else expecting.set(policy, [parent]);
    }
  }
  return expecting;
}

/** RFC 5280 section 6.1.4 (b)(1): from here on, the equivalent policies are expected in the place of the mapped ones. */
export function withMappings(level: PolicyLevel, mappings: PolicyMappings): PolicyLevel {
  const mapped = new Map(level);
  const any = level.get(ANY_POLICY);
  for (const [policy, expectedPolicies] of mappings) {
    const own = level.get(policy);
    if (own) mapped.set(policy, { ...own, expectedPolicies });
    else if (any) mapped.set(policy, { validPolicy: policy, expectedPolicies, parents: any.parents });
  }
  return mapped;
}

/** RFC 5280 section 6.1.4 (b)(2): where mapping is inhibited, what was to be mapped is valid no more. */
export function withoutMapped(level: PolicyLevel, mappings: PolicyMappings): PolicyLevel {
  return new Map([...level].filter(([policy]) => !mappings.has(policy)));
}

/** RFC 5280 section 6.1.5 (g): whether the graph and the user's initial policies have something in common. */
export function intersects(level: PolicyLevel, initialPolicies: ReadonlySet<string>): boolean {
  const isAny = initialPolicies.has(ANY_POLICY);
  const known = new Map<PolicyNode, boolean>();
  // The ancestor below anyPolicy is the policy in the words of the anchor's domain, which are the user's.
  const isAcceptable = (candidate: PolicyNode): boolean => {
    const { validPolicy, parents } = candidate;
    if (isAny || validPolicy === ANY_POLICY) return true;
    const before = known.get(candidate);
    if (before !== undefined) return before;
    const answer = parents.some((parent) =>
      parent.validPolicy === ANY_POLICY ? initialPolicies.has(validPolicy) : isAcceptable(parent),
    );
    known.set(candidate, answer);
    return answer;
  };
  return [...level.values()].some(isAcceptable);
}
