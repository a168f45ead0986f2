import { createServer } from 'node:net';

const NEIGHBOURS = 20;

/** The preferred port, else one just above it, else any free one. A port may still be lost before the server binds it. */
export async function choosePort(preferred: number, avoid: ReadonlySet<number>): Promise<number> {
  for (let port = preferred; port < Math.min(preferred + NEIGHBOURS, 65_536); port += 1) {
    if (!avoid.has(port) && (await tryPort(port))) return port;
  }
  const any = await tryPort(0);
  if (any === undefined) throw new Error('No free TCP port on 127.0.0.1');
  return any;
}

/** Binds and releases the port; the number bound, or undefined when it is taken or forbidden. */
function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
    });
  });
}
