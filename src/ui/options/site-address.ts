/**
 * The origin of what a person typed as their webmail's address; `null` where it is none that mail is read at. Without a
 * scheme it is https.
 */
export function originOf(typed: string): string | null {
  const text = typed.trim();
  if (text === "" || /\s/.test(text)) return null;
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(address)) return null;
  const { protocol, origin, hostname, username, password } = new URL(address);
  if (protocol !== "https:" && protocol !== "http:") return null;
  // A name before the host (`mail.example@evil.example`) is how addresses are made to look like others.
  if (username !== "" || password !== "" || hostname === "") return null;
  return origin;
}

/** What the browser is asked for: all pages of a host. Without the port: Firefox knows none in patterns. */
export function patternOf(origin: string): string {
  const { protocol, hostname } = new URL(origin);
  return `${protocol}//${hostname}/*`;
}
