/** Octets of a domain name in its text form (RFC 1035 section 2.3.4). */
const MAX_DOMAIN_LENGTH = 253;

/** Letters, digits and hyphens of RFC 5890 section 2.3.1, and the underscore that Active Directory domains have. */
const ASCII_DOMAIN = /^[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*$/;

/**
 * A domain name in lower case with A-labels in place of U-labels (IDNA, RFC 5891; UTS #46 as URLs have it), so that
 * equal strings are equal domains; `null` for what is no domain name.
 */
export function asciiDomain(text: string): string | null {
  if (text.length > MAX_DOMAIN_LENGTH) return null;
  const lower = text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  if (ASCII_DOMAIN.test(lower)) return lower;
  // The ASCII that URLs take for something else is refused first: escapes, ports, user names, IPv6 addresses.
  if (/^\p{ASCII}*$/u.test(lower) || /[\p{ASCII}--[\-.0-9_a-z]]/v.test(lower)) return null;
  const ascii = hostOfUrl(lower);
  // A host that ends in a number is an IPv4 address to a URL parser.
  return ascii !== null && ASCII_DOMAIN.test(ascii) && !/(?:^|\.)\d+$/.test(ascii) ? ascii : null;
}

function hostOfUrl(domain: string): string | null {
  try {
    return new URL(`http://${domain}/`).hostname;
  } catch {
    return null;
  }
}
