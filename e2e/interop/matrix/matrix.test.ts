import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makePki } from "../pki.ts";
import { limitOf } from "./limits.ts";
import type { Claim, Reader } from "./peer.ts";
import { PEERS } from "./peers.ts";
import { ROWS, type Row } from "./rows.ts";
import { textOfRow, writeRow } from "./write-row.ts";

const START_MS = 180_000;
const [SIGNED] = ROWS;

beforeAll(() => {
  makePki();
}, START_MS);

const written = new Map<Row, Promise<Uint8Array>>();

/** Written once for all peers. */
function messageOf(row: Row): Promise<Uint8Array> {
  const message = written.get(row) ?? writeRow(row);
  written.set(row, message);
  return message;
}

function claimOf({ signing, encryption }: Row): Claim {
  return {
    recipient: encryption?.kind ?? "rsa2048",
    isSigned: signing !== undefined,
    isEncrypted: encryption !== undefined,
  };
}

/** Programs that show a message lay its white space out anew. */
function words(text: string): string {
  return text.replace(/\s+/g, "");
}

function named<T extends { readonly name: string }>(all: readonly T[]): [string, T][] {
  return all.map((one) => [one.name, one]);
}

// A peer that is not there is skipped by its name.
describe.each(named(PEERS))("%s", (_name, peer) => {
  describe.skipIf(!peer.isInstalled)("opens what we write", () => {
    let reader: Reader;
    beforeAll(async () => {
      reader = await peer.start();
    }, START_MS);
    afterAll(() => reader.stop?.());

    it.each(named(ROWS.filter((row) => !limitOf(peer, row))))("%s", async (_row, row) => {
      const { isSigned, isEncrypted } = claimOf(row);
      const reading = await reader.read(await messageOf(row), claimOf(row));
      expect(reading).toMatchObject({ isSigned, isEncrypted, subject: "Practice" });
      expect(words(reading.text).includes(words(textOfRow(row)))).toBe(true);
    });

    it.each(named(ROWS.filter((row) => limitOf(peer, row))))("but %s, a limit that it has", async (_row, row) => {
      const reading = await reader.read(await messageOf(row), claimOf(row)).catch(() => null);
      expect(reading?.subject === "Practice" && reading.text !== "").toBe(false);
    });

    it("but a signed message once a byte is changed", async () => {
      const message = Buffer.from(await messageOf(SIGNED)).toString("latin1");
      const altered = message.replace("start of a line", "start of a Line");
      expect(altered).not.toBe(message);
      await expect(reader.read(Buffer.from(altered, "latin1"), claimOf(SIGNED))).rejects.toThrow();
    });
  });
});
