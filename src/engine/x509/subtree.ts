import { asciiDomain } from "./domain.ts";
import type { GeneralName } from "./general-name.ts";
import { type Mailbox, parseMailbox, SMTP_UTF8_MAILBOX, smtpUtf8Mailbox } from "./mailbox.ts";
import { isWithinSubtree } from "./name.ts";
import type { GeneralSubtree } from "./name-constraints.ts";

/** "incomparable": of the same form, but one of the two is broken or the form has no rule (fail closed). */
export type SubtreeComparison = "inside" | "outside" | "incomparable" | "other-form";

/** Where a name lies to a subtree (RFC 5280 section 4.2.1.10; RFC 9598 section 6 for SmtpUTF8Mailbox). */
export function compareToSubtree(name: GeneralName, { base, isWhole }: GeneralSubtree): SubtreeComparison {
  if (!haveSameForm(name, base)) return "other-form";
  if (!isWhole) return "incomparable";
  const inside = isInside(name, base);
  if (inside === null) return "incomparable";
  return inside ? "inside" : "outside";
}

function haveSameForm(name: GeneralName, base: GeneralName): boolean {
  if (name.kind === "otherName") {
    if (base.kind === "otherName") return name.typeId === base.typeId;
    return name.typeId === SMTP_UTF8_MAILBOX && base.kind === "rfc822Name";
  }
  return name.kind === base.kind;
}

function isInside(name: GeneralName, base: GeneralName): boolean | null {
  switch (base.kind) {
    case "rfc822Name":
      return mailboxIsInside(name, base);
    case "dNSName":
      return name.kind === base.kind ? hostIsInside(name.value, base.value) : null;
    case "uniformResourceIdentifier":
      return name.kind === base.kind ? uriIsInside(name.value, base.value) : null;
    case "directoryName":
      return name.kind === base.kind ? isWithinSubtree(name.value, base.value) : null;
    case "iPAddress":
      return name.kind === base.kind ? addressIsInside(name.value, base.value) : null;
    default:
      return null;
  }
}

/** One mailbox, all mailboxes of a host, or with a period in front all those of hosts below a domain. */
function mailboxIsInside(name: GeneralName, base: GeneralName & { readonly kind: "rfc822Name" }): boolean | null {
  const mailbox = mailboxOf(name);
  if (!mailbox) return null;
  if (base.value.includes("@")) {
    const wanted = mailboxOf(base);
    return wanted === null ? null : mailbox.localPart === wanted.localPart && mailbox.domain === wanted.domain;
  }
  return domainIsInside(mailbox.domain, base.value, "host");
}

/** Mailboxes that were read: a hostile certificate compares each of thousands with thousands of subtrees. */
const mailboxes = new WeakMap<GeneralName, Mailbox | null>();

function mailboxOf(name: GeneralName): Mailbox | null {
  const known = mailboxes.get(name);
  if (known !== undefined) return known;
  const text = name.kind === "rfc822Name" ? name.value : smtpUtf8Mailbox(name);
  const mailbox = text === null ? null : parseMailbox(text);
  mailboxes.set(name, mailbox);
  return mailbox;
}

/** A dNSName constraint holds the host and all below it. */
function hostIsInside(host: string, base: string): boolean | null {
  if (host.startsWith("*.")) return hostsAreInside(host.slice(2), base);
  const domain = asciiDomain(host);
  return domain === null ? null : domainIsInside(domain, base, "host-and-below");
}

/**
 * A wildcard stands for all hosts of one label more (RFC 9525 section 6.3): inside where the domain below which they
 * stand is, and incomparable where the base holds some of them only (CVE-2025-61727).
 */
function hostsAreInside(parent: string, base: string): boolean | null {
  const domain = asciiDomain(parent);
  if (domain === null) return null;
  // All of them are below their parent, also where the base is all that is below it.
  const inside = domainIsInside(domain, base.replace(/^\./, ""), "host-and-below");
  const isOneOfThem = inside === false && asciiDomain(base)?.replace(/^[^.]*\./, "") === domain;
  return isOneOfThem ? null : inside;
}

/** The host part counts; a URI without one, or with an address for one, cannot be compared. */
function uriIsInside(uri: string, base: string): boolean | null {
  const authority = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#:@]+)(?::\d*)?(?:[/?#]|$)/i.exec(uri)?.[1];
  const domain = authority === undefined ? null : asciiDomain(authority);
  return domain === null || /(?:^|\.)\d+$/.test(domain) ? null : domainIsInside(domain, base, "host");
}

function domainIsInside(domain: string, base: string, covers: "host" | "host-and-below"): boolean | null {
  // Nothing is left to be equal, so everything is inside: how "no dNSName at all" is written in excludedSubtrees.
  if (base === "") return true;
  const isBelowOnly = base.startsWith(".");
  const root = asciiDomain(isBelowOnly ? base.slice(1) : base);
  if (root === null) return null;
  const isBelow = domain.endsWith(`.${root}`);
  if (isBelowOnly) return isBelow;
  return domain === root || (covers === "host-and-below" && isBelow);
}

/** The base is an address and a mask of the same length, 4 or 16 octets each; the mask is a prefix (RFC 4632). */
function addressIsInside(address: Uint8Array, base: Uint8Array): boolean | null {
  if ((base.length !== 8 && base.length !== 32) || (address.length !== 4 && address.length !== 16)) return null;
  if (!isPrefix(base.subarray(base.length / 2))) return null;
  const { length } = address;
  if (base.length !== 2 * length) return false;
  return address.every((octet, i) => {
    const mask = base[length + i] ?? 0;
    return (octet & mask) === ((base[i] ?? 0) & mask);
  });
}

/** Ones, and behind them zeros only. */
function isPrefix(mask: Uint8Array): boolean {
  const bits = Array.from(mask, (octet) => octet.toString(2).padStart(8, "0")).join("");
  return /^1*0*$/.test(bits);
}
