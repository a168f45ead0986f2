import { JOBS, QUEUE_NAMES } from './jobs.js';
import { demandOneHandlerEach } from './queue-workers.js';

const all = QUEUE_NAMES.flatMap((queue) => JOBS[queue].map((name) => ({ queue, name, where: `Consumer.${name}` })));

describe('a worker', () => {
  it('starts when every job has one handler', () => {
    expect(() => demandOneHandlerEach(all)).not.toThrow();
  });

  it('does not start while a job has no handler, or two, and names them all', () => {
    const faulty = all.filter(({ queue, name }) => `${queue}/${name}` !== 'mail/deliver');
    faulty.push({ queue: 'imports', name: 'poke', where: 'Other.poke' });
    expect(() => demandOneHandlerEach(faulty)).toThrow(
      'Every job needs exactly one handler: mail/deliver has no handler; imports/poke has several: Consumer.poke, Other.poke.',
    );
  });
});
