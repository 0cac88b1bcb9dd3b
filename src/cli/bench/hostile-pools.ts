import { implicitPrimitive, constructed, oid, sequence } from "../../engine/asn1/writer.ts";
import type { Certificate } from "../../engine/x509/certificate.ts";
import { ExtensionId } from "../../engine/x509/extension.ts";
import { type BenchKey, extensionDer, issue, makeKey, unsigning } from "./bench-certificates.ts";

/** A question for the path finder that a hostile message may ask. */
export interface Pool {
  readonly leaf: Certificate;
  readonly root: Certificate;
  readonly intermediates: readonly Certificate[];
}

const MANY = 10_000;

/** Ten thousand certificates of the leaf's issuer, none of which has the key. */
export async function sameNames(): Promise<Pool> {
  const [root, ca, impostor, alice] = await keys("Root", "CA", "CA", "Alice");
  const crowd: Certificate[] = [];
  for (let i = 0; i < MANY; i++) crowd.push(await issue(unsigning(root), withOtherModulus(impostor), "ca"));
  return { leaf: await issue(ca, alice, "leaf"), root: await issue(root, root, "ca"), intermediates: crowd };
}

/** A key of its own for each of thousands, which nobody has to make: its modulus is random. */
function withOtherModulus(key: BenchKey): BenchKey {
  const spki = key.spki.slice();
  // The exponent, 65537, takes the last five octets; the first of the modulus keep its size, the last keeps it odd.
  crypto.getRandomValues(spki.subarray(-128, -6));
  return { ...key, spki };
}

/** CAs that have all issued one another, and none of which leads to an anchor. */
export async function crossCertificates(): Promise<Pool> {
  const size = 12;
  const mesh = await Promise.all(Array.from({ length: size }, (_, i) => makeKey(`Mesh ${String(i)}`)));
  const [root, alice] = await keys("Root", "Alice");
  const intermediates = await Promise.all(
    mesh.flatMap((issuer) => mesh.filter((other) => other !== issuer).map((other) => issue(issuer, other, "ca"))),
  );
  return { leaf: await issue(mesh[0]!, alice, "leaf"), root: await issue(root, root, "ca"), intermediates };
}

/** A chain each certificate of which has ten thousand policies, and maps as many. */
export async function manyPolicies(): Promise<Pool> {
  const policy = (i: number) => oid(`1.3.6.1.4.1.99999.8.${String(i)}`);
  const numbers = Array.from({ length: MANY }, (_, i) => i);
  const policies = extensionDer(
    ExtensionId.certificatePolicies,
    true,
    sequence(...numbers.map((i) => sequence(policy(i)))),
  );
  const mappings = extensionDer(
    ExtensionId.policyMappings,
    true,
    sequence(...numbers.map((i) => sequence(policy(i), policy((i * 7) % MANY)))),
  );
  const explicitPolicy = extensionDer(
    ExtensionId.policyConstraints,
    true,
    sequence(implicitPrimitive(0, Uint8Array.of(0))),
  );
  return chain((isLeaf) => (isLeaf ? [policies] : [policies, mappings, explicitPolicy]));
}

/** A chain that excludes ten thousand subtrees, and a leaf of a thousand names. */
export async function manyNameConstraints(): Promise<Pool> {
  const host = (prefix: string, i: number) =>
    implicitPrimitive(1, new TextEncoder().encode(`${prefix}${String(i)}.example.com`));
  const subtrees = Array.from({ length: MANY }, (_, i) => sequence(host("host", i)));
  const constraints = extensionDer(ExtensionId.nameConstraints, true, sequence(constructed(0xa1, ...subtrees)));
  const names = Array.from({ length: 1000 }, (_, i) => host("alice@mail", i));
  const altNames = extensionDer(ExtensionId.subjectAltName, false, sequence(...names));
  return chain((isLeaf) => (isLeaf ? [altNames] : [constraints]));
}

async function chain(extensions: (isLeaf: boolean) => Parameters<typeof issue>[3]): Promise<Pool> {
  const [root, first, second, alice] = await keys("Root", "First", "Second", "Alice");
  return {
    root: await issue(root, root, "ca"),
    intermediates: [
      await issue(root, first, "ca", extensions(false)),
      await issue(first, second, "ca", extensions(false)),
    ],
    leaf: await issue(second, alice, "leaf", extensions(true)),
  };
}

async function keys(...names: readonly string[]): Promise<[BenchKey, BenchKey, BenchKey, BenchKey]> {
  const [a, b = a, c = a, d = a] = await Promise.all(names.map(makeKey));
  if (!a || !b || !c || !d) throw new Error("no names");
  return [a, b, c, d];
}
