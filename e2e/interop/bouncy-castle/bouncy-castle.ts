import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { at } from "../openssl.ts";
import { isInstalled, runPeer } from "../peer.ts";

/** Where Debian's libbcpkix-java and what it depends on lie. */
const JARS = ["bcprov", "bcutil", "bcpkix"].map((name) => `/usr/share/java/${name}.jar`);
const CLASSES = "bc-classes";

export const hasBouncyCastle = isInstalled("java", "ecj") && JARS.every((jar) => existsSync(jar));

/** Compiles Bc.java by ecj, which is a twentieth of a JDK. */
function compile(): void {
  mkdirSync(at(CLASSES), { recursive: true });
  const source = resolve(import.meta.dirname, "Bc.java");
  const options = ["-17", "-proc:none", "-nowarn", "-cp", JARS.join(":"), "-d", CLASSES];
  const { status, stderr } = runPeer("ecj", [...options, source]);
  if (status !== 0) throw new Error(stderr);
}

/** Bouncy Castle in a process of its own, which does what it is asked, one thing after the other. */
export class BouncyCastle {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #answers: AsyncIterator<string, undefined>;

  constructor() {
    compile();
    const classPath = [...JARS, join(at("."), CLASSES)].join(":");
    const options = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", classPath];
    this.#process = spawn("java", [...options, "Bc"], { cwd: at(".") });
    this.#process.stderr.resume();
    this.#answers = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
  }

  /** @throws {Error} with what it says, where it fails */
  async ask(...words: readonly string[]): Promise<void> {
    this.#process.stdin.write(`${words.join("\t")}\n`);
    const answer: IteratorResult<string, undefined> = await this.#answers.next();
    if (answer.done === true) throw new Error("Bouncy Castle stopped");
    if (answer.value !== "ok") throw new Error(answer.value);
  }

  /** It ends with its input. */
  stop(): void {
    this.#process.stdin.end();
  }
}
