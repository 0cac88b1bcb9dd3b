import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

export function readBytes(...path: readonly string[]): Uint8Array {
  return new Uint8Array(readFileSync(join(...path)));
}

export function readText(...path: readonly string[]): string {
  return readFileSync(join(...path), "utf8");
}

/** All files below a folder, sorted. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** The folder itself or one below it that has the named file: corpora are kept with and without their outer folders. */
export function folderWith(folder: string, name: string): string {
  if (existsSync(join(folder, name))) return folder;
  const found = filesBelow(folder).find((path) => basename(path) === basename(name) && path.endsWith(`/${name}`));
  if (found === undefined) throw new Error(`${name} is not there`);
  return found.slice(0, -name.length - 1);
}
