import { spawn, type ChildProcess, type SpawnOptions } from "node:child_process";
import { createServer } from "node:net";
import { closeSync, openSync } from "node:fs";

/** A server of ours that runs until it is stopped, with everything that it has started itself. */
export interface Running {
  readonly stop: () => Promise<void>;
}

/** How long a server may take to end by itself. Milliseconds. */
const PATIENCE_MS = 5000;

/** The process groups that are to end with us, however we end. */
const groups = new Set<number>();
process.on("exit", () => {
  for (const group of groups) signalGroup(group, "SIGKILL");
});

function signalGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-group, signal);
    return true;
  } catch {
    return false;
  }
}

const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

async function stopGroup(group: number): Promise<void> {
  signalGroup(group, "SIGTERM");
  const end = Date.now() + PATIENCE_MS;
  while (Date.now() < end && signalGroup(group, 0)) await wait(20);
  signalGroup(group, "SIGKILL");
  groups.delete(group);
}

/**
 * Starts a server in a process group of its own.
 *
 * @param log file for what it says
 */
export function startServer(
  log: string,
  words: readonly [string, ...string[]],
  options: Pick<SpawnOptions, "env" | "uid" | "gid"> = {},
): Running {
  const [command, ...rest] = words;
  const output = openSync(log, "a");
  const child: ChildProcess = spawn(command, rest, {
    cwd: "/",
    ...options,
    detached: true,
    stdio: ["ignore", output, output],
  });
  closeSync(output);
  child.on("error", () => undefined);
  // Node waits for no server of ours.
  child.unref();
  const group = child.pid;
  if (group === undefined) throw new Error(`${command} cannot be started`);
  groups.add(group);
  return { stop: () => stopGroup(group) };
}

/** Ports of loopback on which nothing listens now. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<ReturnType<typeof createServer>>((done, fail) => {
          const server = createServer();
          server.once("error", fail);
          server.listen(0, "127.0.0.1", () => {
            done(server);
          });
        }),
    ),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}

/** Resolves when `test` holds; throws after `PATIENCE_MS` times four. */
export async function until(what: string, test: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 4 * PATIENCE_MS;
  while (!(await test().catch(() => false))) {
    if (Date.now() > end) throw new Error(`${what} does not come`);
    await wait(30);
  }
}
