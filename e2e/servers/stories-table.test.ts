import { readFileSync, readdirSync } from "node:fs";
import { resolve } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const ROOT = resolve(import.meta.dirname, "../..");
const read = (path: string): string => readFileSync(resolve(ROOT, path), "utf8");

/** A story that one webmail alone tells, with what is so on each. */
type Row = readonly [path: string, outlookWeb: string, roundcube: string];

const storiesIn = (folder: string): readonly string[] =>
  readdirSync(resolve(ROOT, folder))
    .filter((name) => name.endsWith(".spec.ts"))
    .map((name) => `${folder}/${name}`);

/** What a story is annotated with, by `differs("…", "…")` in front of its first test. */
function annotationsOf(path: string): readonly Row[] {
  const rows: Row[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === "differs") {
      const [outlookWeb = "", roundcube = ""] = node.arguments.map((word) =>
        ts.isStringLiteral(word) ? word.text : "",
      );
      rows.push([path, outlookWeb, roundcube]);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, read(path), ts.ScriptTarget.Latest));
  return rows;
}

const stories = ["e2e/outlook-web", "e2e/roundcube"].flatMap(storiesIn);
const annotated = stories.flatMap(annotationsOf);

/** The rows of the README's table, as it stands there. */
const written = [...read("README.md").matchAll(/^\| `(e2e\/[\w/.-]+\.spec\.ts)` +\| (.*?) +\| (.*?) +\|$/gm)].map(
  ([, path = "", outlookWeb = "", roundcube = ""]): Row => [path, outlookWeb, roundcube],
);

describe("the README's table of webmails", () => {
  it("has a sentence for each webmail in every story that is told on one alone", () => {
    expect(annotated.map(([path]) => path)).toEqual(stories);
    expect(annotated.filter(([, ...sentences]) => sentences.some((sentence) => sentence === ""))).toEqual([]);
  });

  it("is made of these sentences, and of no others", () => {
    expect(written).toEqual(annotated);
  });
});
