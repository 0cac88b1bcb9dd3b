import { Asn1Reader } from "../../asn1/reader.ts";
import { contextConstructed, contextPrimitive } from "../../asn1/tag.ts";
import { constructed, type Der, implicitPrimitive, octetString, sequence } from "../../asn1/writer.ts";
import { type Attribute, attribute, singleValue, whereReadable } from "../../cms/attribute.ts";
import { SmimeError } from "../../errors.ts";
import type { MailingListExpansion, ReceiptRequest } from "../../claims.ts";
import { generalNames, readAddresses } from "./addressed-names.ts";
import { Ess } from "./oids.ts";

/** A request as it stands in the message; whom it concerns is known only with the whole of it. */
export type RequestFields = Omit<ReceiptRequest, "message"> & { readonly contentIdentifier: Uint8Array };

/**
 * `ReceiptRequest ::= SEQUENCE { signedContentIdentifier OCTET STRING, receiptsFrom ReceiptsFrom, receiptsTo SEQUENCE
 * SIZE (1..16) OF GeneralNames }`, `ReceiptsFrom ::= CHOICE { allOrFirstTier [0] INTEGER { allReceipts (0),
 * firstTierRecipients (1) }, receiptList [1] SEQUENCE OF GeneralNames }`, tagged IMPLICIT (RFC 2634 section 2.7)
 */
export function readReceiptRequest(attributes: readonly Attribute[]): RequestFields | null {
  const found = singleValue(attributes, Ess.receiptRequest);
  return found.status === "present" ? whereReadable(() => readRequest(found.value.bytes)) : null;
}

function readRequest(encoding: Uint8Array): RequestFields {
  const outer = new Asn1Reader(encoding, "ber");
  const fields = outer.sequence();
  outer.end();
  const contentIdentifier = fields.octetString().slice();
  const list = fields.optionalSequence(contextConstructed(1));
  const from = list ? readAddresses(list) : readTier(fields);
  const to = readAddresses(fields.sequence());
  fields.end();
  return { contentIdentifier, from, to };
}

function readTier(fields: Asn1Reader): "all" | "first-tier" {
  const tier = fields.smallInteger(contextPrimitive(0));
  if (tier > 1) throw new SmimeError("malformed.cms", { reason: "receipts-from" });
  return tier === 0 ? "all" : "first-tier";
}

/** The attribute that asks for receipts; `contentIdentifier` must be of this message alone. */
export function receiptRequest({ contentIdentifier, from, to }: RequestFields): Der {
  const receiptsFrom =
    typeof from === "string"
      ? implicitPrimitive(0, Uint8Array.of(from === "all" ? 0 : 1))
      : constructed(contextConstructed(1), ...from.map(generalNames));
  return attribute(
    Ess.receiptRequest,
    sequence(octetString(contentIdentifier), receiptsFrom, sequence(...to.map(generalNames))),
  );
}

/**
 * Where a receipt is to go that this reader is asked for, by RFC 2634 section 2.3; nobody, where the reader is not
 * among those who are asked. Whether one is sent at all, the reader decides: it tells that and when a message was read.
 */
export function receiptRecipients(
  { from, to }: Pick<ReceiptRequest, "from" | "to">,
  mailingLists: readonly MailingListExpansion[],
  readers: readonly string[],
): readonly string[] {
  // Step 2: the last list's policy, which takes in those before it (section 4.2.3.3), comes before the sender's wish.
  const policy = mailingLists.at(-1)?.receipts ?? null;
  if (policy?.kind === "none") return [];
  // Step 3: the sender's.
  const own = new Set(readers.map((reader) => reader.toLowerCase()));
  const isAsked =
    from === "all" ||
    (from === "first-tier" ? mailingLists.length === 0 : from.some((address) => own.has(address.toLowerCase())));
  if (!isAsked) return [];
  if (policy === null) return to;
  return [...new Set(policy.kind === "instead-of" ? policy.to : [...to, ...policy.to])];
}
