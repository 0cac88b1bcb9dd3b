import type { Certificate } from "../../engine/x509/certificate.ts";
import { parseCertificate } from "../../engine/x509/certificate.ts";
import { readCertificates } from "../../engine/x509/containers.ts";
import { trustAnchor, type TrustAnchor } from "../../engine/x509/trust-anchor.ts";
import type { AnchorView, CertificateView } from "../../messages/page-answers.ts";
import type { PageContext } from "../page-context.ts";
import { Refusal } from "../refusal.ts";
import { fingerprint, summarize } from "./summary.ts";

type AnchorContext = Pick<PageContext, "anchors" | "builtInRoots" | "now">;

/** Everything that a certificate file holds, before anything of it is trusted (attack 48). */
export function inspectAnchors(file: Uint8Array): Promise<readonly CertificateView[]> {
  return Promise.all(readCertificates(file).map(summarize));
}

/**
 * Trusts the named certificates of a file, and no others, for mail.
 *
 * @throws {Refusal} `choice.empty` where the file has none of the named ones
 */
export async function trustAnchors(
  context: AnchorContext,
  file: Uint8Array,
  accept: readonly string[],
): Promise<readonly AnchorView[]> {
  const chosen = new Map<string, Certificate>();
  for (const certificate of readCertificates(file)) {
    const name = await fingerprint(certificate);
    if (accept.includes(name)) chosen.set(name, certificate);
  }
  if (chosen.size === 0) throw new Refusal("choice.empty");
  const builtIn = await builtInByName(context);
  for (const [name, { der }] of chosen) {
    // A built-in one that was switched off needs no second entry.
    if (builtIn.has(name)) await context.anchors.remove(name);
    else
      await context.anchors.put({
        fingerprint: name,
        certificate: der.slice(),
        isTrusted: true,
        decidedAt: context.now(),
      });
  }
  return listAnchors(context);
}

async function builtInByName({ builtInRoots }: AnchorContext): Promise<ReadonlyMap<string, TrustAnchor>> {
  const entries = (await builtInRoots()).map(
    async (anchor) => [await fingerprint(anchor.certificate), anchor] as const,
  );
  return new Map(await Promise.all(entries));
}

/** Own ones first, then the built-in list with its switches. */
export async function listAnchors(context: AnchorContext): Promise<readonly AnchorView[]> {
  const rows = await context.anchors.list();
  const off = new Set(rows.filter(({ isTrusted }) => !isTrusted).map((row) => row.fingerprint));
  const own = rows.flatMap(({ certificate, isTrusted }) =>
    certificate === null ? [] : [{ certificate: parseCertificate(certificate), isTrusted, origin: "user" as const }],
  );
  const builtIn = [...(await builtInByName(context))].map(([name, { certificate }]) => ({
    certificate,
    isTrusted: !off.has(name),
    origin: "built-in" as const,
  }));
  return Promise.all(
    [...own, ...builtIn].map(async ({ certificate, ...rest }) => ({ ...(await summarize(certificate)), ...rest })),
  );
}

/** @throws {Refusal} `anchor.unknown` */
export async function removeAnchor(context: AnchorContext, name: string): Promise<readonly AnchorView[]> {
  const row = await context.anchors.get(name);
  // A built-in one is switched off, not removed.
  if (!row?.certificate) throw new Refusal("anchor.unknown");
  await context.anchors.remove(name);
  return listAnchors(context);
}

/** Removes every own issuer; the switches of the built-in list stay. */
export async function removeOwnAnchors(context: AnchorContext): Promise<readonly AnchorView[]> {
  for (const row of await context.anchors.list()) {
    if (row.certificate !== null) await context.anchors.remove(row.fingerprint);
  }
  return listAnchors(context);
}

/** @throws {Refusal} `anchor.unknown` */
export async function switchAnchor(
  context: AnchorContext,
  name: string,
  isTrusted: boolean,
): Promise<readonly AnchorView[]> {
  const isBuiltIn = (await builtInByName(context)).has(name);
  await context.anchors.change(name, (row) => {
    if (row?.certificate) return { ...row, isTrusted, decidedAt: context.now() };
    if (!isBuiltIn) throw new Refusal("anchor.unknown");
    return isTrusted ? null : { fingerprint: name, certificate: null, isTrusted: false, decidedAt: context.now() };
  });
  return listAnchors(context);
}

/** What the engine judges by. One that is switched off is handed on as distrusted, so that the verdict can name it. */
export async function currentAnchors(context: AnchorContext): Promise<readonly TrustAnchor[]> {
  const rows = await context.anchors.list();
  const own = rows.flatMap(({ certificate, isTrusted }) =>
    certificate === null ? [] : [trustAnchor(parseCertificate(certificate), isTrusted ? "email" : "none")],
  );
  const off = new Set(rows.filter(({ certificate }) => certificate === null).map((row) => row.fingerprint));
  if (off.size === 0) return [...own, ...(await context.builtInRoots())];
  const builtIn = [...(await builtInByName(context))].map(([name, anchor]) =>
    off.has(name) ? { ...anchor, purpose: "none" as const } : anchor,
  );
  return [...own, ...builtIn];
}
