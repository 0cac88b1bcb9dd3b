import { describe, expect, it } from "vitest";
import { SmimeError } from "../engine/errors.ts";
import { trustAnchor } from "../engine/x509/trust-anchor.ts";
import { certificate } from "../testing/certificate-builder.ts";
import { judgePath } from "./judge-path.ts";
import { type CaseSources, readPathCase } from "./path-case.ts";

const root = certificate().subject("CN=Root").ca().build();
const issuer = certificate().subject("CN=CA").ca().issuedBy(root).build();
const leaf = certificate().subject("CN=Alice").email("alice@example.com").issuedBy(issuer).build();
const server = certificate().subject("CN=Server").extendedKeyUsage("1.3.6.1.5.5.7.3.1").issuedBy(root).build();

const files: Readonly<Record<string, Uint8Array>> = {
  "root.crt": root.der,
  "ca.crt": issuer.der,
  "leaf.crt": leaf.der,
};
const sources: CaseSources = {
  read: (file) => {
    const bytes = files[file];
    return bytes ? Promise.resolve(bytes) : Promise.reject(new Error(file));
  },
  anchors: () => Promise.resolve([trustAnchor(root.certificate)]),
  at: new Date("2026-06-01T12:00:00Z"),
  purpose: "email",
  revocation: { mode: "off", crls: [], ocsp: [] },
  inputs: {
    policies: [],
    requireAnchorConstraints: false,
    initialExplicitPolicy: false,
    initialPolicyMappingInhibit: false,
    initialInhibitAnyPolicy: false,
  },
};

async function judge(fields: Readonly<Record<string, unknown>>) {
  return judgePath(await readPathCase(fields, sources));
}

async function outcome(fields: Readonly<Record<string, unknown>>): Promise<string> {
  const { status, reason } = await judge(fields);
  return reason ?? status;
}

async function refusal(fields: Readonly<Record<string, unknown>>): Promise<unknown> {
  try {
    await readPathCase(fields, sources);
    return "accepted";
  } catch (error) {
    return error instanceof SmimeError ? `${error.code} ${String(error.context["option"])}` : error;
  }
}

describe("a case of signet path", () => {
  it("names files, or holds their PEM text", async () => {
    const trusted = {
      status: "trusted",
      reason: null,
      path: ["CN=Alice", "CN=CA", "CN=Root"],
      revocation: "not-checked",
    };
    expect(await judge({ trust: ["root.crt"], intermediate: ["ca.crt"], leaf: "leaf.crt" })).toEqual(trusted);
    expect(await judge({ trust: [root.pem], intermediate: [issuer.pem], leaf: leaf.pem })).toEqual(trusted);
    expect(await judge({ leaf: leaf.pem + issuer.pem })).toEqual(trusted);
  });

  it("is untrusted for a reason", async () => {
    expect(await judge({ leaf: "leaf.crt" })).toEqual({
      status: "untrusted",
      reason: "unknown-issuer",
      path: [],
      revocation: "not-checked",
    });
  });

  it("is judged at its time, for its purpose and for its address", async () => {
    const chain = { intermediate: ["ca.crt"], leaf: "leaf.crt" };
    expect(await outcome({ ...chain, at: "2024-06-01T12:00:00Z" })).toBe("not-yet-valid-at-signing");
    expect(await outcome({ leaf: server.pem })).toBe("purpose-not-allowed");
    expect(await outcome({ leaf: server.pem, purpose: "any" })).toBe("trusted");
    expect(await outcome({ ...chain, email: "alice@example.com" })).toBe("trusted");
    expect(await outcome({ ...chain, email: "bob@example.com" })).toBe("other-address");
    expect(await outcome({ leaf: server.pem, purpose: "any", email: "bob@example.com" })).toBe(
      "certificate-has-no-address",
    );
  });

  it("passes over candidates that cannot be read, and says why the leaf cannot be", async () => {
    const broken = leaf.pem.replace("MII", "AII");
    expect(await outcome({ leaf: "leaf.crt", intermediate: [broken, "ca.crt"] })).toBe("trusted");
    const refused = {
      status: "untrusted",
      reason: "malformed.certificate",
      error: { code: "malformed.certificate" },
    };
    expect(await judge({ leaf: broken })).toMatchObject(refused);
    // The issuer behind it in the file is not judged in its place.
    expect(await judge({ leaf: broken + issuer.pem })).toMatchObject(refused);
  });

  it.each([
    ["crl", [1]],
    ["revocation", "sometimes"],
    ["revocation", true],
    ["policy", ["anyPolicy"]],
    ["initialExplicitPolicy", "true"],
    ["requireAnchorConstraints", 1],
    ["trusted", ["root.crt"]],
    ["at", "yesterday"],
    ["purpose", "tls"],
    ["leaf", ["leaf.crt", "ca.crt"]],
    ["intermediate", [1]],
  ])("refuses %s = %j", async (name, value) => {
    expect(await refusal({ leaf: "leaf.crt", [name]: value })).toBe(`unsupported.option ${name}`);
  });

  it("takes every option with the value that asks for nothing", async () => {
    const nothing = { crl: [], ocsp: [], revocation: "off", policy: [], initialExplicitPolicy: false };
    expect(await refusal({ leaf: "leaf.crt", ...nothing, requireAnchorConstraints: null })).toBe("accepted");
  });
});
