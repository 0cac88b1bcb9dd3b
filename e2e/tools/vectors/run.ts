import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { corpora } from "./corpora/index.ts";
import { opensslComparison } from "./corpora/openssl-comparison.ts";
import type { Corpus, VectorCase } from "./corpus.ts";
import { debianSources } from "./debian-source.ts";
import { isCrash, outcome } from "./outcome.ts";

const ROOT = resolve(import.meta.dirname, "../../..");

/** Corpus, then why the engine's answer differs from the suite's, then the cases of which that is said. */
export type Exceptions = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

export interface Disagreement {
  readonly name: string;
  readonly expected: string;
  readonly actual: string;
}

export interface CorpusResult {
  readonly corpus: string;
  /** Not where a folder has no adapter: it is compared with OpenSSL, and differences are shown but do not fail. */
  readonly isReviewed: boolean;
  /** Why it did not run; `null` where it did. */
  readonly skipped: string | null;
  readonly cases: number;
  readonly agreeing: number;
  /** Disagreements that the exceptions file explains. */
  readonly exceptions: readonly Disagreement[];
  /** Disagreements without an explanation, and crashes. */
  readonly failures: readonly Disagreement[];
  /** Exceptions that agree, or whose case is gone: the entry has to go. */
  readonly unexpectedSuccesses: readonly string[];
}

/**
 * Runs all corpora that are at hand: in `$SIGNET_CORPORA` or `../shared/corpora`, a folder for each by its name, or
 * fetched from Debian's source packages into node_modules/.cache/corpora.
 *
 * @param only names of corpora; empty for all
 */
export async function runVectors(only: readonly string[] = []): Promise<CorpusResult[]> {
  const path = join(import.meta.dirname, "exceptions.json");
  const exceptions = JSON.parse(readFileSync(path, "utf8")) as Exceptions;
  const locate = corpusFolders(only);
  const results: CorpusResult[] = [];
  for (const corpus of corpora) {
    if (only.length > 0 && !only.includes(corpus.name)) continue;
    let cases: readonly VectorCase[];
    try {
      const all = corpus.cases(locate(corpus));
      const { oneOf = 1 } = corpus;
      cases = only.length > 0 ? all : all.filter((_, i) => i % oneOf === 0);
    } catch (error) {
      results.push(skippedCorpus(corpus.name, error instanceof Error ? error.message : String(error)));
      continue;
    }
    const excused = Object.values(exceptions[corpus.name] ?? {}).flat();
    const names = new Set(cases.map(({ name }) => name));
    const isAsked = (name: string): boolean => corpus.oneOf === undefined || names.has(name);
    results.push(await runCorpus(corpus.name, cases, new Set(excused.filter(isAsked))));
  }
  for (const [name, folder] of unknownFolders()) {
    if (only.length > 0 && !only.includes(name)) continue;
    const cases = opensslComparison(folder);
    const everything = new Set(cases.map((vector) => vector.name));
    const result = await runCorpus(name, cases, everything);
    results.push({ ...result, isReviewed: false, unexpectedSuccesses: [] });
  }
  return results;
}

/** Folders of corpora at hand that no adapter is named after. */
function unknownFolders(): [name: string, folder: string][] {
  return shelves()
    .filter((shelf) => existsSync(shelf))
    .flatMap((shelf) => readdirSync(shelf).map((name): [string, string] => [name, join(shelf, name)]))
    .filter(([name]) => !name.startsWith(".") && !corpora.some((corpus) => corpus.name === name))
    .filter(([, folder]) => statSync(folder).isDirectory());
}

/** Where folders of corpora may be. */
export function shelves(): readonly string[] {
  return [process.env["SIGNET_CORPORA"] ?? "", resolve(ROOT, "../shared/corpora")].filter(Boolean);
}

function corpusFolders(named: readonly string[]): (corpus: Corpus) => string {
  const cache = join(ROOT, "node_modules/.cache/corpora");
  mkdirSync(cache, { recursive: true });
  const fetchSource = debianSources(cache);
  return ({ name, source, onlyWhenNamed }) => {
    const local = shelves()
      .map((shelf) => join(shelf, name))
      .find((folder) => existsSync(folder));
    if (local !== undefined) return local;
    if (source === null) throw new Error("in no folder of corpora");
    if (onlyWhenNamed && !named.includes(name)) throw new Error("fetched only when named");
    return fetchSource(source);
  };
}

async function runCorpus(
  corpus: string,
  cases: readonly VectorCase[],
  excused: ReadonlySet<string>,
): Promise<CorpusResult> {
  const exceptions: Disagreement[] = [];
  const failures: Disagreement[] = [];
  const unexpectedSuccesses = new Set(excused);
  for (const { name, expected, actual: run } of cases) {
    const actual = await outcome(run);
    if (actual === expected || actual.startsWith(`${expected} (`)) continue;
    const isExcused = excused.has(name) && !isCrash(actual);
    (isExcused ? exceptions : failures).push({ name, expected, actual });
    if (isExcused) unexpectedSuccesses.delete(name);
  }
  return {
    corpus,
    isReviewed: true,
    skipped: null,
    cases: cases.length,
    agreeing: cases.length - exceptions.length - failures.length,
    exceptions,
    failures,
    unexpectedSuccesses: [...unexpectedSuccesses],
  };
}

function skippedCorpus(corpus: string, reason: string): CorpusResult {
  const nothing = { cases: 0, agreeing: 0, exceptions: [], failures: [], unexpectedSuccesses: [] };
  return { corpus, isReviewed: true, skipped: reason, ...nothing };
}
