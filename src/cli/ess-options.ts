import { oid } from "../engine/asn1/writer.ts";
import { SmimeError } from "../engine/errors.ts";
import type { SigningOptions } from "../engine/smime/sign-entity.ts";
import type { SecurityLabel } from "../engine/claims.ts";
import { type Arguments, singleValue, UsageError, values } from "./arguments.ts";

/** Enhanced Security Services (RFC 2634), for every command that signs. */
export const ESS_OPTIONS = {
  "receipt-to": "value",
  "receipt-from": "value",
  label: "value",
  classification: "value",
  "privacy-mark": "value",
} as const;

/** What is asked for, and how the text is labelled. */
export function essOptions(args: Arguments): Pick<SigningOptions, "receiptRequest" | "securityLabel"> {
  const label = readLabel(args);
  return { receiptRequest: readRequest(args), ...(label ? { securityLabel: label } : {}) };
}

/** `--receipt-to` asks for receipts; from everybody, unless `--receipt-from` is `first-tier` or names people. */
function readRequest(args: Arguments): NonNullable<SigningOptions["receiptRequest"]> | null {
  const to = values(args, "receipt-to");
  const from = values(args, "receipt-from");
  if (to.length === 0 && from.length > 0) throw new UsageError("--receipt-from needs --receipt-to");
  if (to.length === 0) return null;
  const [only = "all", ...others] = from;
  const isTier = others.length === 0 && (only === "all" || only === "first-tier");
  return { to, from: isTier ? only : from };
}

/** `--label` names the policy, by its OID. */
function readLabel(args: Arguments): SecurityLabel | null {
  const policy = singleValue(args, "label");
  const classification = singleValue(args, "classification");
  const privacyMark = singleValue(args, "privacy-mark");
  if (policy === null) {
    if (classification ?? privacyMark) throw new UsageError("--classification and --privacy-mark need --label");
    return null;
  }
  if (!isOid(policy)) throw new UsageError("--label is an OID like 1.2.3.4");
  if (classification !== null && !(/^\d{1,3}$/.test(classification) && Number(classification) <= 256)) {
    throw new UsageError("--classification is a number from 0 to 256");
  }
  return {
    policy,
    classification: classification === null ? null : Number(classification),
    privacyMark,
    categories: [],
  };
}

function isOid(text: string): boolean {
  try {
    oid(text);
    return true;
  } catch (error) {
    if (error instanceof SmimeError) return false;
    throw error;
  }
}
