import { beforeEach, describe, expect, it } from "vitest";
import type { OpenEvent } from "../../messages/answers.ts";
import { encryptedLayer, messageView, signedLayer, signerVerdict } from "../../testing/message-view.ts";
import { showsDecrypted } from "./frame-app.tsx";
import { attached, closeDecrypted, heard, openAttached, setClient, state } from "./frame-state.ts";

const asked: string[] = [];
setClient({
  send: (request) => {
    asked.push(request.name);
  },
});
const encrypted = messageView({ encryption: "authenticated" }, [encryptedLayer()]);
const signed = messageView({ signature: "valid", sender: "matches" }, [signedLayer(signerVerdict())]);

function show(view: typeof encrypted): void {
  const events: OpenEvent[] = [
    { kind: "opened", view },
    { kind: "piece", path: "1", bytes: new Uint8Array([1]) },
    { kind: "done" },
  ];
  for (const event of events) heard({ kind: "message", event });
}
const lock = (): void => {
  closeDecrypted(showsDecrypted(state.value));
};

beforeEach(() => {
  state.value = { kind: "empty" };
  heard({ kind: "claimed", view: "message", host: "mail.example", mark: null });
  asked.length = 0;
});

describe("a frame when the keys are locked", () => {
  it("lets go of what was decrypted, also of messages inside", () => {
    show(encrypted);
    openAttached("1.2", new Uint8Array());
    lock();
    expect(state.value).toEqual({ kind: "closed", reason: "locked" });
    expect(attached.value.size).toBe(0);
    heard({ kind: "attached", path: "1.2", event: { kind: "failed", error: { code: "internal", context: {} } } });
    expect(attached.value.size).toBe(0);
  });

  it("goes on showing what needed no key", () => {
    show(signed);
    lock();
    expect(state.value).toMatchObject({ kind: "opened", view: signed });
  });

  it("asks anew for what was on its way, and takes nothing of the old answer", () => {
    heard({ kind: "message", event: { kind: "opened", view: encrypted } });
    lock();
    expect([state.value.kind, asked]).toEqual(["working", ["openMessage"]]);
    heard({ kind: "message", event: { kind: "done" } });
    expect(state.value.kind).toBe("working");
  });

  it("stays empty where nobody owns it", () => {
    state.value = { kind: "empty" };
    lock();
    expect([state.value.kind, asked]).toEqual(["empty", []]);
  });
});
