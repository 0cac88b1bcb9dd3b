import { describe, expect, it } from "vitest";
import { originOf, patternOf } from "./site-address.ts";

describe("a webmail's address as a person types it", () => {
  it.each([
    ["outlook.office.com", "https://outlook.office.com"],
    [" https://mail.example/owa/?x=1#y ", "https://mail.example"],
    ["http://localhost:8080/", "http://localhost:8080"],
    ["MAIL.Example", "https://mail.example"],
  ])("%s is %s", (typed, origin) => {
    expect(originOf(typed)).toBe(origin);
  });

  it.each(["", "my webmail", "javascript://alert", "file:///etc", "https://mail.example@evil.example/", "https://"])(
    "%s is none",
    (typed) => {
      expect(originOf(typed)).toBeNull();
    },
  );

  it("becomes all pages of that host, without the port that Firefox knows no pattern for", () => {
    expect(patternOf("https://mail.example")).toBe("https://mail.example/*");
    expect(patternOf("http://localhost:8080")).toBe("http://localhost/*");
  });
});
