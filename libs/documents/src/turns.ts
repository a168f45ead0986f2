/** Lets a few do something at once; others wait, in the order they came, but not too many. */
export class Turns {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly atOnce: number,
    private readonly mostWaiting: number,
  ) {}

  /**
   * Runs `work` when it is its turn; undefined, at once, when too many wait already. Who gives up waiting leaves the line, and
   * hears the signal's reason.
   */
  take<Result>(work: () => Promise<Result>, signal?: AbortSignal): Promise<Result> | undefined {
    if (this.running >= this.atOnce && this.waiting.length >= this.mostWaiting) return undefined;
    return this.run(work, signal);
  }

  private async run<Result>(work: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
    signal?.throwIfAborted();
    if (this.running < this.atOnce) this.running += 1;
    else await this.turn(signal);
    try {
      return await work();
    } finally {
      this.passOn();
    }
  }

  private turn(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const come = (): void => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      const leave = (): void => {
        this.waiting.splice(this.waiting.indexOf(come), 1);
        reject(signal?.reason as Error);
      };
      this.waiting.push(come);
      signal?.addEventListener('abort', leave, { once: true });
    });
  }

  /** The place goes to whoever has waited longest; it stays taken meanwhile. */
  private passOn(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.running -= 1;
  }
}
