/**
 * Entries in buckets by a hash of their serial number. Sorting by counting costs the same whatever the numbers are: an
 * issuer who made all of them fall into one bucket would slow down the look-ups in that list, and nothing else.
 */
export interface SerialBuckets {
  /** Where each bucket starts in `order`, and at last where the last one ends. The number of buckets is a power of 2. */
  readonly bucketStarts: Uint32Array;
  /** Numbers of entries, bucket by bucket. */
  readonly order: Uint32Array;
}

export function sortIntoBuckets(hashes: Uint32Array): SerialBuckets {
  const count = 2 ** Math.ceil(Math.log2(Math.max(1, hashes.length)));
  const bucketStarts = new Uint32Array(count + 1);
  for (const hash of hashes) bucketStarts[(hash & (count - 1)) + 1]! += 1;
  for (let i = 1; i <= count; i++) bucketStarts[i]! += bucketStarts[i - 1]!;
  const order = new Uint32Array(hashes.length);
  // Filling from the end moves each start from where its bucket ends to where it begins.
  const next = bucketStarts.subarray(1);
  for (let entry = hashes.length - 1; entry >= 0; entry--) {
    const bucket = hashes[entry]! & (count - 1);
    next[bucket]! -= 1;
    order[next[bucket]!] = entry;
  }
  // Now every start stands one place too far: what was the end of a bucket is its beginning.
  bucketStarts.copyWithin(0, 1);
  bucketStarts[count] = hashes.length;
  return { bucketStarts, order };
}
