import { parseArgs } from "node:util";
import { readIsoTime } from "./time.ts";

/** A wrong call: exit status 2. */
export class UsageError extends Error {}

export type OptionSpec = Readonly<Record<string, "flag" | "value">>;

/** One option of the command line, in the order in which they stood: some bind to the one before. */
export interface GivenOption {
  readonly name: string;
  /** Empty for a flag. */
  readonly value: string;
}

export interface Arguments {
  readonly options: readonly GivenOption[];
  readonly positionals: readonly string[];
}

/** @throws {UsageError} for options that the command does not have, and for values that are missing */
export function parseArguments(args: readonly string[], spec: OptionSpec): Arguments {
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      Object.entries(spec).map(([name, kind]) => [name, { type: kind === "flag" ? "boolean" : "string" } as const]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const options: GivenOption[] = [];
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind !== "option") continue;
    const kind = Object.hasOwn(spec, token.name) ? spec[token.name] : undefined;
    if (!kind) throw new UsageError(`unknown option ${token.rawName}`);
    if (kind === "value" && token.value === undefined) throw new UsageError(`${token.rawName} needs a value`);
    if (kind === "flag" && token.value !== undefined) throw new UsageError(`${token.rawName} takes no value`);
    options.push({ name: token.name, value: token.value ?? "" });
  }
  return { options, positionals };
}

export function hasFlag({ options }: Arguments, name: string): boolean {
  return options.some((option) => option.name === name);
}

/** All values of an option that may be repeated. */
export function values({ options }: Arguments, name: string): string[] {
  return options.filter((option) => option.name === name).map(({ value }) => value);
}

/** The value of an option that may occur once. */
export function singleValue(args: Arguments, name: string): string | null {
  const [value, ...others] = values(args, name);
  if (others.length > 0) throw new UsageError(`--${name} may be given once`);
  return value ?? null;
}

/** The value of an option that has a few named choices. */
export function choice<T extends string>(args: Arguments, name: string, choices: readonly T[], byDefault: T): T {
  const value = singleValue(args, name) ?? byDefault;
  const chosen = choices.find((candidate) => candidate === value);
  if (chosen === undefined) throw new UsageError(`--${name} is one of ${choices.join(", ")}`);
  return chosen;
}

/** `--at`, in ISO 8601; now by default. */
export function timeOption(args: Arguments, name: string): Date {
  const value = singleValue(args, name);
  const time = value === null ? new Date() : readIsoTime(value);
  if (!time) throw new UsageError(`--${name} is a time like 2026-01-31T12:00:00Z`);
  return time;
}
