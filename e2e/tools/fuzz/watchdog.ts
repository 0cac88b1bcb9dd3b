import { Worker } from "node:worker_threads";

/** Longer than any input may take, twice, on a machine that is busy with other things. Milliseconds. */
const PATIENCE_MS = 60_000;

/** Runs in a thread of its own, since the one that it watches may never come back to its event loop. */
const WATCH = `
  const { workerData } = require("node:worker_threads");
  const { writeSync } = require("node:fs");
  const { shared, patience } = workerData;
  let known = -1;
  setInterval(() => {
    const runs = Atomics.load(shared, 0);
    if (runs === known) {
      const seed = Atomics.load(shared, 1) >>> 0;
      writeSync(2, "fuzz: does not end: npm run fuzz -- --seed " + seed + " --runs 1 (and --built where it was given)\\n");
      process.kill(process.pid, "SIGKILL");
    }
    known = runs;
  }, patience);
`;

export interface Watchdog {
  /** Says that the input of this seed is next. */
  readonly begin: (seed: number) => void;
  readonly end: () => void;
}

/** Ends the process where an input never ends, and says which it was. */
export function watchdog(): Watchdog {
  const shared = new Int32Array(new SharedArrayBuffer(8));
  const worker = new Worker(WATCH, { eval: true, workerData: { shared, patience: PATIENCE_MS } });
  worker.unref();
  return {
    begin: (seed) => {
      Atomics.store(shared, 1, seed | 0);
      Atomics.add(shared, 0, 1);
    },
    end: () => void worker.terminate(),
  };
}
