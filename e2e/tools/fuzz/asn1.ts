import { encode, oid } from "../../../src/engine/asn1/writer.ts";
import { Tag } from "../../../src/engine/asn1/tag.ts";
import { CONSTRUCTED } from "../../../src/engine/asn1/tlv.ts";
import { Attribute, Cipher, ContentType, Digest, PublicKey, Signature } from "../../../src/engine/asn1/oids.ts";
import { concatBytes } from "../../../src/engine/bytes/concat.ts";
import { toBer } from "../../../src/testing/pkcs12-file.ts";
import {
  type Asn1Node,
  copyNode,
  lengthOctets,
  type Place,
  places,
  readTree,
  writeNode,
  writeTree,
} from "./asn1-tree.ts";
import { mutateOctets, repeat } from "./octets.ts";
import type { Random } from "./random.ts";

const LAYERS: readonly [number, ...number[]] = [1, 1, 2, 5, 64, 300, 10_000];
const COPIES: readonly [number, ...number[]] = [1, 1, 1, 2, 20, 300];
/** Octets that copies of a value may add. */
const MAX_GROWTH = 32_768;
const TAGS: readonly [number, ...number[]] = [
  ...([0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0a, 0x0c, 0x13, 0x16, 0x17, 0x18, 0x1e, 0x24, 0x30, 0x31, 0x00] as const),
  ...([0x80, 0x81, 0x82, 0x86, 0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0x1f, 0x9f, 0xbf, 0x7f, 0xff] as const),
];
const OIDS: readonly Uint8Array[] = [Attribute, Cipher, ContentType, Digest, PublicKey, Signature].flatMap((names) =>
  Object.values(names).map((dotted) => encode(oid(dotted)).subarray(2)),
);
const latin1 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "latin1"));
/** Contents at the ends of what a type may be. */
const EXTREMES: Readonly<Record<number, readonly Uint8Array[]>> = {
  [Tag.Integer]: [
    ...[[], [0], [0xff], [0x80], [0x7f, 0xff, 0xff, 0xff], [0, 0xff, 0xff, 0xff, 0xff], [0, 0, 1], [0x80, 0, 0, 0]].map(
      (octets) => Uint8Array.from(octets),
    ),
    repeat(Uint8Array.of(0x7f), 2_049),
    repeat(Uint8Array.of(0xff), 300),
  ],
  [Tag.Boolean]: [Uint8Array.of(), Uint8Array.of(0), Uint8Array.of(1), Uint8Array.of(0, 0)],
  [Tag.BitString]: [Uint8Array.of(), Uint8Array.of(0), Uint8Array.of(7), Uint8Array.of(8, 0), Uint8Array.of(0xff, 1)],
  [Tag.ObjectIdentifier]: [
    Uint8Array.of(),
    Uint8Array.of(0x80, 1),
    repeat(Uint8Array.of(0xff), 70),
    Uint8Array.of(0xff),
  ],
  0x17: ["", "000000000000Z", "991332256199Z", "4912312359Z", "491231235959+9999", "-00101000000Z"].map(latin1),
  0x18: ["", "00000101000000Z", "99991231235959Z", "20260230000000Z", "20260101000000.123456789Z"].map(latin1),
};

/**
 * Changes an encoding by its structure: values go, come again, move, take another's place, are wrapped, lie about their
 * length, or are encoded in another way. `null` where the input is no encoding.
 */
export function mutateAsn1(random: Random, octets: Uint8Array, donors: readonly Uint8Array[]): Uint8Array | null {
  if (random.oneIn(12)) return reEncode(octets);
  const tree = readTree(octets);
  if (!tree) return null;
  for (let times = random.below(3); times >= 0; times--) {
    const place = random.pick(places(tree));
    if (place) random.pick(CHANGES)(random, place, donors);
  }
  return writeTree(tree);
}

/** Everything in indefinite lengths, strings in pieces; `null` where it is BER already. */
function reEncode(octets: Uint8Array): Uint8Array | null {
  try {
    return toBer(octets);
  } catch {
    return null;
  }
}

type Change = (random: Random, place: Place, donors: readonly Uint8Array[]) => void;

const CHANGES: readonly [Change, ...Change[]] = [
  (_random, { siblings, index }) => siblings.splice(index, 1),
  (random, { siblings, index, node }) => {
    const most = Math.ceil(MAX_GROWTH / Math.max(1, writeNode(node).length));
    const copies = Math.min(random.pick(COPIES), most);
    siblings.splice(index, 0, ...Array.from({ length: copies }, () => copyNode(node)));
  },
  (random, { siblings, index, node }) => {
    const other = random.below(siblings.length);
    siblings[index] = siblings[other]!;
    siblings[other] = node;
  },
  (random, { siblings, index }, donors) => {
    const foreign = foreignNode(random, donors);
    if (foreign) siblings.splice(index, random.below(2), foreign);
  },
  (random, { siblings, index, node }) => {
    siblings[index] = nested(random, node);
  },
  (random, { node }) => {
    node.tag = random.oneIn(3) ? random.below(256) : random.oneIn(3) ? node.tag ^ CONSTRUCTED : random.pick(TAGS);
  },
  (random, { node }, donors) => {
    if (node.children === null && node.content.length > 0) node.content = mutateOctets(random, node.content, donors);
  },
  (random, { node }) => {
    const extremes = EXTREMES[node.tag] ?? [new Uint8Array(0), random.octets(9), repeat(Uint8Array.of(0x41), 3_000)];
    node.children = null;
    node.content = random.pick(extremes) ?? node.content;
  },
  (random, { siblings, index }) => {
    const ids = siblings.flatMap((sibling, at) => (sibling.tag === Tag.ObjectIdentifier ? [at] : []));
    const named = siblings[random.pick(ids) ?? index]!;
    if (named.tag === Tag.ObjectIdentifier) named.content = random.pick(OIDS) ?? named.content;
  },
  (random, { node }) => {
    const { length } = writeNode(node);
    node.length = random.pick<Asn1Node["length"]>([
      "indefinite",
      { octets: lengthOctets(length, 1 + random.below(8)) },
      { octets: lengthOctets(Math.max(0, length - 2 + random.below(3))) },
      { octets: lengthOctets(2 ** (7 + 8 * random.below(6))) },
      { octets: Uint8Array.of(0xff) },
    ]);
  },
];

function foreignNode(random: Random, donors: readonly Uint8Array[]): Asn1Node | null {
  const tree = readTree(random.pick(donors) ?? new Uint8Array(0));
  return (tree && random.pick(places(tree))?.node) ?? null;
}

/** The value inside so many others, of definite length while that is cheap to write. */
function nested(random: Random, node: Asn1Node): Asn1Node {
  const layers = random.pick(LAYERS);
  const tag = random.pick([0x30, 0x31, 0x24, 0xa0, node.tag | CONSTRUCTED]);
  const around = Uint8Array.of(tag, 0x80);
  const content = concatBytes(repeat(around, layers - 1), writeNode(node), new Uint8Array(2 * (layers - 1)));
  return {
    tag,
    children: null,
    prefix: new Uint8Array(0),
    content,
    length: random.oneIn(2) ? "indefinite" : "shortest",
  };
}
