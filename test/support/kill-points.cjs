/**
 * Makes a process kill itself at a named point, as the kernel would: `require('./kill-points.cjs')({ point, pass })` in a
 * test program, after the built product is loaded and before it starts. The product knows nothing of it. A point that no
 * longer exists is an error at once, so that no test passes because nobody died.
 */
const { writeSync } = require('node:fs');
const { dirname, join } = require('node:path');

/** Nothing runs after it: a process that sends itself SIGKILL does not return from the call. */
function die(where) {
  writeSync(2, `killed ${where}\n`);
  process.kill(process.pid, 'SIGKILL');
}

function wrap(prototype, method, wrapper) {
  const original = prototype[method];
  if (typeof original !== 'function')
    throw new Error(`There is no ${method} to die in; mend test/support/kill-points.cjs`);
  prototype[method] = wrapper(original);
}

const before = (prototype, method, hit, fits = () => true) =>
  wrap(
    prototype,
    method,
    (original) =>
      function (...parameters) {
        if (fits(...parameters)) hit();
        return original.apply(this, parameters);
      },
  );

const after = (prototype, method, hit, fits = () => true) =>
  wrap(
    prototype,
    method,
    (original) =>
      async function (...parameters) {
        const result = await original.apply(this, parameters);
        if (fits(result, ...parameters)) hit();
        return result;
      },
  );

const productClass = (file, name) => require(`../../dist/libs/${file}`)[name].prototype;
const sweep = () => productClass('delivery/src/message-sweep.js', 'MessageSweep');
const delivery = () => productClass('delivery/src/message-delivery.js', 'MessageDelivery');
const mailer = () => productClass('delivery/src/mailer.js', 'Mailer');
const connection = () =>
  require(join(dirname(require.resolve('nodemailer')), 'smtp-connection/index.js')).default.prototype;

/** The ways of a message through a worker, in order. */
const POINTS = {
  'before claim': (hit) => before(sweep(), 'run', hit),
  'after claim': (hit) => after(sweep(), 'run', hit, (claims) => claims.length > 0),
  'before begin': (hit) => before(delivery(), 'begin', hit),
  'after begin': (hit) => after(delivery(), 'begin', hit, (begun) => begun !== undefined),
  // The text is out, the final dot is not: nodemailer writes the dot when its stream ends.
  'in DATA': (hit) =>
    wrap(
      connection(),
      '_createSendStream',
      (original) =>
        function (...parameters) {
          return original.apply(this, parameters).once('data', hit);
        },
    ),
  'after 250': (hit) => after(mailer(), 'send', hit, ({ kind }) => kind === 'sent'),
  'before commit': (hit) => before(delivery(), 'end', hit, (_message, { status }) => status === 'sent'),
  'after commit': (hit) => after(delivery(), 'end', hit, (_nothing, _message, { status }) => status === 'sent'),
};

/** `sql`: dies before or after a statement that contains this text; with `since`, on a connection that has sent that text before. */
function atStatement({ sql, since, when = 'after' }, hit) {
  const { Client } = require('pg');
  const begun = new WeakSet();
  wrap(
    Client.prototype,
    'query',
    (original) =>
      function (config, ...rest) {
        const text = typeof config === 'string' ? config : (config?.text ?? '');
        if (since && text.includes(since)) begun.add(this);
        if (!text.includes(sql) || (since && !begun.has(this))) return original.call(this, config, ...rest);
        if (when === 'before') hit();
        const done = rest.at(-1);
        if (when === 'after' && typeof done === 'function') {
          rest[rest.length - 1] = (...answer) => {
            hit();
            return done(...answer);
          };
          return original.call(this, config, ...rest);
        }
        const result = original.call(this, config, ...rest);
        return when === 'after' ? result.then((answer) => (hit(), answer)) : result;
      },
  );
}

/** Dies at the `pass`-th time (from 1) that the process comes by. */
module.exports = function killAt({ point, pass = 1, ...statement }) {
  let passes = 0;
  const hit = () => {
    if (++passes >= pass) die(point ?? `${statement.when ?? 'after'} ${statement.sql}`);
  };
  if (statement.sql) return atStatement(statement, hit);
  if (!POINTS[point]) throw new Error(`${point} is no point to die at: ${Object.keys(POINTS).join(', ')}`);
  POINTS[point](hit);
};
