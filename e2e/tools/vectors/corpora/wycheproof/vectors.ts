/** One test: its fields are hexadecimal, but for these. */
export interface Test {
  readonly tcId: number;
  readonly comment: string;
  /** "acceptable": legal in one reading, so that either answer is right, but none may be a crash. */
  readonly result: "valid" | "invalid" | "acceptable";
  readonly [field: string]: unknown;
}

/** Tests that share a key or parameters. */
export interface Group {
  readonly tests: readonly Test[];
  readonly [field: string]: unknown;
}

/** A file of the suite. */
export interface VectorFile {
  readonly schema: string;
  readonly testGroups: readonly Group[];
}

/** What the engine says of a test: `true` where it accepts it, and what comes out is what the suite has. */
export type Run = (test: Test) => Promise<boolean> | boolean;

/** Makes the run of a group's tests; `null` where the group is of a kind that S/MIME, or this engine, does not have. */
export type Runner = (group: Group) => Run | null;

export function octets(value: unknown): Uint8Array {
  return new Uint8Array(Buffer.from(value as string, "hex"));
}
