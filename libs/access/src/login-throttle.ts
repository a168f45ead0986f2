import { Injectable } from '@nestjs/common';
import { Database, Transactional } from '#database';
import { networkOf } from './network.js';
import { Throttle } from './throttle.js';

/** Free tries before the first wait: of one client at one address, and of either alone. */
const FREE_AS_PAIR = 5;
const FREE_ALONE = 50;

/**
 * Slows down guessing: after the free tries each one waits twice as long as the last, at most 15 minutes. What counts
 * first is the address together with the client, so that nobody is locked out by somebody else's guesses; one client
 * trying many addresses, and many clients trying one, are slowed down later.
 */
@Injectable()
export class LoginThrottle {
  constructor(
    readonly database: Database,
    private readonly throttle: Throttle,
  ) {}

  /** Counts a try before it is made. Throws TooManyAttempts. */
  async count(email: string, client: string): Promise<void> {
    const [pair, ...alone] = keysOf(email, client);
    await this.throttle.count([{ key: pair, free: FREE_AS_PAIR }, ...alone.map((key) => ({ key, free: FREE_ALONE }))]);
  }

  /** The try counted last was no guess: the pair starts anew, the others take it back. */
  @Transactional()
  async forgive(email: string, client: string): Promise<void> {
    const [pair, ...alone] = keysOf(email, client);
    await this.throttle.takeBack(alone);
    await this.throttle.forget(pair);
  }
}

const keysOf = (email: string, client: string): [string, string, string] => {
  const [address, network] = [email.toLowerCase(), networkOf(client)];
  return [`pair:${address} ${network}`, `client:${network}`, `email:${address}`];
};
