import { concatBytes } from "../../../src/engine/bytes/concat.ts";
import type { Random } from "./random.ts";

/** Octets on which something turns: zero, signs, lengths, tags, line ends, what opens and closes. */
const TURNING = Uint8Array.from([
  ...[0x00, 0x01, 0x02, 0x04, 0x05, 0x06, 0x0a, 0x0d, 0x20, 0x22, 0x28, 0x2d, 0x30, 0x31, 0x3a, 0x3b, 0x3c, 0x3d],
  ...[0x3f, 0x40, 0x5c, 0x7f, 0x80, 0x81, 0x82, 0x84, 0x88, 0xa0, 0xa1, 0xc2, 0xef, 0xfe, 0xff],
]);

/** How often a piece is repeated where an input grows. */
const REPETITIONS: readonly [number, ...number[]] = [2, 3, 10, 100, 2_000];

/** Changes octets without regard to what they mean; `donors` are whole inputs of any kind. */
export function mutateOctets(random: Random, octets: Uint8Array, donors: readonly Uint8Array[]): Uint8Array {
  return random.pick(MUTATIONS)(random, octets, donors);
}

type Mutation = (random: Random, octets: Uint8Array, donors: readonly Uint8Array[]) => Uint8Array;

const MUTATIONS: readonly [Mutation, ...Mutation[]] = [flip, flip, turn, turn, cut, remove, move, splice, grow];

function flip(random: Random, octets: Uint8Array): Uint8Array {
  const changed = octets.slice();
  for (let i = random.below(4); i >= 0; i--) changed[random.below(octets.length)]! ^= 1 << random.below(8);
  return changed;
}

function turn(random: Random, octets: Uint8Array): Uint8Array {
  const changed = octets.slice();
  const at = random.below(octets.length);
  changed.fill(TURNING[random.below(TURNING.length)]!, at, at + 1 + (random.oneIn(4) ? random.below(8) : 0));
  return changed;
}

function cut(random: Random, octets: Uint8Array): Uint8Array {
  const at = random.below(octets.length + 1);
  return random.oneIn(4) ? octets.slice(at) : octets.slice(0, at);
}

/** Somewhere, mostly short. */
function range(random: Random, octets: Uint8Array): readonly [start: number, end: number] {
  const start = random.below(octets.length + 1);
  const most = random.oneIn(3) ? octets.length - start : Math.min(16, octets.length - start);
  return [start, start + random.below(most + 1)];
}

function remove(random: Random, octets: Uint8Array): Uint8Array {
  const [start, end] = range(random, octets);
  return concatBytes(octets.subarray(0, start), octets.subarray(end));
}

function move(random: Random, octets: Uint8Array): Uint8Array {
  const [start, end] = range(random, octets);
  return insert(remove(random, octets), random, octets.subarray(start, end));
}

function splice(random: Random, octets: Uint8Array, donors: readonly Uint8Array[]): Uint8Array {
  const donor = random.pick(donors) ?? octets;
  const [start, end] = range(random, donor);
  return insert(random.oneIn(2) ? remove(random, octets) : octets, random, donor.subarray(start, end));
}

function grow(random: Random, octets: Uint8Array): Uint8Array {
  const [start, end] = range(random, octets);
  const piece = random.oneIn(3) ? Uint8Array.of(TURNING[random.below(TURNING.length)]!) : octets.subarray(start, end);
  return insert(octets, random, repeat(piece, random.pick(REPETITIONS)));
}

/** Octets that a repeated piece may have in all. */
const MAX_GROWTH = 32_768;

export function repeat(piece: Uint8Array, times: number): Uint8Array {
  const length = Math.min(MAX_GROWTH, piece.length * times);
  return length === 0 ? piece : new Uint8Array(Buffer.alloc(length, piece));
}

function insert(octets: Uint8Array, random: Random, piece: Uint8Array): Uint8Array {
  const at = random.below(octets.length + 1);
  return concatBytes(octets.subarray(0, at), piece, octets.subarray(at));
}
