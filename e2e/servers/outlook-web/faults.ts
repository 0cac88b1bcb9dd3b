/**
 * slow: answers after `milliseconds`. silent: acts on nothing and never answers. unauthorized: 401. expired: 440. html:
 * a page instead of JSON. throttled: OverBudgetException. too-many-objects: ErrorTooManyObjectsOpened. cut: the
 * connection ends before the act. lost: it ends after the act. duplicated: the answer holds every part twice. repeated:
 * the act happens twice, as behind a proxy that sends again. truncated: MimeContent ends early. garbled: half the JSON.
 */
export type FaultKind =
  | "slow"
  | "silent"
  | "unauthorized"
  | "expired"
  | "html"
  | "throttled"
  | "too-many-objects"
  | "cut"
  | "lost"
  | "duplicated"
  | "repeated"
  | "truncated"
  | "garbled";

export interface Fault {
  readonly kind: FaultKind;
  /** As in the URL, or `*`. */
  readonly action: string;
  /** How many requests it hits; without it, until it is removed. */
  readonly count?: number;
  /** How many requests of that action pass before it. */
  readonly after?: number;
  /** Only for requests whose text holds this. */
  readonly where?: string;
  readonly milliseconds?: number;
}

export interface Faults {
  /** Returns a function that removes it. */
  readonly add: (fault: Fault) => () => void;
  readonly clear: () => void;
  /** The fault for this request, which counts it. */
  readonly take: (action: string, text: string) => Fault | undefined;
}

export function createFaults(): Faults {
  let faults: { fault: Fault; seen: number }[] = [];
  return {
    add: (fault) => {
      const entry = { fault, seen: 0 };
      faults.push(entry);
      return () => {
        faults = faults.filter((each) => each !== entry);
      };
    },
    clear: () => {
      faults = [];
    },
    take: (action, text) => {
      for (const entry of faults) {
        const { fault } = entry;
        if (fault.action !== "*" && fault.action !== action) continue;
        if (fault.where !== undefined && !text.includes(fault.where)) continue;
        entry.seen++;
        const hit = entry.seen - (fault.after ?? 0);
        if (hit >= 1 && hit <= (fault.count ?? Infinity)) return fault;
      }
      return undefined;
    },
  };
}
