import type { Certificate } from "../certificate.ts";
import { subjectAltName } from "../subject-alt-name.ts";
import { isAddressName } from "../email-addresses.ts";
import { decodeString } from "../directory-string.ts";
import type { GeneralName } from "../general-name.ts";
import { EMAIL_ADDRESS, type Name, sameName } from "../name.ts";
import { type GeneralSubtree, nameConstraints } from "../name-constraints.ts";
import { type PathBudget, spend } from "../path-budget.ts";
import type { CandidatePath } from "../path-building.ts";
import { compareToSubtree } from "../subtree.ts";
import type { Violation } from "./violation.ts";

/**
 * RFC 5280 sections 6.1.3 (b) and (c) and 6.1.4 (g): the names of each certificate lie in the permitted subtrees of
 * every issuer above it and in none of the excluded ones. A self-issued certificate is exempt unless it is the leaf.
 */
export function checkNameConstraints({ certificates }: CandidatePath, budget: PathBudget): Violation | null {
  const permitted: (readonly GeneralSubtree[])[] = [];
  const excluded: GeneralSubtree[] = [];
  for (const certificate of certificates.toReversed()) {
    const isLeaf = certificate === certificates[0];
    const isConstrained = permitted.length > 0 || excluded.length > 0;
    if (isConstrained && (isLeaf || !sameName(certificate.subject, certificate.issuer))) {
      for (const name of constrainedNames(certificate)) {
        // Every name is compared at most once with every subtree; counting ahead keeps the count in one place.
        const comparisons = permitted.reduce((sum, subtrees) => sum + subtrees.length, excluded.length);
        if (!spend(budget, "nameComparisons", comparisons)) return { reason: "path-budget-exhausted", certificate };
        const isAllowed =
          permitted.every((subtrees) => isPermitted(name, subtrees)) &&
          excluded.every((subtree) => isOutside(name, subtree));
        if (!isAllowed) return { reason: "name-constraint-violated", certificate };
      }
    }
    const constraints = nameConstraints(certificate);
    if (constraints && constraints.permittedSubtrees.length > 0) permitted.push(constraints.permittedSubtrees);
    if (constraints) excluded.push(...constraints.excludedSubtrees);
  }
  return null;
}

/**
 * The subject, the alternative names, and the mail addresses in the subject where those have none (RFC 5280 section
 * 4.2.1.10), which are not read as addresses else.
 */
function* constrainedNames(certificate: Certificate): Generator<GeneralName> {
  const { subject } = certificate;
  const altNames = subjectAltName(certificate);
  if (subject.rdns.length > 0) yield { kind: "directoryName", value: subject };
  if (!altNames.some(isAddressName)) yield* subjectAddresses(subject);
  yield* altNames;
}

function* subjectAddresses(subject: Name): Generator<GeneralName> {
  for (const { type, value } of subject.rdns.flat()) {
    // A value that is no string is an address that lies in no subtree.
    if (type === EMAIL_ADDRESS) yield { kind: "rfc822Name", value: decodeString(value) ?? "" };
  }
}

/** Subtrees of other name forms do not restrict a name; of those of its own form one has to hold it. */
function isPermitted(name: GeneralName, subtrees: readonly GeneralSubtree[]): boolean {
  const comparisons = subtrees.map((subtree) => compareToSubtree(name, subtree));
  const applicable = comparisons.filter((comparison) => comparison !== "other-form");
  return applicable.length === 0 || applicable.includes("inside");
}

/** What cannot be compared is taken for inside: nobody knows that it is not. */
function isOutside(name: GeneralName, subtree: GeneralSubtree): boolean {
  const comparison = compareToSubtree(name, subtree);
  return comparison === "outside" || comparison === "other-form";
}
