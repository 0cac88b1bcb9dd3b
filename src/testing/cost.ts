/** Octets of one pass. */
const PASS = 10_000_000;

async function cpuTime(run: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

function pass(): number {
  const octets = new Uint8Array(PASS);
  let sum = 0;
  for (let i = 0; i < octets.length; i++) sum = (sum + (octets[i] ?? 0) + i) & 0xffff;
  return sum;
}

/**
 * What `run` costs, in passes of a plain loop over ten million octets: both are measured in the same run as processor
 * time of this process, so that neither a slow machine nor a busy one changes the number much.
 */
export async function costInPasses(run: () => unknown): Promise<number> {
  onePass ??= Math.min(await cpuTime(pass), await cpuTime(pass), await cpuTime(pass));
  return (await cpuTime(run)) / onePass;
}

let onePass: number | null = null;
