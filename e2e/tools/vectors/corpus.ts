/**
 * A test suite made by others. What is right comes from that suite (its own expectations) or from what another program
 * says of the same file, never from our own output.
 */
export interface Corpus {
  readonly name: string;
  /** Where it is; `null` for corpora that are only found in a folder of corpora. */
  readonly source: DebianSource | null;
  /** Fetched only when it is asked for by name: all that is always fetched together stays near 100 MB. */
  readonly onlyWhenNamed?: true;
  /** Of so many cases one is run where the corpus is not named: all of them take too long for every day. */
  readonly oneOf?: number;
  /** Reads the suite's expectations. Throws where the folder is not what the adapter knows. */
  readonly cases: (folder: string) => readonly VectorCase[];
}

/** A Debian source package, whose orig.tar apt fetches and verifies. */
export interface DebianSource {
  readonly package: string;
  /** Another suite than the system's, for what is in no other yet; its index is fetched for it alone. */
  readonly suite?: "trixie" | "sid";
  /** The paths in it that are wanted, as tar patterns below the tarball's own folder. */
  readonly paths: readonly string[];
}

export interface VectorCase {
  /** Unique in its corpus. */
  readonly name: string;
  /** One word, or a few: what the suite says. */
  readonly expected: string;
  /**
   * What the engine says, in the same words; an SmimeError counts as `error <code>`. What stands in brackets after it is
   * for the reader only.
   */
  readonly actual: () => Promise<string> | string;
}
