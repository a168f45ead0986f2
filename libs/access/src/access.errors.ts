import { Conflict, Fault } from '#faults';

/** One answer for every wrong sign-in, so that nobody learns which addresses exist. */
export class BadCredentials extends Fault {
  constructor() {
    super('unauthenticated', 'bad_credentials', 'The e-mail address or the password is wrong.');
  }
}

/** A refresh token that is unknown, expired, or was used before. */
export class BadRefreshToken extends Fault {
  constructor() {
    super('unauthenticated', 'bad_refresh_token', 'The refresh token is not valid; sign in again.');
  }
}

/** Too many wrong sign-ins; `retryAfter` in seconds. */
export class TooManyAttempts extends Fault {
  constructor(retryAfter: number) {
    super('too_many', 'too_many_attempts', `Too many attempts; try again in ${retryAfter} seconds.`, [], {
      retryAfter,
    });
  }
}

export class EmailTaken extends Conflict {
  constructor(email: string) {
    super('email_taken', `There is a user with the address ${email} already.`);
  }
}

/** Nobody could manage users any more. */
export class LastAdmin extends Conflict {
  constructor() {
    super('last_admin', 'This is the last administrator; make somebody else one first.');
  }
}
