import { Tag } from "../../../src/engine/asn1/tag.ts";
import { places, readTree } from "./asn1-tree.ts";

/** As many take a tenth of a second. */
const MANY_ITERATIONS = 100_000;

/**
 * Whether an input says that deriving its key takes more iterations than a test has time for: an INTEGER of three to five
 * octets behind the salt (RFC 8018 appendix A.2, RFC 7292 section 4). The engine holds such numbers by limits of their
 * own (`MAX_KDF_ITERATIONS`), beyond two seconds, since a person asked for the file and gave its passphrase.
 */
export function statesManyIterations(octets: Uint8Array): boolean {
  const tree = readTree(octets);
  return (
    tree !== null &&
    places(tree).some(({ siblings, index, node }) => {
      const isBehindSalt = siblings[index - 1]?.tag === Tag.OctetString;
      return node.tag === Tag.Integer && isBehindSalt && numberOf(node.content) > MANY_ITERATIONS;
    })
  );
}

function numberOf(content: Uint8Array): number {
  return content.length > 5 ? 0 : content.reduce((sum, octet) => sum * 256 + octet, 0);
}
