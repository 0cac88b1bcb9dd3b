import { describe, expect, it } from "vitest";
import { managedPolicy } from "./managed-policy.ts";

const POLICY = { AlwaysSign: true };

describe("what an administrator has set", () => {
  it("is what the browser says", async () => {
    expect(await managedPolicy(() => Promise.resolve(POLICY))()).toBe(POLICY);
  });

  it("is nothing where the browser refuses to say", async () => {
    expect(await managedPolicy(() => Promise.reject(new Error("no managed storage")))()).toEqual({});
  });

  it("is not known while the browser is silent, and is as soon as it has answered", async () => {
    let say: (given: typeof POLICY) => void = () => undefined;
    let questions = 0;
    const managed = managedPolicy(() => {
      questions++;
      return new Promise((resolve) => (say = resolve));
    }, 20);
    expect([await managed(), await managed()]).toEqual([null, null]);
    expect(questions).toBe(1);
    say(POLICY);
    await new Promise((resolve) => setTimeout(resolve, 0));
    const next = managed();
    say(POLICY);
    expect(await next).toBe(POLICY);
  });
});
