import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { testPageContext } from "../../testing/page-context.ts";
import { mailSettings } from "./mail-parts.ts";
import { getMark, setMark } from "./mark.ts";
import { acceptPolicyRemoval, currentSettings, setSetting } from "./settings.ts";
import { listSites } from "./sites.ts";

let managed: Record<string, unknown>;
const make = () => testPageContext({ managed: () => Promise.resolve(managed) });
beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  managed = {};
});

describe("settings", () => {
  it("are kept, also in the next life of the worker", async () => {
    expect((await setSetting(make(), "AlwaysSign", true)).settings.AlwaysSign).toEqual({ value: true, origin: "user" });
    expect((await currentSettings(make())).settings.AlwaysSign).toEqual({ value: true, origin: "user" });
    expect(await mailSettings(make())).toMatchObject({ alwaysSign: true, isSignFixed: false });
  });

  it.each([
    ["AlwaysSign", "true"],
    ["StayUnlockedMinutes", 100_000],
    ["constructor", true],
    ["mark", true],
  ])("do not take %s = %s", async (name, value) => {
    await expect(setSetting(make(), name, value)).rejects.toMatchObject({ code: "setting.not-allowed" });
  });

  it("that the organisation has fixed cannot be changed, and the user's come back with its end", async () => {
    await setSetting(make(), "ClearSign", false);
    managed = { ClearSign: true };
    await expect(setSetting(make(), "ClearSign", false)).rejects.toMatchObject({ code: "setting.managed" });
    expect((await currentSettings(make())).settings.ClearSign).toEqual({ value: true, origin: "managed" });
    managed = { AlwaysSign: true };
    expect((await currentSettings(make())).settings.ClearSign).toEqual({ value: false, origin: "user" });
  });

  it("stay fixed where the browser suddenly gives no policy, until a person accepts that", async () => {
    managed = { AlwaysEncrypt: true };
    await currentSettings(make());
    managed = {};
    const view = await currentSettings(make());
    expect([view.policy, view.settings.AlwaysEncrypt]).toEqual(["emptied", { value: true, origin: "managed" }]);
    await expect(setSetting(make(), "AlwaysEncrypt", false)).rejects.toMatchObject({ code: "setting.managed" });
    expect((await acceptPolicyRemoval(make())).settings.AlwaysEncrypt.origin).toBe("default");
    expect((await currentSettings(make())).policy).toBe("none");
  });

  it("of a policy that is in force are not accepted as gone", async () => {
    managed = { AlwaysEncrypt: true };
    expect((await acceptPolicyRemoval(make())).settings.AlwaysEncrypt.origin).toBe("managed");
    managed = {};
    expect((await currentSettings(make())).policy).toBe("emptied");
  });
});

describe("the mark", () => {
  it("is drawn by chance once, and stays", async () => {
    const [drawn, again] = [await getMark(make()), await getMark(make())];
    expect(again).toEqual(drawn);
    const marks = new Set<string>();
    for (let count = 0; count < 20; count++) {
      vi.stubGlobal("indexedDB", new IDBFactory());
      marks.add(JSON.stringify(await getMark(make())));
    }
    expect(marks.size).toBeGreaterThan(5);
  });

  it("is the one that a person chooses", async () => {
    const mark = { shape: "castle", colour: "teal", word: "Häuschen" } as const;
    await setMark(make(), mark);
    expect(await getMark(make())).toEqual(mark);
  });

  it("is drawn anew where what is stored is none", async () => {
    await make().settings.put({ name: "mark", value: { shape: "<img>" } });
    expect(await getMark(make())).toMatchObject({ word: "" });
  });
});

describe("sites", () => {
  it("are the origins that the browser has granted", async () => {
    const patterns = ["https://b.example/*", "http://localhost/*", "https://b.example/*", "<all_urls>", "https://*/*"];
    const context = testPageContext({ grantedPatterns: () => Promise.resolve(patterns) });
    expect((await listSites(context)).map(({ origin }) => origin)).toEqual(["http://localhost", "https://b.example"]);
  });
});
