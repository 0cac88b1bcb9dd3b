import { readFile, writeFile } from "node:fs/promises";
import { UsageError } from "./arguments.ts";

/** Reads a file, or standard input for `-`. */
export async function readInput(path: string): Promise<Uint8Array> {
  try {
    if (path !== "-") return new Uint8Array(await readFile(path));
    const pieces: Buffer[] = [];
    for await (const piece of process.stdin) pieces.push(piece as Buffer);
    return new Uint8Array(Buffer.concat(pieces));
  } catch (error) {
    throw new UsageError(`cannot read ${path}: ${(error as NodeJS.ErrnoException).code ?? "unknown error"}`);
  }
}

/** Writes a file, or standard output for `-`. */
export async function writeOutput(path: string, bytes: Uint8Array): Promise<void> {
  try {
    if (path !== "-") {
      await writeFile(path, bytes);
      return;
    }
    await new Promise<void>((resolve, reject) => {
      process.stdout.write(bytes, (error) => {
        if (error) reject(error);
        else resolve();
      });
    });
  } catch (error) {
    throw new UsageError(`cannot write ${path}: ${(error as NodeJS.ErrnoException).code ?? "unknown error"}`);
  }
}
