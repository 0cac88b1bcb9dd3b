import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { EnvironmentOptions, Plugin } from "vite";
import { defineConfig } from "vitest/config";

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** A script of the extension that no page loads: one file, since a service worker cannot `import()`. */
const script = (name: string, entry: string, format: "es" | "iife" = "es"): EnvironmentOptions => ({
  consumer: "client",
  build: {
    outDir: at("dist/chromium"),
    emptyOutDir: false,
    copyPublicDir: false,
    rolldownOptions: {
      input: { [name]: at(entry) },
      output: { format, codeSplitting: false, entryFileNames: "[name].js" },
    },
  },
});

/** A program for Node: one file with everything in it. */
const program = (name: string, directory: string, entry: string): EnvironmentOptions => ({
  consumer: "server",
  resolve: { noExternal: true },
  build: {
    ssr: true,
    outDir: at(directory),
    target: "node20",
    minify: false,
    copyPublicDir: false,
    emptyOutDir: true,
    rolldownOptions: {
      input: { [name]: at(entry) },
      external: [/^node:/],
      output: { format: "es", codeSplitting: false, entryFileNames: "[name].js" },
    },
  },
});

interface Manifest extends Record<string, unknown> {
  readonly version: string;
  readonly background: Record<string, unknown>;
}

const without = (object: Record<string, unknown>, ...names: string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));

/** The same code for both browsers, each with the manifest keys that it knows. */
const writeExtensions = (): void => {
  cpSync(at("dist/chromium"), at("dist/firefox"), { recursive: true });
  const manifest = JSON.parse(readFileSync(at("manifest.json"), "utf8")) as Manifest;
  const write = (browser: string, content: unknown): void => {
    writeFileSync(at(`dist/${browser}/manifest.json`), JSON.stringify(content, null, 2));
  };
  write("chromium", {
    ...without(manifest, "browser_specific_settings"),
    background: without(manifest.background, "scripts"),
  });
  write("firefox", {
    ...without(manifest, "minimum_chrome_version", "message_serialization", "storage"),
    background: without(manifest.background, "service_worker"),
  });
};

const finish = (): Plugin => ({
  name: "signet:finish",
  apply: "build",
  buildApp: {
    order: "post",
    handler: () => {
      writeExtensions();
      if (existsSync(at("dist/cli"))) cpSync(at("public/email-roots.json"), at("dist/cli/email-roots.json"));
      return Promise.resolve();
    },
  },
});

const COSTS = "src/testing/quadratic-traps.security.test.ts";

export default defineConfig({
  root: at("src/ui"),
  publicDir: at("public"),
  base: "./",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    target: ["chrome148", "firefox153"],
    modulePreload: false,
    assetsInlineLimit: 0,
    sourcemap: false,
    reportCompressedSize: false,
  },
  plugins: [finish()],
  environments: {
    client: {
      build: {
        outDir: at("dist/chromium"),
        emptyOutDir: true,
        rolldownOptions: {
          input: [
            ...["compose", "first-run", "message", "open", "options"].map((page) => at(`src/ui/${page}/index.html`)),
            ...["confirm", "popup", "unlock"].map((page) => at(`src/ui/windows/${page}.html`)),
          ],
        },
      },
    },
    background: script("background", "src/background/main.ts"),
    content: script("content", "src/content/main.ts", "iife"),
    contentOutlookWeb: script("content-outlook-web", "src/content/outlook-web.ts", "iife"),
    contentRoundcube: script("content-roundcube", "src/content/roundcube.ts", "iife"),
    cli: program("signet", "dist/cli", "src/cli/main.ts"),
  },
  builder: {
    async buildApp(builder) {
      for (const environment of Object.values(builder.environments)) {
        const { input } = environment.config.build.rolldownOptions;
        // A program that this branch does not have yet is left out; the pages have several entries and always exist.
        const entries = typeof input === "object" ? Object.values(input) : [];
        if (entries.length > 0 && entries.every((entry) => existsSync(entry))) await builder.build(environment);
      }
    },
  },
  test: {
    root: at("."),
    // How long a test may hang. Two busy cores are ten times slower than two at rest.
    testTimeout: 30_000,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["src/**/*.test.ts", "e2e/servers/**/*.test.ts"],
          exclude: ["src/**/*.vectors.test.ts", "src/{content,ui}/**", COSTS],
          // Nothing here has a state of its own to be kept apart: loading everything anew for each file took most of the time.
          pool: "threads",
          isolate: false,
        },
      },
      // It counts processor time, which other threads of its process would add to.
      { extends: true, test: { name: "costs", include: [COSTS] } },
      // What runs in a page has one state for the page: a page for each file.
      { extends: true, test: { name: "pages", include: ["src/{content,ui}/**/*.test.{ts,tsx}"] } },
      { extends: true, test: { name: "vectors", include: ["src/**/*.vectors.test.ts"], testTimeout: 120_000 } },
      { extends: true, test: { name: "interop", include: ["e2e/{interop,tools}/**/*.test.ts"], testTimeout: 60_000 } },
    ],
  },
});
