import "fake-indexeddb/auto";
import { pageContext, type PageContext, type PageContextParts } from "../background/page-context.ts";
import { memorySession, type MemorySession } from "./session-memory.ts";

export interface TestContext extends PageContext {
  readonly session: MemorySession;
}

/** The background's context over the `indexedDB` of the moment; the clock stands at `at` unless `now` is given. */
export function testPageContext(parts: Partial<PageContextParts> = {}): TestContext {
  const session = memorySession();
  const context = pageContext({
    session,
    persistence: {},
    builtInRoots: () => Promise.resolve([]),
    managed: () => Promise.resolve({}),
    grantedPatterns: () => Promise.resolve([]),
    verdictsInTab: () => Promise.resolve([]),
    openInView: () => Promise.resolve(),
    opened: () => undefined,
    locked: () => undefined,
    answered: () => undefined,
    now: () => Date.now(),
    ...parts,
  });
  return { ...context, session };
}
