import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import type typescript from "typescript";
import { describe, expect, it } from "vitest";

// Required and not imported: Vite would transform its nine megabytes first.
const ts = createRequire(import.meta.url)("typescript") as typeof typescript;

const root = resolve(import.meta.dirname, "..");
const TEST = /\.(test|security\.test|contract|spec)\.tsx?$/;

/** Who may import whom; `types` is `import type` only. */
const MATRIX: Record<string, Record<string, "all" | "types">> = {
  engine: {},
  settings: { engine: "all" },
  messages: { engine: "types", settings: "all" },
  storage: { engine: "types", settings: "all" },
  keys: { engine: "all", storage: "all" },
  background: { engine: "all", messages: "all", settings: "all", keys: "all", storage: "all" },
  webmail: { messages: "types" },
  content: { messages: "types", webmail: "all" },
  ui: { engine: "types", messages: "all", settings: "all" },
  cli: { engine: "all" },
};

/** The only packages that a folder may import, the longest folder that fits decides. ADR 0001: no ASN.1 package. */
const PACKAGES: Record<string, readonly RegExp[]> = {
  "src/engine": [],
  "src/engine/primitives": [/^node-forge\/lib\/\w+(\.js)?$/, /^@noble\/(ciphers|curves|hashes)(\/|$)/],
  "src/messages": [/^valibot$/],
  "src/settings": [/^valibot$/],
  "src/storage": [/^idb$/],
  "src/keys": [],
  "src/background": [],
  "src/ui": [/^preact(\/hooks)?$/, /^@preact\/signals$/],
  "src/ui/message": [/^preact(\/hooks)?$/, /^@preact\/signals$/, /^dompurify$/],
  "src/webmail": [],
  "src/content": [],
  "src/ui/compose": [/^preact(\/hooks)?$/, /^@preact\/signals$/, /^dompurify$/, /^squire-rte$/],
  "src/cli": [/^node:/],
};
/** Tests and tools run in Node and nowhere else. */
const TOOLS = [
  /^node:/,
  /^(vitest|vite|fast-check|fake-indexeddb|idb|happy-dom|typescript|preact|dompurify|valibot|node-forge|@noble)(\/|$)/,
  /^@(playwright\/test|axe-core\/playwright)$/,
  /^(playwright|puppeteer)-core$/,
];

const TOP_LEVEL = [
  ...["package.json", "tsconfig.json", "vite.config.ts", "manifest.json", "src", "public", "e2e", "README.md"],
  ...["LICENSE", "package-lock.json", "eslint.config.js", ".prettierrc.json", ".prettierignore", ".npmrc"],
  ...[".ci", ".gitignore", ".gitattributes"],
];

interface Import {
  readonly from: string;
  readonly name: string;
  readonly isType: boolean;
}

const tracked = (...paths: string[]): string[] =>
  execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "--", ...paths], {
    cwd: root,
    encoding: "utf8",
  })
    .split("\n")
    .filter((path) => path !== "" && existsSync(join(root, path)));

const sources = tracked("src", "e2e").filter((path) => /\.tsx?$/.test(path));
const read = (path: string): string => readFileSync(join(root, path), "utf8");

function importsOf(path: string): Import[] {
  const found: Import[] = [];
  const visit = (node: typescript.Node): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier !== undefined) {
      const name = (node.moduleSpecifier as typescript.StringLiteral).text;
      const isType = ts.isImportDeclaration(node)
        ? node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
        : node.isTypeOnly;
      found.push({ from: path, name, isType });
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments;
      found.push({ from: path, name: argument && ts.isStringLiteral(argument) ? argument.text : "?", isType: false });
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, read(path), ts.ScriptTarget.Latest));
  return found;
}

const imports = sources.flatMap(importsOf);
const isTool = (path: string): boolean => TEST.test(path) || path.startsWith("src/testing/") || path.startsWith("e2e/");
const folderOf = (path: string): string => path.split("/")[1] ?? "";
const show = (found: Import): string => `${found.from} imports ${found.name}`;

describe("architecture", () => {
  it("lets a folder import only the folders that the matrix gives it", () => {
    const wrong = imports
      .filter(({ from, name }) => !isTool(from) && name.startsWith("."))
      .filter(({ from, name, isType }) => {
        const target = relative(root, resolve(root, dirname(from), name));
        if (!target.startsWith("src/")) return true;
        const [own, other] = [folderOf(from), folderOf(target)];
        if (own === other) return false;
        const allowed = MATRIX[own]?.[other];
        return allowed === undefined || (allowed === "types" && !isType);
      });
    expect(wrong.map(show)).toEqual([]);
  });

  it("lets a folder import only the packages on its list", () => {
    const wrong = imports
      .filter(({ name }) => !name.startsWith("."))
      .filter(({ from, name, isType }) => {
        const folder = Object.keys(PACKAGES)
          .filter((candidate) => from.startsWith(`${candidate}/`))
          .sort((a, b) => b.length - a.length)[0];
        const allowed = isTool(from) ? TOOLS : (PACKAGES[folder ?? ""] ?? []);
        // The declarations of the browser's own interface: types, no code.
        if (isType && name === "webextension-polyfill")
          return !/^(src\/(background|content|ui|messages)|e2e)\//.test(from);
        return !allowed.some((pattern) => pattern.test(name));
      });
    expect(wrong.map(show)).toEqual([]);
  });

  it("imports nothing into the product by a name that is known only at run time", () => {
    expect(imports.filter(({ from, name }) => name === "?" && !isTool(from)).map(show)).toEqual([]);
  });

  it("lets only tests and tools import what is for tests", () => {
    const wrong = imports.filter(({ from, name }) => !isTool(from) && /(^|\/)testing\/|\.test\.ts/.test(name));
    expect(wrong.map(show)).toEqual([]);
  });

  it("keeps files at 300 lines, tests at 500, but for those that say why", () => {
    const long = sources.filter((path) => {
      const lines = read(path).split("\n");
      const limit = isTool(path) ? 500 : 300;
      return lines.length - 1 > limit && !lines.slice(0, 5).some((line) => line.includes("Longer than 300 lines:"));
    });
    expect(long).toEqual([]);
  });

  it("names no file after nothing in particular", () => {
    const vague = /(^|\/)(utils?|helpers?|common|manager|data|info|misc)\.tsx?$/;
    expect(sources.filter((path) => vague.test(path))).toEqual([]);
  });

  it("holds at the top level what the project is made of, and nothing else", () => {
    const top = new Set(tracked(".").map((path) => path.split("/")[0] ?? ""));
    expect([...top].filter((name) => !TOP_LEVEL.includes(name))).toEqual([]);
  });

  it("has a project of its own for every folder, each listed at the top and in the tests' project", () => {
    const folders = readdirSync(join(root, "src"), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !["adr", "testing"].includes(entry.name))
      .map((entry) => entry.name)
      .sort();
    const references = (path: string, strip: string): string[] =>
      (JSON.parse(read(path)) as { references: { path: string }[] }).references
        .map((reference) => reference.path.slice(strip.length))
        .filter((name) => name !== "")
        .sort();
    expect(Object.keys(MATRIX).sort()).toEqual(folders);
    expect(references("tsconfig.json", "./src/").map((name) => name.replace(/^\.\/src$/, ""))).toEqual(folders);
    expect(references("src/tsconfig.json", "./")).toEqual(folders);
    for (const folder of folders) {
      const expected = Object.keys(MATRIX[folder] ?? {}).sort();
      expect(references(`src/${folder}/tsconfig.json`, "../")).toEqual(expected);
    }
  });

  it("gives the engine neither the DOM nor Node nor the browser's interfaces", () => {
    const { compilerOptions } = JSON.parse(read("src/engine/tsconfig.json")) as {
      compilerOptions: { lib: string[]; types: string[] };
    };
    expect(compilerOptions.lib).toEqual(["es2024"]);
    expect(compilerOptions.types).toEqual([]);
  });

  it("switches no check off", () => {
    const off = /eslint-disable|@ts-(ignore|nocheck|expect-error)/;
    const own = relative(root, import.meta.filename);
    expect(sources.filter((path) => path !== own && off.test(read(path)))).toEqual([]);
  });
});

describe("manifest", () => {
  interface Manifest {
    readonly permissions: string[];
    readonly content_security_policy: { readonly extension_pages: string };
    readonly [key: string]: unknown;
  }
  const manifest = JSON.parse(read("manifest.json")) as Manifest;

  it("asks for these permissions and no others, and for no site before it is granted", () => {
    expect([...manifest.permissions].sort()).toEqual([
      "activeTab",
      "alarms",
      "idle",
      "scripting",
      "storage",
      "unlimitedStorage",
    ]);
    expect(manifest["optional_host_permissions"]).toEqual(["http://*/*", "https://*/*"]);
    for (const key of ["host_permissions", "optional_permissions", "externally_connectable", "content_scripts"]) {
      expect(manifest[key]).toBeUndefined();
    }
  });

  it("lets web pages frame the two pages that show nothing without a view, and no others", () => {
    expect(manifest["web_accessible_resources"]).toEqual([
      {
        resources: ["message/index.html", "compose/index.html"],
        matches: ["http://*/*", "https://*/*"],
        use_dynamic_url: true,
      },
    ]);
  });

  it("lets extension pages load and run only what the extension brings", () => {
    const policy = manifest.content_security_policy.extension_pages;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("connect-src 'self'");
    expect(policy).toContain("frame-ancestors http: https:;");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy.replace("frame-ancestors http: https:", "")).not.toMatch(/unsafe-eval|wasm|https?:|\*/);
  });
});
