/** What goes wrong on the way between the browser and Roundcube. */
export interface Fault {
  /**
   * `cut`: the connection ends before Roundcube hears of it. `lost`: Roundcube does what it was asked, and the answer
   * does not arrive. `slow`: the answer comes after some seconds. `expired`: the session ends before it. `other-token`: it
   * has the token of another session. `no-folder`: the folder for drafts is gone. `too-large`: a server in front of
   * Roundcube takes no request of this size.
   */
  readonly kind: "cut" | "lost" | "slow" | "expired" | "other-token" | "no-folder" | "too-large";
  /** Of the request's address: `_action=`. */
  readonly action: string;
  /** How often; always where it is not said. */
  readonly count?: number;
}

export interface Faults {
  /** Returns what takes it away again. */
  readonly add: (fault: Fault) => () => void;
  readonly take: (url: string) => Fault["kind"] | null;
  readonly clear: () => void;
}

export function createFaults(): Faults {
  const active = new Map<Fault, number>();
  return {
    add(fault) {
      active.set(fault, fault.count ?? Infinity);
      return () => active.delete(fault);
    },
    take(url) {
      const action = new URL(url, "http://roundcube").searchParams.get("_action");
      for (const [fault, left] of active) {
        if (fault.action !== action || left === 0) continue;
        active.set(fault, left - 1);
        return fault.kind;
      }
      return null;
    },
    clear() {
      active.clear();
    },
  };
}
