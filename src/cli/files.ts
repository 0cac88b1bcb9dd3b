import { readFile, writeFile } from "node:fs/promises";

/** A file that cannot be read or written; `reason` is the system's code, like `ENOENT`. */
export class FileError extends Error {
  readonly code: "file.unreadable" | "file.unwritable";
  readonly context: { readonly file: string; readonly reason: string };

  constructor(code: FileError["code"], file: string, cause: unknown) {
    super(code, { cause });
    this.code = code;
    this.context = { file, reason: (cause as NodeJS.ErrnoException).code ?? "unknown" };
  }
}

/** Reads a file, or standard input for `-`. */
export async function readInput(path: string): Promise<Uint8Array> {
  try {
    if (path !== "-") return new Uint8Array(await readFile(path));
    const pieces: Buffer[] = [];
    for await (const piece of process.stdin) pieces.push(piece as Buffer);
    return new Uint8Array(Buffer.concat(pieces));
  } catch (error) {
    throw new FileError("file.unreadable", path, error);
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
    throw new FileError("file.unwritable", path, error);
  }
}
