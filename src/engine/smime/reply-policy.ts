import { bareAddresses, type HeaderPolicy } from "./header-policy.ts";
import { type NamedValue, type ProtectedHeader, sameField } from "./protected-header.ts";

/** Makes the fields of a reply from those of the message that it answers: To, Cc, Subject, References and others. */
export type Respond = (reference: readonly NamedValue[]) => readonly NamedValue[];

const ADDRESSES = /^(?:from|sender|reply-to|to|cc)$/i;

/**
 * The policy for a reply (RFC 9788 section 6.1): what the answered message kept from servers, its answer keeps from
 * them too, whatever `policy` says (attack 61). The reply is made twice: from the protected fields, as the reader sees
 * it, and as a shadow from those that stood outside; a field that the two disagree on stays outside as the shadow has
 * it. That holds for the field and not for its first value alone, since a changed subject is still about the secret one.
 */
export function replyPolicy(
  reference: Pick<ProtectedHeader, "header" | "outside">,
  respond: Respond,
  policy: HeaderPolicy,
): HeaderPolicy {
  const response = respond(reference.header);
  const shadow = respond(reference.outside);
  const confidential = response.filter((field) => !shadow.some((other) => sameField(field, other)));
  return (name, value) => {
    const hidden = confidential.filter((field) => field.name.toLowerCase() === name.toLowerCase());
    if (hidden.length === 0 || shadow.some((field) => sameField(field, { name, value }))) return policy(name, value);
    const outside = outsideValue(name, value, hidden, shadow);
    return outside === null ? null : policy(name, outside);
  };
}

/** Recipients that the author changed must still be reached: they lose their names, and are not left out. */
function outsideValue(
  name: string,
  value: string,
  hidden: readonly NamedValue[],
  shadow: readonly NamedValue[],
): string | null {
  const isAsMade = hidden.some((field) => field.value === value);
  if (ADDRESSES.test(name) && !isAsMade) return bareAddresses(value);
  return shadow.find((field) => field.name.toLowerCase() === name.toLowerCase())?.value ?? null;
}
