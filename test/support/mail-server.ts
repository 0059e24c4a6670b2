import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';

/** A mail server on loopback that takes every message, and keeps what was said to it. */
export class MailServer {
  /** `127.0.0.1:34567` */
  readonly address: string;
  /** Messages with their headers. */
  readonly messages: string[] = [];
  /** User and password of the last login, NUL between them. */
  login: string | undefined;
  readonly #server: Server;

  private constructor(server: Server, address: string) {
    this.#server = server;
    this.address = address;
  }

  static async start(): Promise<MailServer> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const mail = new MailServer(server, `127.0.0.1:${port}`);
    server.on('connection', (socket) => {
      let [rest, message] = ['', undefined as string | undefined];
      socket.setEncoding('utf8');
      socket.write('220 test\r\n');
      socket.on('error', () => undefined);
      socket.on('data', (chunk: string) => {
        const lines = (rest + chunk).split('\r\n');
        rest = lines.pop() ?? '';
        for (const line of lines) {
          if (message !== undefined && line !== '.') message += `${line}\n`;
          else if (message !== undefined) {
            mail.messages.push(message);
            message = undefined;
            socket.write('250 taken\r\n');
          } else {
            if (line === 'DATA') message = '';
            if (line.startsWith('AUTH PLAIN '))
              mail.login = Buffer.from(line.slice(11), 'base64').toString().slice(1);
            socket.write(answer(line));
          }
        }
      });
    });
    return mail;
  }

  async stop(): Promise<void> {
    this.#server.close();
    await once(this.#server, 'close');
  }
}

function answer(line: string): string {
  if (line.startsWith('EHLO')) return '250-test\r\n250 AUTH PLAIN\r\n';
  if (line.startsWith('AUTH')) return '235 welcome\r\n';
  if (line === 'DATA') return '354 go on\r\n';
  return line === 'QUIT' ? '221 bye\r\n' : '250 fine\r\n';
}
