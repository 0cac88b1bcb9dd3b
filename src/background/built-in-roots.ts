import { trustAnchorFromEmailRoot, type EmailRoot, type TrustAnchor } from "../engine/x509/trust-anchor.ts";

/**
 * Mozilla's roots for e-mail, which the extension brings (`public/email-roots.json`). Read once in a worker's life.
 *
 * @param load gives the parsed file
 */
export function builtInRoots(load: () => Promise<unknown>): () => Promise<readonly TrustAnchor[]> {
  let anchors: Promise<readonly TrustAnchor[]> | null = null;
  return () =>
    (anchors ??= load().then((file) => (file as { roots: readonly EmailRoot[] }).roots.map(trustAnchorFromEmailRoot)));
}
