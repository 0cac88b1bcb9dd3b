import { latin1Bytes } from "../engine/bytes/text.ts";
import { SmimeError } from "../engine/errors.ts";
import { writeAddresses, writeUnstructured } from "../engine/mime/header-writer.ts";
import { receiptRecipients } from "../engine/smime/ess/receipt-request.ts";
import type { Identity } from "../engine/smime/identity.ts";
import { judgeReceipt, type ReceiptVerdict } from "../engine/smime/judge-receipt.ts";
import { type OpenedMessage, openMessage, type OpenOptions } from "../engine/smime/open.ts";
import { signReceipt } from "../engine/smime/sign-receipt.ts";
import type { SignerClaims } from "../engine/claims.ts";
import { certificateEmails } from "../engine/x509/email-addresses.ts";
import { parseArguments, timeOption, UsageError } from "./arguments.ts";
import { describeError } from "./failure.ts";
import { readInput, writeOutput } from "./files.ts";
import { IDENTITY_OPTIONS, readIdentities } from "./identities.ts";
import { readAnchors, readIntermediates, TRUST_OPTIONS } from "./trust.ts";

/** `signet receipt`: the signed receipt that the message IN asks for, by the first identity, to OUT. */
export async function runReceipt(argv: readonly string[]): Promise<number> {
  const args = parseArguments(argv, { ...IDENTITY_OPTIONS, ...TRUST_OPTIONS });
  const [input, output, ...others] = args.positionals;
  if (input === undefined || output === undefined || others.length > 0) throw new UsageError("IN and OUT are needed");
  const identities = await readIdentities(args);
  const [identity] = identities;
  if (!identity) throw new UsageError("--identity, or --key and --cert, are needed");
  try {
    const options = {
      identities,
      anchors: await readAnchors(args),
      intermediates: await readIntermediates(args),
      at: timeOption(args, "at"),
    };
    await writeOutput(output, await writeReceipt(await readInput(input), identity, options));
    return 0;
  } catch (error) {
    process.stderr.write(`${JSON.stringify({ file: input, error: describeError(error) })}\n`);
    return 1;
  }
}

/** Only for a message whose signature is valid, and only where its reader is among those who are asked. */
async function writeReceipt(message: Uint8Array, identity: Identity, options: OpenOptions): Promise<Uint8Array> {
  const opened = await openMessage(message, options);
  const { signature } = opened.verdict;
  if (signature !== "valid" && signature !== "valid-revocation-unknown") {
    throw new SmimeError("receipt.not-confirmed", { signature });
  }
  const claims = innermostClaims(opened);
  const mailingLists = claimsOf(opened).flatMap((found) => found.mailingLists);
  const own = certificateEmails(identity.certificate);
  const to = claims?.receiptRequest ? receiptRecipients(claims.receiptRequest, mailingLists, own) : [];
  const [from] = own;
  if (!claims?.receiptRequest || to.length === 0 || from === undefined) throw new SmimeError("receipt.not-requested");
  const header = [
    writeAddresses("From", [{ name: "", address: from }]),
    writeAddresses(
      "To",
      to.map((address) => ({ name: "", address })),
    ),
    writeUnstructured("Subject", "Receipt"),
    writeUnstructured("Date", options.at.toUTCString().replace(/GMT$/, "+0000")),
  ];
  return signReceipt(header.map(latin1Bytes), claims.receiptRequest.message, { identity, signingTime: options.at });
}

/** What the receipt says of the message that was sent, which stands in `original` as its sender keeps it. */
export async function compareReceipt(
  receipt: OpenedMessage,
  original: Uint8Array,
  options: OpenOptions,
): Promise<ReceiptVerdict> {
  const sent = await openMessage(original, options);
  const request = innermostClaims(sent)?.receiptRequest;
  if (!request) throw new SmimeError("receipt.not-requested");
  const { to, cc } = sent.protectedHeader ?? sent.outerHeader;
  return judgeReceipt(
    receipt,
    request,
    [...to, ...cc].flatMap(({ address }) => address ?? []),
  );
}

function claimsOf({ layers }: OpenedMessage): readonly SignerClaims[] {
  return layers.flatMap((layer) => ("signers" in layer ? layer.signers.map(({ claims }) => claims) : []));
}

/** Of the author: in a triple wrap the inner signature's (RFC 2634 section 1.3.4). */
function innermostClaims(opened: OpenedMessage): SignerClaims | null {
  return claimsOf(opened).findLast(({ receiptRequest }) => receiptRequest !== null) ?? null;
}
