import { vi, type Mock } from "vitest";
import type { MailContext } from "../background/mail-context.ts";
import { importFor } from "../background/use-cases/contacts.ts";
import { currentPeople } from "../background/use-cases/person-decisions.ts";
import { viewsIn } from "../background/use-cases/views.ts";
import { testPageContext, type TestContext } from "./page-context.ts";
import { viewMemory } from "./view-memory.ts";

export interface TestMail extends MailContext {
  readonly page: TestContext;
  readonly askPage: Mock<MailContext["askPage"]>;
}

/** Mail's context over the `indexedDB` of the moment; without keys, and with a page that answers nothing. */
export function testMailContext(parts: Partial<MailContext> = {}): TestMail {
  const page = testPageContext();
  const { contacts, drafts, draftFiles, questions, passwordAttempts, verified } = page;
  return {
    views: viewsIn(viewMemory(), () => 0),
    takeOperation: () => Promise.resolve(true),
    keys: {
      certificates: () => Promise.resolve([]),
      issuers: () => Promise.resolve([]),
      unlocked: () => Promise.resolve([]),
    },
    anchors: () => Promise.resolve([]),
    settings: () =>
      Promise.resolve({
        alwaysSign: false,
        isSignFixed: false,
        signing: { form: "clear", digest: null, issuers: "without-root" },
        choosesCertificate: true,
        isTextOnly: false,
        openEncryptedOnSight: true,
        alwaysEncrypt: false,
        isEncryptFixed: false,
        hidesSubject: true,
        wrapsTwice: false,
      }),
    mark: () => Promise.resolve(null),
    remember: () => Promise.resolve(null),
    importFor: (address, file) => importFor(page, address, file),
    people: () => currentPeople(page),
    now: () => new Date(),
    ...{ contacts, drafts, draftFiles, questions, passwordAttempts, verified, page },
    ...parts,
    askPage: vi.fn(parts.askPage ?? (() => Promise.resolve(null))),
  };
}
