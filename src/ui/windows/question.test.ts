import { describe, expect, it } from "vitest";
import { parseQuestion } from "./question.ts";

const ID = "0123456789abcdef".repeat(2);

describe("what the confirm window is opened for", () => {
  it("is a contact's new certificate, whether Encrypt is turned off, whose a certificate is, or a password", () => {
    expect(parseQuestion(`#/password/${ID}`)).toEqual({ kind: "password", question: ID });
    expect(parseQuestion(`#/person/${ID}`)).toEqual({ kind: "person", question: ID });
    expect(parseQuestion("#/replacement/ben%40b.example")).toEqual({ kind: "replacement", address: "ben@b.example" });
    expect(parseQuestion(`#/encryptOff/${ID}`)).toEqual({ kind: "encryptOff", question: ID });
  });

  it.each([
    "",
    "#/",
    "#/other/x",
    "#/replacement/",
    "#/replacement/%",
    "#/encryptOff/short",
    "#/person/short",
    "#/password/short",
    `#/encryptOff/${ID}0`,
  ])("is nothing for %j", (hash) => {
    expect(parseQuestion(hash)).toBeNull();
  });
});
