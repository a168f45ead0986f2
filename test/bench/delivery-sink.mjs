/**
 * A mail server as cheap as one can be, in a process of its own: it takes everything, reads no more of it than the
 * Message-ID, and tells its parent when each mail came. `node delivery-sink.mjs` prints its port.
 */
import { createServer } from 'node:net';

/** [Message-ID, milliseconds since 1970] of what has come since the last telling. */
let news = [];
setInterval(() => {
  if (news.length > 0) process.send(news);
  news = [];
}, 100);

const server = createServer((socket) => {
  socket.setNoDelay(true);
  let waiting = '';
  let inData = false;
  socket.on('error', () => undefined);
  socket.on('data', (chunk) => {
    waiting += chunk.toString('latin1');
    for (;;) {
      const end = inData ? waiting.indexOf('\r\n.\r\n') : waiting.indexOf('\r\n');
      if (end < 0) return;
      const text = waiting.slice(0, end);
      waiting = waiting.slice(end + (inData ? 5 : 2));
      if (inData) {
        news.push([/^message-id: *(\S+)/im.exec(text)?.[1], Date.now()]);
        inData = false;
        socket.write('250 2.0.0 taken\r\n');
      } else {
        const verb = text.slice(0, 4).toUpperCase();
        inData = verb === 'DATA';
        socket.write(ANSWERS[verb] ?? '250 2.0.0 ok\r\n');
        if (verb === 'QUIT') socket.end();
      }
    }
  });
  socket.write('220 sink ESMTP\r\n');
});

const ANSWERS = {
  DATA: '354 go on\r\n',
  QUIT: '221 2.0.0 bye\r\n',
  EHLO: '250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n',
};

server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
process.once('disconnect', () => process.exit(0));
