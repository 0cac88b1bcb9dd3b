import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { at, write } from "../openssl.ts";
import { isInstalled } from "../peer.ts";
import type { KeyKind } from "../pki.ts";
import { Marionette } from "./marionette.ts";
import { OPEN_MESSAGE } from "./open-message.ts";
import { makeProfile } from "./profile.ts";

export const hasThunderbird = isInstalled("thunderbird", "certutil", "pk12util");

/** How long Thunderbird may take for its window, where other tests share the processor. */
const START_MS = 60_000;
/** How long after loading an awaited status may take, where other tests share the processor. */
const PATIENCE_MS = 6000;
/** What a message may take beyond that: the tab, loading, parsing. */
const OPEN_MS = 60_000;

/** `good`: the seal is shown; `bad`, with nsICMSMessageErrors' number: a broken one; `none`: no word of it. */
export type ThunderbirdStatus = "good" | `bad ${number}` | "none";

export interface ThunderbirdJudgement {
  readonly signature: ThunderbirdStatus;
  readonly encryption: ThunderbirdStatus;
  readonly subject: string;
  readonly text: string;
}

type Answer =
  | { readonly error: string }
  | { readonly signature: number; readonly encryption: number; readonly subject: string; readonly text: string };

/** What a message is thought to be: known results are not waited for any longer. */
export interface Claim {
  readonly isSigned: boolean;
  readonly isEncrypted: boolean;
}

/** Debian's Thunderbird without a display, with a profile of its own in the folder of the tests. */
export class Thunderbird {
  readonly #process: ChildProcess;
  readonly #marionette: Marionette;
  #count = 0;

  private constructor(process: ChildProcess, marionette: Marionette) {
    this.#process = process;
    this.#marionette = marionette;
  }

  static async start(kinds: readonly KeyKind[]): Promise<Thunderbird> {
    const port = await freePort();
    const profile = makeProfile("thunderbird", kinds, port);
    const options = ["--headless", "--no-remote", "--marionette", "--remote-allow-system-access"];
    const child = spawn("thunderbird", [...options, "--profile", profile], { stdio: "ignore", cwd: at(".") });
    try {
      return new Thunderbird(child, await Marionette.connect(port, START_MS));
    } catch (error) {
      child.kill("SIGKILL");
      throw error;
    }
  }

  /** Opens a message as a person would, and says what its tab shows. */
  async judge(message: Uint8Array, claim: Claim): Promise<ThunderbirdJudgement> {
    const file = at(write(`thunderbird-${++this.#count}.eml`, message));
    const args = [file, PATIENCE_MS, claim.isSigned, claim.isEncrypted];
    const answer = (await this.#marionette.run(OPEN_MESSAGE, args, OPEN_MS + PATIENCE_MS)) as Answer;
    if ("error" in answer) throw new Error(`Thunderbird: ${answer.error}`);
    return { ...answer, signature: status(answer.signature), encryption: status(answer.encryption) };
  }

  async stop(): Promise<void> {
    this.#marionette.close();
    const ended = once(this.#process, "exit");
    this.#process.kill("SIGKILL");
    await ended;
  }
}

/** 0 is good; −1 is the view's own word for "nothing there". */
function status(code: number): ThunderbirdStatus {
  if (code === 0) return "good";
  return code === -1 ? "none" : `bad ${code}`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
