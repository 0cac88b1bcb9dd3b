import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { readInput } from "./files.ts";

/** The first line of a file. */
export async function readPassphraseFile(path: string): Promise<string> {
  const text = new TextDecoder().decode(await readInput(path));
  return text.split(/\r?\n/, 1)[0] ?? "";
}

/** Asks on the terminal, without showing what is typed; empty where there is no terminal to ask on. */
export async function askPassphrase(file: string): Promise<string> {
  if (!process.stdin.isTTY) return "";
  process.stderr.write(`Passphrase of ${file}: `);
  const silent = new Writable({
    write(_chunk, _encoding, done) {
      done();
    },
  });
  const terminal = createInterface({ input: process.stdin, output: silent, terminal: true });
  const line = await new Promise<string>((resolve) => {
    terminal.question("", resolve);
  });
  terminal.close();
  process.stderr.write("\n");
  return line;
}
