import { describe, expect, it } from "vitest";
import type { ContactRow } from "../../storage/contacts.ts";
import { MAX_SIGNED_MAIL } from "../../storage/contacts.ts";
import { alice, contact } from "../../testing/secure-mail.ts";
import { usuallySigned, withSignedMail } from "./signing-habit.ts";

const NOW = new Date("2026-06-01T12:00:00Z");
const daysAgo = (days: number): Date => new Date(NOW.getTime() - days * 24 * 60 * 60 * 1000);
const signedOn = (...days: number[]): ContactRow =>
  days.reduce((row, day) => withSignedMail(row, daysAgo(day), NOW), contact("alice@a.example", alice));

describe("somebody usually signs", () => {
  it("with three messages in 90 days", () => {
    expect(usuallySigned(signedOn(1, 2), NOW)).toBe(0);
    expect(usuallySigned(signedOn(1, 2, 89), NOW)).toBe(3);
    expect(usuallySigned(signedOn(1, 2, 91), NOW)).toBe(0);
  });

  it("not by one message that is read, or sent, again and again", () => {
    expect(usuallySigned(signedOn(1, 1, 1, 1), NOW)).toBe(0);
  });

  it("not by a time that is still to come", () => {
    expect(usuallySigned(signedOn(-1, -2, -3), NOW)).toBe(0);
  });

  it("by the newest, as many as are remembered", () => {
    const row = signedOn(...Array.from({ length: 40 }, (_, day) => day));
    expect(row.signedMail).toHaveLength(MAX_SIGNED_MAIL);
    expect(row.signedMail[0]).toEqual(daysAgo(0));
  });
});
