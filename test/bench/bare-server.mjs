/**
 * The yardstick: node:http and pg, nothing else, answering the SQL in argv. No routing, no sign-in, no validation.
 * argv: database URL, JSON of {sql, parameters, limit}. Prints its port.
 */
import { createServer } from 'node:http';
import pg from 'pg';

const [url, question] = process.argv.slice(2);
const { sql, parameters, limit } = JSON.parse(question);
const pool = new pg.Pool({ connectionString: url, max: 10 });

const server = createServer((request, response) => {
  pool.query(sql, parameters).then(
    ({ rows }) => {
      const body = JSON.stringify({ data: rows.slice(0, limit), page: { limit, nextCursor: null } });
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(body);
    },
    (error) => response.writeHead(500).end(String(error)),
  );
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
