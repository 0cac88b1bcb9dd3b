// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { OpenEvent } from "../../messages/answers.ts";
import { encryptedLayer, messageView } from "../../testing/message-view.ts";
import { openedFiles, openFiles, openWithPassword } from "./state.ts";

type Listen = (event: OpenEvent) => void;
const openFile = vi.hoisted(() => vi.fn<(request: { password?: string }, listen: Listen) => void>());
vi.mock("../background-client.ts", () => ({ ask: vi.fn(), openFile, isNeeding: () => false }));

const closed = messageView({ encryption: "cannot-decrypt" }, [
  encryptedLayer({ covers: null, recipient: null, recipients: [], reasons: ["needs-password"] }),
]);
const open = messageView({ encryption: "unauthenticated" }, [encryptedLayer({ recipients: [] })]);

/** The events that the newest opening is answered with. */
function answer(...events: OpenEvent[]): void {
  for (const event of events) openFile.mock.lastCall![1](event);
}
const state = () => openedFiles.value[0]!.state;
const wrong = { code: "password.wrong", context: {} } as const;

beforeEach(() => {
  openFile.mockReset();
  openedFiles.value = [];
  openFiles([{ message: new File(["x"], "a.eml"), detached: null }]);
  answer({ kind: "opened", view: closed }, { kind: "done" });
});

describe("a password that is typed for an opened file", () => {
  it("opens that file, and is not given again when the file is opened anew", async () => {
    const { id } = openedFiles.value[0]!;
    const typed = openWithPassword(id, "grüße");
    expect(openFile.mock.lastCall![0].password).toBe("grüße");
    answer({ kind: "opened", view: open }, { kind: "done" });
    expect(await typed).toBeNull();
    expect(state()).toMatchObject({ kind: "opened", view: open });
    expect(JSON.stringify(openedFiles.value)).not.toContain("grüße");
  });

  it("leaves the file as it is shown where it is wrong, and says why", async () => {
    const typed = openWithPassword(openedFiles.value[0]!.id, "wrong");
    answer({ kind: "failed", error: wrong });
    expect(await typed).toEqual(wrong);
    expect(state()).toMatchObject({ kind: "opened", view: closed });
  });

  it("comes too late for a file that was closed meanwhile", async () => {
    const { id } = openedFiles.value[0]!;
    openedFiles.value = [];
    expect(await openWithPassword(id, "grüße")).toBeNull();
    expect(openFile).toHaveBeenCalledOnce();
  });
});
