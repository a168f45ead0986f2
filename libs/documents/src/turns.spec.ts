import { Turns } from './turns.js';

describe('turns', () => {
  const works = () => {
    const ends: ((failed?: Error) => void)[] = [];
    const started: number[] = [];
    const work = (number: number) => () =>
      new Promise<number>((resolve, reject) => {
        started.push(number);
        ends[number] = (failed) => (failed ? reject(failed) : resolve(number));
      });
    return { started, ends, work };
  };
  const settled = () => new Promise((resolve) => setImmediate(resolve));

  it('are taken by two at once, then by those who wait, first come, first served; too many are turned away', async () => {
    const { started, ends, work } = works();
    const turns = new Turns(2, 2);
    const all = [0, 1, 2, 3].flatMap((number) => turns.take(work(number)) ?? []);
    expect(turns.take(work(4))).toBeUndefined();
    await settled();
    expect(started).toEqual([0, 1]);
    ends[1]?.();
    await settled();
    expect(started).toEqual([0, 1, 2]);
    void turns.take(work(5));
    for (const number of [0, 2, 3]) {
      ends[number]?.();
      await settled();
    }
    expect(started).toEqual([0, 1, 2, 3, 5]);
    expect(await Promise.all(all)).toEqual([0, 1, 2, 3]);
  });

  it('go on after a failure', async () => {
    const { ends, work } = works();
    const turns = new Turns(1, 1);
    const [failing, next] = [turns.take(work(0)), turns.take(work(1))];
    ends[0]?.(new Error('torn paper'));
    await expect(failing).rejects.toThrow('torn paper');
    await settled();
    ends[1]?.();
    expect(await next).toBe(1);
  });

  it('are not kept for who gives up waiting, and not given to who has given up before', async () => {
    const { started, ends, work } = works();
    const turns = new Turns(1, 2);
    const [patient, impatient] = [new AbortController(), new AbortController()];
    const all = [undefined, impatient, patient].map((who, number) => turns.take(work(number), who?.signal));
    impatient.abort(new Error('hung up'));
    await expect(all[1]).rejects.toThrow('hung up');
    await expect(turns.take(work(3), impatient.signal)).rejects.toThrow('hung up');
    ends[0]?.();
    await settled();
    expect(started).toEqual([0, 2]);
    patient.abort(new Error('too late to leave'));
    ends[2]?.();
    expect(await Promise.all([all[0], all[2]])).toEqual([0, 2]);
  });
});
