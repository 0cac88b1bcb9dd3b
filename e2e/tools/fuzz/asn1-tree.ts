import { Tag } from "../../../src/engine/asn1/tag.ts";
import { CONSTRUCTED, readTlv } from "../../../src/engine/asn1/tlv.ts";
import { concatBytes } from "../../../src/engine/bytes/concat.ts";
import { SmimeError } from "../../../src/engine/errors.ts";

/** A value that can be changed at any place: its length is written anew, or as wrong as it is to be. */
export interface Asn1Node {
  tag: number;
  /** What is inside a constructed value, or inside a string that holds an encoding, after `prefix`. */
  children: Asn1Node[] | null;
  /** Of a string that holds an encoding: the octet of unused bits. */
  prefix: Uint8Array;
  /** Of a value without children. */
  content: Uint8Array;
  length: "shortest" | "indefinite" | { readonly octets: Uint8Array };
}

/** Deeper trees are left as octets. */
const MAX_DEPTH = 40;

/** All values of an encoding, also those inside OCTET STRINGs and BIT STRINGs; `null` where it is none. */
export function readTree(bytes: Uint8Array, depth = 0): Asn1Node[] | null {
  if (depth > MAX_DEPTH) return null;
  const nodes: Asn1Node[] = [];
  try {
    for (let offset = 0; offset < bytes.length;) {
      const { tag, content, bytes: whole } = readTlv(bytes, offset, "ber");
      offset += whole.length;
      nodes.push(node(tag, content, depth));
    }
  } catch (error) {
    if (error instanceof SmimeError) return null;
    throw error;
  }
  return nodes;
}

function node(tag: number, content: Uint8Array, depth: number): Asn1Node {
  const isConstructed = (tag & CONSTRUCTED) !== 0;
  const prefix = tag === Tag.BitString ? content.subarray(0, 1) : new Uint8Array(0);
  const holdsMore = tag === Tag.OctetString || tag === Tag.BitString || tag === 0x80;
  const inner = content.subarray(prefix.length);
  const children = isConstructed || (holdsMore && inner[0] === Tag.Sequence) ? readTree(inner, depth + 1) : null;
  return { tag, children, prefix, content, length: "shortest" };
}

export function writeTree(nodes: readonly Asn1Node[]): Uint8Array {
  return concatBytes(...nodes.map(writeNode));
}

export function writeNode({ tag, children, prefix, content, length }: Asn1Node): Uint8Array {
  const inside = children === null ? content : concatBytes(prefix, writeTree(children));
  if (length === "indefinite") return concatBytes(Uint8Array.of(tag, 0x80), inside, Uint8Array.of(0, 0));
  return concatBytes(Uint8Array.of(tag), length === "shortest" ? lengthOctets(inside.length) : length.octets, inside);
}

/** @param size of the number, where it is not to be the shortest (X.690 section 8.1.3.5) */
export function lengthOctets(length: number, size = 0): Uint8Array {
  if (length < 0x80 && size === 0) return Uint8Array.of(length);
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  while (octets.length < size) octets.unshift(0);
  return Uint8Array.of(0x80 | octets.length, ...octets);
}

/** What is changed in a copy stays as it was in the other. */
export function copyNode(node: Asn1Node): Asn1Node {
  return { ...node, children: node.children?.map(copyNode) ?? null };
}

/** A place in a tree: the list that a node stands in, and where. */
export interface Place {
  readonly siblings: Asn1Node[];
  readonly index: number;
  readonly node: Asn1Node;
}

export function places(nodes: Asn1Node[], found: Place[] = []): Place[] {
  for (const [index, node] of nodes.entries()) {
    found.push({ siblings: nodes, index, node });
    if (node.children) places(node.children, found);
  }
  return found;
}
