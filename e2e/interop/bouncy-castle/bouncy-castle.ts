import { existsSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { at } from "../openssl.ts";
import { isInstalled, runPeer } from "../peer.ts";

/** Where Debian's libbcpkix-java and what it depends on lie. */
const JARS = ["bcprov", "bcutil", "bcpkix"].map((name) => `/usr/share/java/${name}.jar`);
const CLASSES = "bc-classes";

export const hasBouncyCastle = isInstalled("java", "ecj") && JARS.every((jar) => existsSync(jar));

/** Compiles Bc.java by ecj, which is a twentieth of a JDK. */
export function compileBouncyCastle(): void {
  mkdirSync(at(CLASSES), { recursive: true });
  const source = resolve(import.meta.dirname, "Bc.java");
  const options = ["-17", "-proc:none", "-nowarn", "-cp", JARS.join(":"), "-d", CLASSES];
  const { status, stderr } = runPeer("ecj", [...options, source]);
  if (status !== 0) throw new Error(stderr);
}

/** Runs all commands in one process; the answers, "ok" or "failed: why", by the commands' names. */
export function bouncyCastle(commands: ReadonlyMap<string, readonly string[]>): Map<string, string> {
  const classPath = [...JARS, join(at("."), CLASSES)].join(":");
  const input = [...commands.values()].map((words) => `${words.join("\t")}\n`).join("");
  const options = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", classPath];
  const { stdout, stderr } = runPeer("java", [...options, "Bc"], { input });
  const answers = stdout.split("\n").slice(0, -1);
  if (answers.length !== commands.size) throw new Error(`Bouncy Castle stopped: ${stderr}`);
  return new Map([...commands.keys()].map((name, i) => [name, answers[i] ?? ""]));
}
