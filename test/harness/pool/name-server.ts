import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';

/** What the server answers for a name; the name of an address stands under `13.0.0.10.in-addr.arpa` (RFC 1035, 3.5). */
export type NameAnswer = readonly string[] | 'no-such-name' | 'no-address' | 'refuses' | 'silent';

/** The largest answer over UDP without EDNS (RFC 1035, 4.2.1). */
const MAX_UDP_BYTES = 512;
const HEADER_BYTES = 12;
const TYPE_A = 1;
const TYPE_PTR = 12;
const CLASS_IN = 1;
const TRUNCATED = 0x0200;
const CODES = { 'no-such-name': 3, 'no-address': 0, refuses: 5 } as const;

/**
 * A small name server on the loopback, over UDP and TCP on one port: A and PTR records (RFC 1035). An answer that does not fit into UDP
 * goes out cut, with the TC bit.
 */
export class NameServer {
  readonly asked: { readonly name: string; readonly over: 'udp' | 'tcp' }[] = [];
  readonly #answers = new Map<string, NameAnswer>();
  readonly #udp: Socket = createSocket('udp4');
  readonly #tcp: Server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (data: Buffer) => {
      const reply = this.#reply(data.subarray(2), 'tcp');
      if (reply === null) return;
      const length = Buffer.alloc(2);
      length.writeUInt16BE(reply.length);
      socket.write(Buffer.concat([length, reply]));
    });
  });

  /** @returns a server that listens */
  static async open(answers: Readonly<Record<string, NameAnswer>>): Promise<NameServer> {
    const server = new NameServer(answers);
    server.#tcp.listen(0, '127.0.0.1');
    await once(server.#tcp, 'listening');
    const { port } = server.#tcp.address() as AddressInfo;
    server.#udp.bind(port, '127.0.0.1');
    await once(server.#udp, 'listening');
    return server;
  }

  private constructor(answers: Readonly<Record<string, NameAnswer>>) {
    for (const [name, answer] of Object.entries(answers)) this.tell(name, answer);
    this.#udp.on('message', (question, from) => {
      const reply = this.#reply(question, 'udp');
      if (reply !== null) this.#udp.send(reply, from.port, from.address);
    });
  }

  get address(): string {
    return `127.0.0.1:${(this.#tcp.address() as AddressInfo).port}`;
  }

  tell(name: string, answer: NameAnswer): void {
    this.#answers.set(name.toLowerCase(), answer);
  }

  async close(): Promise<void> {
    this.#udp.close();
    this.#tcp.close();
    await once(this.#tcp, 'close');
  }

  #reply(question: Buffer, over: 'udp' | 'tcp'): Buffer | null {
    const { name, end } = readName(question);
    this.asked.push({ name, over });
    const answer = this.#answers.get(name.toLowerCase()) ?? 'no-such-name';
    if (answer === 'silent') return null;
    const addresses = typeof answer === 'string' ? [] : answer;
    const records = addresses.map(isReverse(name) ? nameRecordOf : recordOf);
    const code = typeof answer === 'string' ? CODES[answer] : 0;
    const asked = question.subarray(HEADER_BYTES, end);
    const whole = Buffer.concat([headerOf(question, code, records.length), asked, ...records]);
    if (over === 'tcp' || whole.length <= MAX_UDP_BYTES) return whole;
    return Buffer.concat([headerOf(question, code | TRUNCATED, 0), asked]);
  }
}

/** The one question's name, and where the question ends. */
function readName(message: Buffer): { readonly name: string; readonly end: number } {
  const labels: string[] = [];
  let place = HEADER_BYTES;
  for (let length = message.readUInt8(place); length > 0; length = message.readUInt8(place)) {
    labels.push(message.toString('latin1', place + 1, place + 1 + length));
    place += 1 + length;
  }
  return { name: labels.join('.'), end: place + 5 };
}

function headerOf(question: Buffer, flags: number, answers: number): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  question.copy(header, 0, 0, 2);
  // An answer, to a recursive question, by a server that recurses.
  header.writeUInt16BE(0x8180 | flags, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(answers, 6);
  return header;
}

function recordOf(address: string): Buffer {
  const record = Buffer.alloc(16);
  // The name is the question's: a pointer to it.
  record.writeUInt16BE(0xc000 | HEADER_BYTES, 0);
  record.writeUInt16BE(TYPE_A, 2);
  record.writeUInt16BE(CLASS_IN, 4);
  record.writeUInt32BE(60, 6);
  record.writeUInt16BE(4, 10);
  record.set(address.split('.').map(Number), 12);
  return record;
}

function isReverse(name: string): boolean {
  return name.toLowerCase().endsWith('.arpa');
}

function nameRecordOf(name: string): Buffer {
  const labels = name.split('.').map((label) => Buffer.concat([Buffer.of(label.length), Buffer.from(label, 'latin1')]));
  const data = Buffer.concat([...labels, Buffer.of(0)]);
  const record = Buffer.alloc(12);
  record.writeUInt16BE(0xc000 | HEADER_BYTES, 0);
  record.writeUInt16BE(TYPE_PTR, 2);
  record.writeUInt16BE(CLASS_IN, 4);
  record.writeUInt32BE(60, 6);
  record.writeUInt16BE(data.length, 10);
  return Buffer.concat([record, data]);
}
