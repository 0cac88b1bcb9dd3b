// @vitest-environment happy-dom
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FrameRequest } from "../../../messages/frame-requests.ts";
import type { RecipientStatus } from "../../../messages/secure-form.ts";
import { speak } from "../../../testing/own-page.ts";
import { setClient } from "../compose-state.ts";
import { RecipientField } from "./recipient-field.tsx";
import { add, addressesIn, clear, heardStates } from "./recipients.ts";
import { heardSuggestions } from "./suggestions.ts";

speak("en");
const asked: FrameRequest[] = [];
setClient({
  send: (request) => {
    asked.push(request);
  },
});
let changes = 0;
const find = (selector: string): HTMLElement => document.querySelector<HTMLElement>(selector)!;
const input = (): HTMLInputElement => find("input[role=combobox]") as HTMLInputElement;
const chips = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>(".chip-body")];

async function type(text: string): Promise<void> {
  await act(() => {
    input().value = text;
    input().dispatchEvent(new Event("input", { bubbles: true }));
  });
}
async function press(target: HTMLElement, key: string): Promise<void> {
  await act(() => {
    target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  });
}
const know = (address: string, status: RecipientStatus): Promise<void> =>
  act(() => {
    heardStates([
      {
        address,
        status,
        certificate: null,
        choices: [],
        source: null,
        isReplacementWaiting: false,
        isFirst: false,
        key: "",
      },
    ]);
  });

beforeEach(async () => {
  changes = 0;
  clear();
  await act(() => {
    render(<RecipientField field="to" label="To" onChange={() => changes++} />, document.body);
  });
});
afterEach(() => {
  render(null, document.body);
});

describe("a field of recipients", () => {
  it("takes a recipient with Enter, a comma, and several that are pasted", async () => {
    await type("ben@b.example");
    await press(input(), "Enter");
    await type("carol@c.example,");
    await act(() => {
      const event = new Event("paste", { bubbles: true, cancelable: true });
      Object.assign(event, { clipboardData: { getData: () => "dan@d.example; Eva <eva@e.example>" } });
      input().dispatchEvent(event);
    });
    expect(addressesIn("to")).toEqual(["ben@b.example", "carol@c.example", "dan@d.example", "eva@e.example"]);
    expect([input().value, changes]).toEqual(["", 3]);
  });

  it("keeps what is no address, and says so", async () => {
    await type("Ben of accounts");
    await press(input(), "Enter");
    expect(chips()[0]?.getAttribute("aria-label")).toBe("Ben of accounts, not an address");
    expect(find("[data-status]").dataset["status"]).toBe("not-an-address");
  });

  it("tells the state of each recipient in words, also to a screen reader", async () => {
    await act(() => {
      add("to", "ben@b.example, dan@d.example");
    });
    await know("ben@b.example", "ready");
    await know("dan@d.example", "none");
    expect(chips().map((chip) => chip.getAttribute("aria-label"))).toEqual([
      "ben@b.example, ready",
      "dan@d.example, no certificate",
    ]);
    expect(document.querySelectorAll(".chip.tone-caution").length).toBe(1);
  });

  it("is one stop of Tab, in which the arrows move, and Delete removes", async () => {
    await act(() => {
      add("to", "ben@b.example, carol@c.example, dan@d.example");
    });
    expect(chips().filter((chip) => chip.tabIndex === 0).length).toBe(1);
    await press(input(), "Backspace");
    expect(document.activeElement).toBe(chips()[2]);
    await press(chips()[2]!, "ArrowLeft");
    expect(document.activeElement).toBe(chips()[1]);
    await press(chips()[1]!, "Delete");
    expect(addressesIn("to")).toEqual(["ben@b.example", "dan@d.example"]);
    expect(document.activeElement).toBe(input());
  });

  it("gives a recipient back for mending with F2", async () => {
    await act(() => {
      add("to", "ben@b.exmaple");
    });
    await press(chips()[0]!, "F2");
    expect([addressesIn("to"), input().value]).toEqual([[], "ben@b.exmaple"]);
  });

  it("suggests people as a combobox does, and takes the one that was picked by the keyboard", async () => {
    await type("han");
    await act(async () => {
      await new Promise((done) => setTimeout(done, 200));
      heardSuggestions("han", [{ name: `Arendt, "Hannah"`, address: "hannah@h.example", source: "contacts" }]);
    });
    expect(input().getAttribute("aria-expanded")).toBe("true");
    await press(input(), "ArrowDown");
    const option = find(`#${CSS.escape(input().getAttribute("aria-activedescendant") ?? "")}`);
    expect(option.getAttribute("aria-selected")).toBe("true");
    await press(input(), "Enter");
    expect(addressesIn("to")).toEqual(["hannah@h.example"]);
  });

  it("does not take suggestions for what was typed before", async () => {
    await type("han");
    await type("ben");
    await act(() => {
      heardSuggestions("han", [{ name: "", address: "hannah@h.example", source: "webmail" }]);
    });
    expect(input().getAttribute("aria-expanded")).toBe("false");
  });

  it("never folds those that need attention", async () => {
    await act(() => {
      add("to", Array.from({ length: 12 }, (_, index) => `p${index}@x.example`).join(","));
    });
    for (let index = 0; index < 12; index++) await know(`p${index}@x.example`, index === 11 ? "none" : "ready");
    expect(chips().length).toBe(8);
    expect(chips().at(-1)?.getAttribute("aria-label")).toBe("p11@x.example, no certificate");
    expect(find(".fold").textContent).toBe("4 more, ready");
  });
});
