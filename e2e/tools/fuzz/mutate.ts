import { mutateAsn1 } from "./asn1.ts";
import { mutateMime } from "./mime.ts";
import { mutateOctets } from "./octets.ts";
import type { Random } from "./random.ts";
import type { Seed } from "./seeds.ts";

/** Longer inputs are cut off. Octets. */
export const MAX_INPUT = 65_536;

/** Few changes keep most of an input readable, so that what lies deep is reached; sometimes there are many. */
const CHANGES: readonly [number, ...number[]] = [1, 1, 1, 2, 3, 8];

/** An input that nobody would write, made of one of the seeds with pieces of the others. */
export function mutate(random: Random, seed: Seed, seeds: Donors): Uint8Array {
  let octets = seed.octets;
  for (let times = random.pick(CHANGES); times > 0; times--)
    octets = mutateOnce(random, octets, seeds).slice(0, MAX_INPUT);
  return octets;
}

/** What pieces are taken from. */
export interface Donors {
  readonly texts: readonly Uint8Array[];
  readonly encodings: readonly Uint8Array[];
}

export function donors(seeds: readonly Seed[]): Donors {
  const octets = seeds.map((seed) => seed.octets);
  return { texts: octets.filter(isText), encodings: octets.filter((each) => !isText(each)) };
}

function mutateOnce(random: Random, octets: Uint8Array, { texts, encodings }: Donors): Uint8Array {
  if (octets.length === 0) return random.octets(40);
  if (random.oneIn(4)) return mutateOctets(random, octets, isText(octets) ? texts : encodings);
  if (isText(octets)) return mutateMime(random, octets, texts, encodings);
  return mutateAsn1(random, octets, encodings) ?? mutateOctets(random, octets, encodings);
}

/** Texts of these formats begin with a letter or a dash; encodings with a SEQUENCE, a store with zero. */
function isText([first = 0]: Uint8Array): boolean {
  return first > 0x30 || first === 0x2d;
}
