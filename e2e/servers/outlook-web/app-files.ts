import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { transformWithOxc } from "vite";
import type { Reply } from "./http.ts";

const FOLDER = join(import.meta.dirname, "app");
const cache = new Map<string, Promise<Reply | null>>();

async function read(name: string): Promise<Reply | null> {
  const path = join(FOLDER, name);
  const content = readFileSync(path, "utf8");
  if (name.endsWith(".css")) return { type: "text/css", body: content };
  if (name.endsWith(".html")) return { type: "text/html", body: content };
  const { code } = await transformWithOxc(content, path, { target: "chrome148" });
  return { type: "text/javascript", body: code };
}

/** A file of the page: modules are TypeScript here and come without their types, under the same name. */
export async function appFile(name: string): Promise<Reply | null> {
  if (!/^[a-z-]+\.(ts|css|html)$/.test(name) || basename(name) !== name) return null;
  const known = cache.get(name) ?? read(name).catch(() => null);
  cache.set(name, known);
  return known;
}
