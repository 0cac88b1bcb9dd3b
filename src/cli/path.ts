import { SmimeError } from "../engine/errors.ts";
import { choice, parseArguments, singleValue, timeOption, UsageError, values } from "./arguments.ts";
import { describeError, type Failure } from "./failure.ts";
import { readInput } from "./files.ts";
import { judgePath, type PathCase, type PathCaseResult, unreadable } from "./judge-path.ts";
import { anchorConstraints, givenInputs, INPUT_OPTIONS, policyInputs } from "./path-options.ts";
import { REVOCATION_OPTIONS, readRevocationFiles } from "./revocation.ts";
import { type CaseSources, readPathCase } from "./path-case.ts";
import { readAnchors, TRUST_OPTIONS } from "./trust.ts";

const OPTIONS = {
  ...TRUST_OPTIONS,
  ...REVOCATION_OPTIONS,
  ...INPUT_OPTIONS,
  purpose: "value",
  email: "value",
  cases: "value",
} as const;

/** `signet path`: one line of JSON for each leaf, or for each case of a file. Returns the exit status. */
export async function runPath(argv: readonly string[]): Promise<number> {
  const args = parseArguments(argv, OPTIONS);
  const purpose = choice(args, "purpose", ["email", "any"], "email");
  const at = timeOption(args, "at");
  const revocation = await readRevocationFiles(args);
  const inputs = givenInputs(args);
  const cases = singleValue(args, "cases");
  if (cases !== null) {
    if (args.positionals.length > 0) throw new UsageError("path takes --cases or LEAF files, not both");
    return judgeCases(cases, { read: readInput, anchors: () => readAnchors(args), at, purpose, revocation, inputs });
  }
  if (args.positionals.length === 0) throw new UsageError("path needs a LEAF");
  const question = {
    intermediates: await Promise.all(values(args, "intermediate").map(readInput)),
    at,
    purpose,
    email: singleValue(args, "email"),
    revocation,
    policies: policyInputs(inputs),
    anchorConstraints: anchorConstraints(inputs),
  };
  // Awaited by each leaf: an anchor that cannot be read is an answer about it.
  const anchors = readAnchors(args);
  let status = 0;
  for (const file of args.positionals) {
    const result = await judge(async () => ({ ...question, anchors: await anchors, leaf: await readInput(file) }));
    print({ file, ...result });
    if (result.error) status = 1;
  }
  return status;
}

/** A line is one case: the options of the command as JSON, in camel case, and `id` and `leaf`. */
async function judgeCases(file: string, sources: CaseSources): Promise<number> {
  const text = new TextDecoder().decode(await readInput(file));
  let status = 0;
  for (const [i, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const fields = parseLine(line, i + 1);
    const id = fields["id"] ?? null;
    const result = await judge(() => readPathCase(fields, sources));
    print({ id, ...result });
    if (result.error) status = 1;
  }
  return status;
}

/**
 * What is said of one leaf. A certificate that cannot be read is trusted by nobody, and an anchor that cannot be read
 * trusts nobody: that is an answer, and the error says why.
 */
async function judge(readCase: () => Promise<PathCase>): Promise<PathCaseResult | { readonly error: Failure }> {
  try {
    return await judgePath(await readCase());
  } catch (error) {
    return error instanceof SmimeError && error.code.startsWith("malformed.")
      ? unreadable(error)
      : { error: describeError(error) };
  }
}

function parseLine(line: string, number: number): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // Said below.
  }
  throw new UsageError(`line ${number} of the cases is no JSON object`);
}

function print(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
