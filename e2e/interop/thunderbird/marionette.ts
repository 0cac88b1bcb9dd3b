import { once } from "node:events";
import { type Socket, connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** Mozilla's remote control: each packet is `LENGTH:JSON`, the JSON being `[0, id, name, parameters]` and back `[1, id, error, result]`. */
export class Marionette {
  readonly #socket: Socket;
  readonly #packets: AsyncGenerator<unknown, undefined>;
  #id = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.#packets = packets(socket);
  }

  /** Connects as soon as the program listens, and takes a session in the context of its own windows. */
  static async connect(port: number, patienceMs: number): Promise<Marionette> {
    const marionette = new Marionette(await connectWithin(port, patienceMs));
    await marionette.#packets.next();
    await marionette.#command("WebDriver:NewSession", { capabilities: {} });
    await marionette.#command("Marionette:SetContext", { value: "chrome" });
    return marionette;
  }

  /** Runs a script in the program; it ends by calling its last argument. Its scripts have all rights there are. */
  async run(script: string, args: readonly unknown[], timeoutMs: number): Promise<unknown> {
    const parameters = { script, args, scriptTimeout: timeoutMs, newSandbox: false, sandbox: "system" };
    const result = await this.#command("WebDriver:ExecuteAsyncScript", parameters);
    return (result as { readonly value: unknown }).value;
  }

  close(): void {
    this.#socket.destroy();
  }

  async #command(name: string, parameters: unknown): Promise<unknown> {
    const packet = Buffer.from(JSON.stringify([0, ++this.#id, name, parameters]));
    this.#socket.write(Buffer.concat([Buffer.from(`${packet.length}:`), packet]));
    const { value } = await this.#packets.next();
    const [, , error, result] = value as readonly [1, number, unknown, unknown];
    if (error !== null) throw new Error(`${name}: ${JSON.stringify(error).slice(0, 500)}`);
    return result;
  }
}

async function connectWithin(port: number, patienceMs: number): Promise<Socket> {
  for (const end = Date.now() + patienceMs; ;) {
    const socket = connect(port, "127.0.0.1");
    try {
      await once(socket, "connect");
      return socket;
    } catch (error) {
      if (Date.now() > end) throw error;
      await sleep(100);
    }
  }
}

async function* packets(socket: Socket): AsyncGenerator<unknown, undefined> {
  let received = Buffer.alloc(0);
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    received = Buffer.concat([received, chunk]);
    for (;;) {
      const colon = received.indexOf(":");
      const end = colon + 1 + Number(received.subarray(0, Math.max(colon, 0)).toString());
      if (colon < 0 || received.length < end) break;
      const packet = received.subarray(colon + 1, end).toString();
      received = received.subarray(end);
      yield JSON.parse(packet) as unknown;
    }
  }
  return undefined;
}
