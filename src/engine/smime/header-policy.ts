import { parseAddresses } from "../mime/address.ts";

/**
 * A Header Confidentiality Policy (RFC 9788 section 3): what of a field stands outside the encryption. The value is
 * unfolded, as the field's author wrote it; `null` where the field is left out.
 */
export type HeaderPolicy = (name: string, value: string) => string | null;

export type HeaderPolicyName = "none" | "baseline" | "shy";

/** What servers are shown in place of a hidden Subject (RFC 9788 section 3.2.1). */
const OBSCURED_SUBJECT = "[...]";

/**
 * The policies of RFC 9788 section 3.2. `baseline` is its default: who writes to whom and when stays outside, since
 * servers deliver and sort by it.
 */
export const HEADER_POLICIES: Readonly<Record<HeaderPolicyName, HeaderPolicy>> = {
  /** hcp_no_confidentiality (section 3.2.3) */
  none: (_name, value) => value,
  baseline,
  /** hcp_shy (section 3.2.2): as baseline; also no display names, and no time zone of the writer. */
  shy(name, value) {
    switch (name.toLowerCase()) {
      case "from":
      case "to":
      case "cc":
        return bareAddresses(value) ?? value;
      case "date":
        return inUtc(value) ?? value;
      default:
        return baseline(name, value);
    }
  },
};

/** hcp_baseline (section 3.2.1): the informational fields of RFC 5322 section 3.6.5. */
function baseline(name: string, value: string): string | null {
  switch (name.toLowerCase()) {
    case "subject":
      return OBSCURED_SUBJECT;
    case "keywords":
    case "comments":
      return null;
    default:
      return value;
  }
}

/** The addr-specs of a mailbox list; `null` for anything else, which must not become undeliverable. */
function bareAddresses(value: string): string | null {
  const { mailboxes, groups, malformed } = parseAddresses(value);
  const addresses = mailboxes.map(({ address }) => address);
  if (malformed || groups.length > 0 || addresses.length === 0 || addresses.includes(null)) return null;
  return addresses.join(", ");
}

/** A date-time of RFC 5322 section 3.3 in UTC, written with the zone that says nothing of a place. */
function inUtc(value: string): string | null {
  const time = Date.parse(value.replace(/\([^()]*\)/g, " ").trim());
  return Number.isNaN(time) ? null : new Date(time).toUTCString().replace(/GMT$/, "+0000");
}
